package org.seqgan.api.backend;

/**
 * The result of a differentiable operation.
 *
 * @param output the value
 * @param saved what the backward operation of the same backend needs
 */
public record Forward(Tensor output, Saved saved) {}
