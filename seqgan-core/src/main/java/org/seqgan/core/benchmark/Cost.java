package org.seqgan.core.benchmark;

/**
 * What a piece of work asks of a machine.
 *
 * @param operations floating-point operations of its matrix products as the textbook has them:
 *     dense, a multiplication and an addition counted as two, a backward pass as twice its forward
 *     pass
 * @param leastOperations of these, those that no way of computing leaves out: not the products with
 *     the zeros that a maximum over time has for a gradient
 * @param leastBytes that go from or to memory however the work is cut, in float32: parameters, once
 *     in each pass over all of the batch, and what the optimiser reads and writes; no activations,
 *     which may stay on the chip
 */
record Cost(double operations, double leastOperations, double leastBytes) {
  Cost plus(Cost other) {
    return new Cost(
        operations + other.operations,
        leastOperations + other.leastOperations,
        leastBytes + other.leastBytes);
  }
}
