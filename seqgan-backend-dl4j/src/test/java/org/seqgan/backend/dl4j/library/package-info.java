@NullMarked
package org.seqgan.backend.dl4j.library;

import org.jspecify.annotations.NullMarked;
