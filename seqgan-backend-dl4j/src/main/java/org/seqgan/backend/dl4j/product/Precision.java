package org.seqgan.backend.dl4j.product;

/**
 * In which numbers a discriminator's matrix products multiply. Their sums are float32 in either.
 */
public enum Precision {
  /** 24 significant bits. */
  FLOAT32,
  /** 8 significant bits and the range of float32: twice as many at a time, or more. */
  BF16
}
