package org.seqgan.core.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.discriminator.Scorer;
import org.seqgan.core.statistics.Guess;

/**
 * What a discriminator says of real and of generated sequences.
 *
 * @param training of sequences that it learned from
 * @param heldOut of real sequences that it did not learn from, where the task has some
 * @param generated of fresh samples
 */
public record Judgement(Scores training, Optional<Scores> heldOut, Scores generated) {
  /** As many as the figures {@code d-error} and {@code d-deviation} are of. */
  static final int MOST = 256;

  /** Into so many parts of equal width a histogram divides the probabilities. */
  public static final int BINS = 10;

  /**
   * Of sequences of one kind.
   *
   * @param count how many
   * @param right the share that it takes for what it is; a probability of exactly a half is half
   *     right
   * @param mean of its probabilities
   * @param histogram how many probabilities are from 0 to 0.1, from 0.1 to 0.2, and so on; 1 is in
   *     the last
   */
  public record Scores(int count, double right, double mean, List<Integer> histogram) {
    /** Copies the list. */
    public Scores {
      histogram = List.copyOf(histogram);
    }

    static Scores of(float[] probabilities, boolean real) {
      int[] bins = new int[BINS];
      double right = 0;
      double sum = 0;
      for (float probability : probabilities) {
        bins[Math.max(0, Math.min(BINS - 1, (int) (probability * BINS)))]++;
        right += Guess.right(real ? probability - 0.5 : 0.5 - probability);
        sum += probability;
      }
      List<Integer> histogram = new ArrayList<>();
      for (int bin : bins) {
        histogram.add(bin);
      }
      return new Scores(
          probabilities.length,
          right / probabilities.length,
          sum / probabilities.length,
          histogram);
    }
  }

  /** Asks the discriminator. */
  static Judgement of(Scorer judge, Sequences training, Sequences heldOut, Sequences generated) {
    return new Judgement(
        Scores.of(judge.probabilityReal(first(training)), true),
        heldOut.count() == 0
            ? Optional.empty()
            : Optional.of(Scores.of(judge.probabilityReal(first(heldOut)), true)),
        Scores.of(judge.probabilityReal(first(generated)), false));
  }

  private static Sequences first(Sequences sequences) {
    return sequences.slice(0, Math.min(MOST, sequences.count()));
  }

  /** All of them by what they are of, in order. */
  public Map<String, Scores> kinds() {
    Map<String, Scores> kinds = new LinkedHashMap<>();
    kinds.put("training", training);
    heldOut.ifPresent(scores -> kinds.put("held-out", scores));
    kinds.put("generated", generated);
    return kinds;
  }

  /**
   * The share that is right of as many real (training) sequences as generated ones: 0.5 by chance.
   */
  public double accuracy() {
    return (training.right + generated.right) / 2;
  }
}
