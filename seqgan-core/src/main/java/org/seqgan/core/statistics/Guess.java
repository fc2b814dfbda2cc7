package org.seqgan.core.statistics;

/** How a guess at one of two kinds counts. */
public final class Guess {
  private Guess() {}

  /**
   * 1 where it is right, 0 where it is wrong, and one half where it favours neither kind, so that
   * somebody who knows nothing is right half of the time.
   *
   * @param margin by how much it favours the kind that is true
   */
  public static double right(double margin) {
    return 0.5 + 0.5 * Math.signum(margin);
  }
}
