/**
 * The tensor backend {@code dl4j}: the CPU, on ND4J. {@link
 * org.seqgan.backend.dl4j.Dl4jBackendProvider} opens it, {@link
 * org.seqgan.backend.dl4j.FusedOperation} lists what it computes in its own way.
 *
 * <p>Work is cut into blocks whose boundaries depend on shapes alone, so that any number of threads
 * gives the same bits. The rooms below, each of which knows only those before it:
 *
 * <ul>
 *   <li>{@link org.seqgan.backend.dl4j.memory}: memory, and the threads that work on it.
 *   <li>{@link org.seqgan.backend.dl4j.kernel}: loops over small arrays of the Java heap.
 *   <li>{@link org.seqgan.backend.dl4j.product}: products of matrices, by oneDNN or OpenBLAS.
 *   <li>{@link org.seqgan.backend.dl4j.operation}: tensors, and a class for each fused operation.
 *   <li>{@link org.seqgan.backend.dl4j.graph}: discriminator and generator {@code dl4j-graph},
 *       networks of DeepLearning4J; no part of the backend.
 *   <li>{@link org.seqgan.backend.dl4j.exchange}: format {@code dl4j}, our models as such networks.
 * </ul>
 */
@NullMarked
package org.seqgan.backend.dl4j;

import org.jspecify.annotations.NullMarked;
