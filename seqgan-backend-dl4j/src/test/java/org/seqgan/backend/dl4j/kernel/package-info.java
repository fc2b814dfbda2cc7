@NullMarked
package org.seqgan.backend.dl4j.kernel;

import org.jspecify.annotations.NullMarked;
