/**
 * Tensors of the backend {@code dl4j}, its primitives, and a class for each fused operation. They
 * share an {@link org.seqgan.backend.dl4j.operation.Engine}.
 */
@NullMarked
package org.seqgan.backend.dl4j.operation;

import org.jspecify.annotations.NullMarked;
