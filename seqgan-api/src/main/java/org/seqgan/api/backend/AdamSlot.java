package org.seqgan.api.backend;

/**
 * One parameter with its gradient and moments, all of one shape. {@code parameter}, {@code
 * firstMoment} and {@code secondMoment} are changed in place.
 */
public record AdamSlot(
    Tensor parameter, Tensor gradient, Tensor firstMoment, Tensor secondMoment) {}
