@NullMarked
package org.seqgan.backend.dl4j.exchange;

import org.jspecify.annotations.NullMarked;
