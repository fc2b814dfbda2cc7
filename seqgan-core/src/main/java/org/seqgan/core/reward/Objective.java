package org.seqgan.core.reward;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.reward.RewardContext;
import org.seqgan.api.task.Tune;
import org.seqgan.core.metric.Smoothing;

/**
 * What somebody wants of sequences beside that they look real: a score of each, in [0, 1], which
 * depends on its tokens alone.
 */
@FunctionalInterface
interface Objective {
  /** The score of each sequence, {@code [count]}. */
  float[] scores(Sequences sequences);

  /** The objectives that there are. */
  enum Kind {
    /** BLEU against training sequences. */
    BLEU,
    /** The share of a sequence's tokens that are different from one another. */
    DISTINCT_TOKENS,
    /** The share of successive notes that rise by a perfect fifth. */
    TONALITY,
    /** The share of successive notes that are a second apart, up or down. */
    STEPS,
    /**
     * The share of successive notes that rise by a perfect fourth, a perfect fifth or a major
     * sixth.
     */
    MELODICITY;

    /**
     * The objective for a task.
     *
     * @param bleuOrder the n of BLEU-n
     * @throws UserException if it is one of tunes, and the task has none
     */
    Objective of(RewardContext context, int bleuOrder) {
      OptionalInt end = context.vocabulary().endToken();
      return switch (this) {
        case BLEU ->
            new BleuScore("blend", context.training(), end, 0, bleuOrder, Smoothing.EPSILON);
        case DISTINCT_TOKENS -> sequences -> distinctTokens(sequences, end);
        case TONALITY -> intervals(context, rise -> rise == 7);
        case STEPS -> intervals(context, rise -> Math.abs(rise) == 1 || Math.abs(rise) == 2);
        case MELODICITY -> intervals(context, rise -> rise == 5 || rise == 7 || rise == 9);
      };
    }

    private Objective intervals(RewardContext context, IntPredicate wanted) {
      Sequences training = context.training();
      if (training.count() > 0 && context.tune().apply(training.row(0)).isEmpty()) {
        throw new UserException(
            UserException.Kind.CONFIGURATION,
            "reward blend with objective %s needs a task of tunes (music, midi), found one whose sequences are none: choose reward.objective bleu or distinct-tokens"
                .formatted(name().toLowerCase(Locale.ROOT).replace('_', '-')));
      }
      return sequences -> shareOfIntervals(sequences, context.tune(), wanted);
    }
  }

  private static float[] distinctTokens(Sequences sequences, OptionalInt end) {
    float[] scores = new float[sequences.count()];
    for (int i = 0; i < scores.length; i++) {
      int[] tokens = sequences.row(i);
      boolean ended = end.isPresent() && tokens[tokens.length - 1] == end.getAsInt();
      int count = ended ? tokens.length - 1 : tokens.length;
      scores[i] =
          count == 0 ? 0 : (float) Arrays.stream(tokens, 0, count).distinct().count() / count;
    }
    return scores;
  }

  /** Of each sequence as a tune; 0 of one with fewer than two notes. */
  private static float[] shareOfIntervals(
      Sequences sequences, Function<int[], Optional<Tune>> tune, IntPredicate wanted) {
    float[] scores = new float[sequences.count()];
    for (int i = 0; i < scores.length; i++) {
      List<Tune.Note> notes = tune.apply(sequences.row(i)).map(Tune::notes).orElse(List.of());
      int found = 0;
      for (int n = 1; n < notes.size(); n++) {
        found += wanted.test(notes.get(n).pitch() - notes.get(n - 1).pitch()) ? 1 : 0;
      }
      scores[i] = notes.size() < 2 ? 0 : (float) found / (notes.size() - 1);
    }
    return scores;
  }
}
