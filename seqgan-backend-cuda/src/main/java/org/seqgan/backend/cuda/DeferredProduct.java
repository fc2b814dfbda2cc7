package org.seqgan.backend.cuda;

import java.util.List;

/**
 * A gradient of weights that is not in memory yet. Adam computes it tile by tile as it uses it
 * ({@code adam_products.cuh}), which saves a step's largest write and the read after it; whoever
 * else asks for the numbers has them written first, the same to the bit.
 *
 * @param products what computes it
 * @param product one term, not cut into parts; its operands live as long as the gradient
 */
record DeferredProduct(Products products, Products.Product product) {
  /** Has the numbers computed. */
  void write() {
    products.computeAside(List.of(product));
  }
}
