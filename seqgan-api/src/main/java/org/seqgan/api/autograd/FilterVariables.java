package org.seqgan.api.autograd;

/**
 * The filters of one width of a convolution bank, on a tape.
 *
 * @param width how many tokens a window covers
 * @param weights {@code [width * E, F]}
 * @param bias {@code [F]}
 */
public record FilterVariables(int width, Variable weights, Variable bias) {}
