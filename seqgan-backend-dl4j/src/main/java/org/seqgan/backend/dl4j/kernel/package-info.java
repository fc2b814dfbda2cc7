/**
 * Loops over cache-sized pieces copied to the Java heap ({@link
 * org.seqgan.backend.dl4j.kernel.Kernels}): with the Vector API where the processor and the virtual
 * machine have it, one number at a time elsewhere.
 */
@NullMarked
package org.seqgan.backend.dl4j.kernel;

import org.jspecify.annotations.NullMarked;
