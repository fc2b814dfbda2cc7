package org.seqgan.core.reward;

import java.util.OptionalInt;
import org.seqgan.api.data.ActionValues;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardRequest;
import org.seqgan.core.metric.Smoothing;

/**
 * PG-BLEU, a baseline of the paper, as reward {@code bleu}: the {@linkplain ActionValues values} of
 * the score BLEU-n against training sequences (Bahdanau et al., "An Actor-Critic Algorithm for
 * Sequence Prediction", ICLR 2017, train for it too). The end token counts as in metric {@code
 * bleu}: what is rewarded is what is measured. So ending early or late is judged by the brevity
 * penalty and by what was written instead.
 *
 * <p>Cost, measured at the paper's size (64 sequences of length 20, 16 roll-outs, 19,456
 * completions, 10,000 references, BLEU-3): 0.16 s for the scores on one core of a busy machine,
 * where on two cores the roll-outs take 1.2 s and the discriminator would take 3 s. Counting the
 * references takes 0.05 s, once.
 */
final class BleuReward implements Reward {
  /** Completions that are matched at a time, to bound memory. */
  private static final int MOST_ROWS = 1 << 16;

  private final int rollOuts;
  private final BleuScore score;

  /**
   * Makes it.
   *
   * @param training references
   * @param end the end token, where there is one
   */
  BleuReward(Options options, Sequences training, OptionalInt end) {
    this.rollOuts = options.rollOuts;
    this.score =
        new BleuScore(
            "bleu", training, end, options.mostReferences, options.order, options.smoothing);
  }

  /** Options of reward {@code bleu}. */
  record Options(
      @Option(
              description = "the n of BLEU-n; 3 is the authors'",
              defaultValue = "3",
              min = 1,
              max = 16)
          int order,
      @Option(
              description = "N: completions of each prefix; the authors' PG-BLEU had 1",
              defaultValue = "16",
              min = 1,
              max = 100000)
          int rollOuts,
      @Option(
              description = "training sequences to be references, the first ones; 0 for all",
              defaultValue = "0",
              min = 0)
          int mostReferences,
      @Option(
              description =
                  "of n-gram precisions of 0: none, the authors', or epsilon (0.1 matches; method 1"
                      + " of Chen and Cherry 2014)",
              defaultValue = "epsilon")
          Smoothing smoothing)
      implements BuiltInReward.RollsOut {}

  @Override
  public TokenValues reward(RewardRequest request) {
    Completions completions = request.complete(rollOuts);
    float[] completed = completions.scores(MOST_ROWS, score::scores); // (time - 1, N, batch)
    return ActionValues.of(completions, completed, score.scores(request.sequences()));
  }
}
