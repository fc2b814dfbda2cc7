package org.seqgan.api.model;

/**
 * The result of one training step.
 *
 * @param loss before the step, in nats
 * @param gradientNorm the norm of all gradients together, before clipping
 */
public record Step(double loss, double gradientNorm) {}
