package org.seqgan.backend.dl4j.kernel;

/**
 * The numbers of a step of Adam that are the same for every parameter.
 *
 * @param gradientScale what gradients are multiplied by, where their norm is clipped
 * @param stepSize the learning rate, with the corrections of both moments in it
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon what keeps the divisor from 0
 */
public record AdamCoefficients(
    float gradientScale, float stepSize, float beta1, float beta2, float epsilon) {}
