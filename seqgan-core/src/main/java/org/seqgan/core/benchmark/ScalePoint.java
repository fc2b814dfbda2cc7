package org.seqgan.core.benchmark;

/**
 * What a step costs at one size.
 *
 * @param axis the size that is varied
 * @param value its value
 * @param step what was timed
 * @param tokens of its batch: sequences times length
 * @param figure the times; its operations are the units of work
 * @param ceilings measured beside it, with as many threads
 */
public record ScalePoint(
    ScaleAxis axis, int value, ScaleStep step, long tokens, Figure figure, Ceilings ceilings) {

  /**
   * Seconds for 10^9 operations of the textbook; along the axis of threads, seconds of one thread.
   */
  public double secondsPerGigaflop() {
    return figure.medianSeconds() * axis.workers(value) / (figure.operations() / 1e9);
  }

  /** Seconds for one token of the batch. */
  public double secondsPerToken() {
    return figure.medianSeconds() / tokens;
  }

  /** The share of the operations per second of a large product. */
  public double ofCeiling() {
    return figure.gigaflops() / ceilings.gigaflops();
  }

  /** How many times the least that it could take. */
  public double timesTheFloor() {
    return figure.medianSeconds() / figure.floorSeconds(ceilings);
  }
}
