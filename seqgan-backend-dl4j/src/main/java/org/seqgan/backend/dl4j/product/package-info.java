/**
 * Products of matrices: {@link org.seqgan.backend.dl4j.product.Gemm} by oneDNN or OpenBLAS, and
 * {@link org.seqgan.backend.dl4j.product.Multiplier} in float32 or bf16.
 */
@NullMarked
package org.seqgan.backend.dl4j.product;

import org.jspecify.annotations.NullMarked;
