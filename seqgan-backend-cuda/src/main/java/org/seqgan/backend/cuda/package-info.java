/**
 * The tensor backend {@code cuda}: one NVIDIA GPU.
 *
 * <p>The host puts copies and kernels into one stream and goes on; it waits where somebody reads
 * numbers ({@link org.seqgan.api.backend.Reading}). Kernels are CUDA C++ in {@code src/main/cuda},
 * compiled ahead and checked in beside these classes; {@link org.seqgan.backend.cuda.driver} alone
 * touches the driver. Memory is kept for reuse by {@link org.seqgan.backend.cuda.MemoryPool}: work
 * that repeats itself allocates nothing after its first time. Each family of primitives, and each
 * fused operation ({@link org.seqgan.backend.cuda.FusedOperation}), has a class of its own.
 *
 * <p>Every sum has an order that follows from shapes alone: the same call gives the same bits.
 */
@NullMarked
package org.seqgan.backend.cuda;

import org.jspecify.annotations.NullMarked;
