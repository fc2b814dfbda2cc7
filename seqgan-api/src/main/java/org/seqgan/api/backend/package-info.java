/**
 * The tensor backend: where arithmetic happens.
 *
 * <p>Models and training are written once, over {@link org.seqgan.api.backend.TensorScope}. To
 * bring seqgan to another library or device:
 *
 * <ol>
 *   <li>extend {@link org.seqgan.api.backend.Tensor} and {@link org.seqgan.api.backend.IntTensor}
 *       with your storage;
 *   <li>implement the primitives of {@link org.seqgan.api.backend.TensorBackend}: about twenty
 *       methods, each of which writes into an output that it is given, with shapes checked before
 *       it is called;
 *   <li>implement {@link org.seqgan.api.backend.BackendProvider}, and say in {@code availability}
 *       why it cannot run here;
 *   <li>extend {@code BackendContract} of {@code seqgan-testkit}. Everything works now, slowly;
 *   <li>give {@link org.seqgan.api.backend.TensorBackend#fused} a {@link
 *       org.seqgan.api.backend.Fused} implementation of an operation, one by one, where it pays.
 *       Each is otherwise composed of primitives, and the contract compares the two.
 * </ol>
 *
 * <p>Float32 and int32, dense, row-major. Reductions have a fixed order: the same call gives the
 * same bits for any number of threads.
 */
@NullMarked
package org.seqgan.api.backend;

import org.jspecify.annotations.NullMarked;
