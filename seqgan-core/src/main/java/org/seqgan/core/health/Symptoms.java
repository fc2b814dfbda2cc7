package org.seqgan.core.health;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.WarningKind;
import org.seqgan.core.metric.ScoreSource;

/**
 * Judges the figures of a run, step after step. Goes by figures alone, so the same figures give the
 * same readings, in a run that was resumed as in one that was not.
 *
 * <p>Every threshold is here, with its reason in docs/training-health.md. What a step did not
 * measure is not judged, nor what follows from something worse: a generator whose likelihood loss
 * has risen writes anything, and the discriminator and the reward of a collapsed one see the same
 * few sequences.
 *
 * <p>Not thread-safe.
 */
public final class Symptoms {
  /** A likelihood loss of so many times the least before, ... */
  static final double RISEN_TIMES = 2;

  /** ... and so many nats above it, has risen. */
  static final double RISEN_NATS = 1;

  /** Diversity below this is a collapse. */
  static final double COLLAPSED_BELOW = 0.25;

  /** A norm of so many times the median of the steps before explodes, ... */
  static final double EXPLODING_TIMES = 10;

  /** ... if its logarithm is so many standard deviations above theirs, too. */
  static final double EXPLODING_DEVIATIONS = 6;

  /** The standard deviation of a normal distribution over its median absolute deviation. */
  private static final double NORMAL_DEVIATION = 1.4826;

  /** Norms are compared with this many steps before, of the same phase. */
  static final int NORMS_REMEMBERED = 20;

  /** With fewer they are not compared. */
  static final int NORMS_NEEDED = 5;

  /** A norm below this explodes in no sense, whatever came before. */
  static final double NORM_OF_INTEREST = 1;

  /** A mean error below this is a discriminator that is always right and sure of it. */
  static final double ALWAYS_RIGHT_BELOW = 0.001;

  /** A deviation below this is a discriminator that says the same of everything. */
  static final double SAME_BELOW = 1e-3;

  /** Variation below this is a constant reward. */
  static final double CONSTANT_BELOW = 1e-4;

  /** So many evaluations of a phase without a score that moves are a stall. */
  static final int EVALUATIONS_WITHOUT_MOVE = 20;

  /** A move is a difference of so many standard errors. */
  static final double STANDARD_ERRORS = 2;

  /** A difference of so little, of the value itself, is none. */
  private static final double ROUNDING = 1e-9;

  private static final String GRADIENT_NORM = "gradient-norm";
  private static final String LIKELIHOOD_LOSS = "g-loss";

  /** The same of held-out data, measured before training too. */
  private static final String HELD_OUT_LOSS = "nll-gen";

  private final List<ScoreSource> scores;
  private final Map<String, Deque<Double>> norms = new LinkedHashMap<>();
  private final Map<String, Deque<Double>> evaluations = new LinkedHashMap<>();
  private Phase phase = Phase.GENERATOR_PRETRAINING;
  private double leastLoss = Double.POSITIVE_INFINITY;
  private boolean lossHasRisen;
  private boolean hasCollapsed;

  /**
   * For a run.
   *
   * @param scores what its evaluations measure
   */
  public Symptoms(List<ScoreSource> scores) {
    this.scores = List.copyOf(scores);
  }

  /**
   * Something that was judged.
   *
   * @param kind what it would be
   * @param subject of which figure
   * @param problem what was measured, what it means and what to do, in one line; empty where all is
   *     well
   */
  record Reading(WarningKind kind, String subject, Optional<String> problem) {}

  /** Judges the figures of the next step. */
  List<Reading> read(TrainingEvent.Measured measured) {
    if (!measured.phase().equals(phase)) {
      phase = measured.phase();
      norms.clear();
      evaluations.clear();
    }
    Map<String, Double> values = measured.values();
    List<Reading> readings = new ArrayList<>();
    metricValues(values, readings);
    if (phase.equals(Phase.GENERATOR_PRETRAINING)) {
      likelihoodLoss(measured).ifPresent(readings::add);
    }
    gradientNorms(values, readings);
    if (!lossHasRisen) {
      diversity(values).ifPresent(readings::add);
    }
    if (!lossHasRisen && !hasCollapsed) {
      discriminator(values).ifPresent(readings::add);
      reward(values).ifPresent(readings::add);
    }
    if (measured.step() > 0) {
      movement(values).ifPresent(readings::add);
    }
    return readings;
  }

  private Optional<Reading> likelihoodLoss(TrainingEvent.Measured measured) {
    String name = measured.step() == 0 ? HELD_OUT_LOSS : LIKELIHOOD_LOSS;
    Double loss = measured.values().get(name);
    if (loss == null) {
      return Optional.empty();
    }
    double least = leastLoss;
    leastLoss = Math.min(least, loss);
    lossHasRisen = loss > RISEN_TIMES * least && loss > least + RISEN_NATS;
    return Optional.of(
        reading(
            WarningKind.RISING_LOSS,
            LIKELIHOOD_LOSS,
            lossHasRisen,
            "%s is %s nats a token and was %s: training makes the data less likely; lower the learning rate, or set a (lower) clip-norm"
                .formatted(name, number(loss), number(least))));
  }

  private void metricValues(Map<String, Double> values, List<Reading> readings) {
    for (ScoreSource score : scores) {
      Double value = values.get(score.score());
      if (value != null) {
        readings.add(
            reading(
                WarningKind.METRIC_VALUE,
                score.score(),
                !score.range().contains(value),
                "%s is %s, expected %s: if the losses are sound, %s is wrong, otherwise the generator has diverged; tell the metric's author, or lower the learning rate"
                    .formatted(score.score(), number(value), score.range(), score.plugin())));
      }
    }
  }

  private void gradientNorms(Map<String, Double> values, List<Reading> readings) {
    values.forEach(
        (name, norm) -> {
          if (name.equals(GRADIENT_NORM) || name.endsWith("-" + GRADIENT_NORM)) {
            Deque<Double> before = norms.computeIfAbsent(name, n -> new ArrayDeque<>());
            if (before.size() >= NORMS_NEEDED) {
              readings.add(gradientNorm(name, norm, before));
            }
            remember(before, norm, NORMS_REMEMBERED);
          }
        });
  }

  private static Reading gradientNorm(String name, double norm, Deque<Double> before) {
    double usual = median(before.stream().mapToDouble(Double::doubleValue));
    return reading(
        WarningKind.GRADIENT_NORM,
        name,
        !Double.isFinite(norm) || norm > Math.max(NORM_OF_INTEREST, mostExpected(usual, before)),
        "%s is %s where the steps before had %s (the median): the gradient explodes; lower the learning rate, or set a (lower) clip-norm"
            .formatted(name, number(norm), number(usual)));
  }

  /** Of norms that go up and down by orders of magnitude, as small ones do, more is expected. */
  private static double mostExpected(double usual, Deque<Double> before) {
    double deviation =
        NORMAL_DEVIATION
            * median(before.stream().mapToDouble(norm -> Math.abs(Math.log(norm / usual))));
    return usual * Math.max(EXPLODING_TIMES, Math.exp(EXPLODING_DEVIATIONS * deviation));
  }

  private Optional<Reading> diversity(Map<String, Double> values) {
    Double diversity = values.get(VitalSigns.DIVERSITY);
    if (diversity == null) {
      return Optional.empty();
    }
    hasCollapsed = diversity < COLLAPSED_BELOW;
    return Optional.of(
        reading(
            WarningKind.COLLAPSE,
            VitalSigns.DIVERSITY,
            hasCollapsed,
            "among the samples are only %s times as many different sequences as among real ones: the generator has collapsed to writing a few again and again; go back to an earlier checkpoint, and lower its learning rate or train it less"
                .formatted(number(diversity))));
  }

  private static Optional<Reading> discriminator(Map<String, Double> values) {
    Double error = values.get(VitalSigns.D_ERROR);
    Double deviation = values.get(VitalSigns.D_DEVIATION);
    if (error == null || deviation == null) {
      return Optional.empty();
    }
    boolean same = deviation < SAME_BELOW;
    return Optional.of(
        reading(
            WarningKind.SATURATED_DISCRIMINATOR,
            "discriminator",
            same || error < ALWAYS_RIGHT_BELOW,
            same
                ? "the discriminator says the same of all sequences, real and generated (its probabilities have the standard deviation %s), so its reward teaches nothing; train it longer before the game, or raise its learning rate"
                    .formatted(number(deviation))
                : "the discriminator is right about real and generated sequences and sure of it (its mean error is %s), so there is next to nothing for the generator to win; train the discriminator less or more slowly, or the generator longer before the game"
                    .formatted(number(error))));
  }

  private static Optional<Reading> reward(Map<String, Double> values) {
    return Optional.ofNullable(values.get(VitalSigns.REWARD_VARIATION))
        .map(
            variation ->
                reading(
                    WarningKind.CONSTANT_REWARD,
                    VitalSigns.REWARD_VARIATION,
                    variation < CONSTANT_BELOW,
                    "all tokens have the same reward (its standard deviation is %s of its mean), so the policy gradient is noise; see what the reward makes of the samples, or choose another (reward = constant says that it is meant)"
                        .formatted(number(variation))));
  }

  /** Whether any score has moved, once there are enough evaluations of the phase. */
  private Optional<Reading> movement(Map<String, Double> values) {
    List<String> names =
        scores.stream().map(ScoreSource::score).filter(values::containsKey).toList();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    for (String name : names) {
      remember(
          evaluations.computeIfAbsent(name, n -> new ArrayDeque<>()),
          values.get(name),
          EVALUATIONS_WITHOUT_MOVE);
    }
    if (evaluations.values().stream().anyMatch(past -> past.size() < EVALUATIONS_WITHOUT_MOVE)) {
      return Optional.empty();
    }
    return Optional.of(
        reading(
            WarningKind.STALLED,
            "scores",
            evaluations.values().stream().noneMatch(Symptoms::moves),
            "none of %s has moved by more than noise in the last %d evaluations: learning has stalled; stop here, or change what it learns from (learning rate, reward, data)"
                .formatted(String.join(", ", evaluations.keySet()), EVALUATIONS_WITHOUT_MOVE)));
  }

  /**
   * Whether the means of the earlier and of the later half differ by more than noise. The variance
   * of the noise is half the mean squared difference of neighbours, which a slow trend hardly
   * touches (von Neumann, "Distribution of the Ratio of the Mean Square Successive Difference to
   * the Variance", 1941).
   */
  private static boolean moves(Deque<Double> series) {
    double[] values = series.stream().mapToDouble(Double::doubleValue).toArray();
    int half = values.length / 2;
    double squares = 0;
    double difference = 0;
    double rounding = 0;
    for (int i = 0; i < values.length; i++) {
      rounding = Math.max(rounding, ROUNDING * Math.abs(values[i]));
      difference += (i < half ? -values[i] : values[i]) / half;
      squares += i == 0 ? 0 : (values[i] - values[i - 1]) * (values[i] - values[i - 1]);
    }
    double variance = squares / (2 * (values.length - 1));
    double standardError = Math.sqrt(2 * variance / half);
    return !(Math.abs(difference) <= STANDARD_ERRORS * standardError + rounding); // NaN has moved
  }

  private static void remember(Deque<Double> past, double value, int most) {
    past.addLast(value);
    if (past.size() > most) {
      past.removeFirst();
    }
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static Reading reading(
      WarningKind kind, String subject, boolean isProblem, String problem) {
    return new Reading(kind, subject, isProblem ? Optional.of(problem) : Optional.empty());
  }

  private static String number(double value) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%.4g", value)
        : Double.toString(value);
  }
}
