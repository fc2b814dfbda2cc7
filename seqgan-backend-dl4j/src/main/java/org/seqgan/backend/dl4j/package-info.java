/**
 * The tensor backend {@code dl4j}: the CPU, on ND4J.
 *
 * <p>Memory is ND4J's ({@link org.seqgan.backend.dl4j.NativeMemory}), kept for reuse by {@link
 * org.seqgan.backend.dl4j.MemoryPool}. Work is cut into blocks whose boundaries depend on shapes
 * alone and shared out by {@link org.seqgan.backend.dl4j.Workers}, so that any number of threads
 * gives the same bits. Inside a block, matrix products go to oneDNN ({@link
 * org.seqgan.backend.dl4j.Gemm}), and element-wise work is done on cache-sized pieces copied to the
 * Java heap ({@link org.seqgan.backend.dl4j.Kernels}). Each fused operation has a class of its own.
 */
@NullMarked
package org.seqgan.backend.dl4j;

import org.jspecify.annotations.NullMarked;
