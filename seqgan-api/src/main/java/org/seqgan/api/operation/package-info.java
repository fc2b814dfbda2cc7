/**
 * The operations: each file holds one, as a record of its inputs, with its formula, the shapes that
 * fit, how it is composed of primitives, and how its gradient is.
 *
 * <p>To add one, write such a record ({@link org.seqgan.api.backend.Operation} says how). A model
 * uses it by {@link org.seqgan.api.autograd.Tape#apply}, everybody else by {@link
 * org.seqgan.api.backend.TensorScope#run}; a backend may have a faster way ({@link
 * org.seqgan.api.backend.Fused}).
 *
 * <p>Letters in shapes: B batch, T time, E embedding, H hidden, V vocabulary, F filters, C classes,
 * n, m, k, i and o rows and columns.
 */
@NullMarked
package org.seqgan.api.operation;

import org.jspecify.annotations.NullMarked;
