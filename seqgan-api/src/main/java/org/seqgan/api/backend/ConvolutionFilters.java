package org.seqgan.api.backend;

/**
 * The filters of one width in a convolution bank.
 *
 * @param width how many tokens a window covers, at least 1
 * @param weights {@code [width * E, F]}: row {@code j * E + e} belongs to feature e of the window's
 *     token j
 * @param bias {@code [F]}
 */
public record ConvolutionFilters(int width, Tensor weights, Tensor bias) {}
