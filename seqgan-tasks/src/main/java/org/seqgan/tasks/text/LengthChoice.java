package org.seqgan.tasks.text;

/**
 * T, and what becomes of longer texts.
 *
 * @param time T
 * @param why so
 * @param longer what becomes of longer ones
 * @param whyLonger why that
 */
record LengthChoice(int time, String why, Longer longer, String whyLonger) {
  private static final int SHORTEST_PIECE = 8;
  private static final int ENOUGH_PIECES = 50;

  /**
   * Chooses by the rules of {@link TextProposal}.
   *
   * @param lengths of all texts, at least one
   * @param most the largest T that trains in minutes
   */
  static LengthChoice of(Lengths lengths, int most) {
    if (lengths.longest() <= most) {
      return new LengthChoice(
          lengths.longest(),
          "the longest",
          Longer.ERROR,
          "none is; a longer one that you add stops the run with its line");
    }
    int usual = lengths.quantile(0.95);
    if (usual <= most) {
      return new LengthChoice(
          usual,
          "95%% are not longer; the longest has %d".formatted(lengths.longest()),
          Longer.LEAVE_OUT,
          "a few; split would keep them in parts");
    }
    long pieces = lengths.total() / ENOUGH_PIECES;
    return new LengthChoice(
        (int) Math.max(SHORTEST_PIECE, Math.min(most, pieces)),
        "at most %d, since time grows with the square; 95%% are up to %d long"
            .formatted(most, usual),
        Longer.SPLIT,
        "many; parts end with a sentence where they can");
  }
}
