package org.seqgan.core.health;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.task.Task;
import org.seqgan.core.metric.SequenceSet;
import org.seqgan.core.metric.TokenRows;

/**
 * Measures, beside training and the same for every method of it, what tells whether it is healthy.
 * The figures stand with a step's other figures, so that a warning can be checked against them:
 *
 * <ul>
 *   <li>{@value #REWARD_VARIATION}, of every step with rewards: how far the rewards of a batch's
 *       tokens are apart, their standard deviation over the mean of their absolute values. Not of a
 *       reward that {@linkplain Reward#isConstant() is constant by choice}, nor of a batch that
 *       holds one sequence again and again.
 *   <li>{@value #DIVERSITY}, of every evaluation: the different sequences among the samples, over
 *       those among as many training sequences.
 *   <li>{@value #D_ERROR} and {@value #D_DEVIATION}, of every evaluation where the reward has asked
 *       for the discriminator since the one before: for training sequences and samples, equally
 *       many and at most {@value #PROBE} of each, how far its probability is from the truth (1 and
 *       0) in the mean, and the standard deviation of its probabilities for all of them.
 * </ul>
 *
 * <p>It draws no random numbers and changes nothing. Not thread-safe.
 */
public final class VitalSigns {
  /** Of the rewards of a batch: 0 where all are the same. */
  public static final String REWARD_VARIATION = "reward-variation";

  /** Of the samples: about 1 where they are as varied as real sequences. */
  public static final String DIVERSITY = "diversity";

  /** Of the discriminator: 0.5 where it cannot tell, 0 where it is always right and sure of it. */
  public static final String D_ERROR = "d-error";

  /** Of the discriminator: 0 where it says the same of all sequences. */
  public static final String D_DEVIATION = "d-deviation";

  /** Those that are taken where the generator is evaluated. */
  public static final Set<String> OF_EVALUATIONS = Set.of(DIVERSITY, D_ERROR, D_DEVIATION);

  private static final int PROBE = 256;
  private static final String ASKED = "discriminator-asked";
  private static final String REWARDS = "rewards";

  /** What each is, in a line, in the order of {@link #take()}. */
  public static final Map<String, String> DESCRIPTIONS = descriptions();

  private static Map<String, String> descriptions() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put(
        REWARD_VARIATION,
        "standard deviation of the rewards of a batch's tokens, over the mean of their absolute values");
    lines.put(
        DIVERSITY,
        "different sequences among the samples, over those among as many training sequences");
    lines.put(
        D_ERROR,
        "mean distance of the discriminator's probability from the truth, on up to %d training sequences and as many samples"
            .formatted(PROBE));
    lines.put(D_DEVIATION, "standard deviation of the discriminator's probabilities for the same");
    return Collections.unmodifiableMap(lines);
  }

  private final Task task;
  private Optional<Discriminator> discriminator = Optional.empty();
  private final Map<String, Double> figures = new LinkedHashMap<>();
  private final Spread rewards = new Spread();
  private boolean discriminatorAsked;
  private int comparedWith;
  private int realVariety;

  /** Of a run of a task. */
  public VitalSigns(Task task) {
    this.task = task;
  }

  /** Watches a discriminator, too: one that rewards are asked of. */
  public void watch(Discriminator watched) {
    discriminator = Optional.of(watched);
  }

  /** The same reward, with its values looked at. */
  public Reward of(Reward reward) {
    if (reward.isConstant()) {
      return reward;
    }
    return request -> {
      TokenValues values = reward.reward(new Overheard(request, () -> discriminatorAsked = true));
      rewards.add(values, request.sequences());
      return values;
    };
  }

  /** Looks at what the generator wrote for an evaluation. */
  public void evaluated(Sequences samples) {
    diversity(samples);
    if (discriminatorAsked) {
      discriminatorAsked = false;
      discriminator.ifPresent(watched -> probe(watched, samples));
    }
  }

  private void diversity(Sequences samples) {
    Sequences real = task.data().training();
    int count = Math.min(samples.count(), real.count());
    if (count != comparedWith) {
      comparedWith = count;
      realVariety = variety(real.slice(0, count));
    }
    figures.put(DIVERSITY, (double) variety(samples.slice(0, count)) / realVariety);
  }

  private int variety(Sequences sequences) {
    return SequenceSet.of(TokenRows.withoutEnd(sequences, task.data().vocabulary().endToken()))
        .size();
  }

  private void probe(Discriminator watched, Sequences samples) {
    Sequences real = task.data().training();
    int count = Math.min(PROBE, Math.min(real.count(), samples.count()));
    float[] ofReal = watched.probabilityReal(real.slice(0, count));
    float[] ofSamples = watched.probabilityReal(samples.slice(0, count));
    double error = 0;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      error += 1 - ofReal[i] + ofSamples[i];
      sum += ofReal[i] + ofSamples[i];
    }
    double mean = sum / (2 * count);
    double squares = 0;
    for (int i = 0; i < count; i++) {
      squares += square(ofReal[i] - mean) + square(ofSamples[i] - mean);
    }
    figures.put(D_ERROR, error / (2 * count));
    figures.put(D_DEVIATION, Math.sqrt(squares / (2 * count)));
  }

  private static double square(double value) {
    return value * value;
  }

  /** The figures since the last call, in a fixed order. */
  public Map<String, Double> take() {
    Map<String, Double> taken = new LinkedHashMap<>();
    if (rewards.tokens > 0) {
      taken.put(REWARD_VARIATION, rewards.variation());
      rewards.clear();
    }
    taken.putAll(figures);
    figures.clear();
    return taken;
  }

  /** What it remembers of the step under way and of those since the last evaluation, as text. */
  public Map<String, String> state() {
    // In one order, so that equal states are equal files.
    Map<String, String> state = new LinkedHashMap<>();
    state.put(ASKED, Boolean.toString(discriminatorAsked));
    state.put(REWARDS, rewards.tokens + " " + rewards.squares + " " + rewards.magnitude);
    return state;
  }

  /** Restores {@link #state()}; entries of others, or none at all, are left alone. */
  public void setState(Map<String, String> state) {
    discriminatorAsked = Boolean.parseBoolean(state.get(ASKED));
    if (state.containsKey(REWARDS)) {
      String[] sums = state.get(REWARDS).split(" ", -1);
      rewards.tokens = Long.parseLong(sums[0]);
      rewards.squares = Double.parseDouble(sums[1]);
      rewards.magnitude = Double.parseDouble(sums[2]);
    }
  }

  /** How far the values of each batch are from the batch's mean, over several batches. */
  private static final class Spread {
    private long tokens;
    private double squares;
    private double magnitude;

    /** A batch of one sequence, however often, says nothing about what others would earn. */
    void add(TokenValues values, Sequences batch) {
      if (IntStream.range(1, batch.count()).allMatch(i -> sameRows(batch, 0, i))) {
        return;
      }
      double sum = 0;
      for (int i = 0; i < batch.count(); i++) {
        for (int t = 0; t < batch.length(i); t++) {
          sum += values.get(i, t);
          magnitude += Math.abs(values.get(i, t));
        }
      }
      double mean = sum / batch.tokenCount();
      for (int i = 0; i < batch.count(); i++) {
        for (int t = 0; t < batch.length(i); t++) {
          squares += square(values.get(i, t) - mean);
        }
      }
      tokens += batch.tokenCount();
    }

    private static boolean sameRows(Sequences batch, int one, int other) {
      int time = batch.time();
      return Arrays.equals(
          batch.tokens(),
          one * time,
          (one + 1) * time,
          batch.tokens(),
          other * time,
          (other + 1) * time);
    }

    double variation() {
      return magnitude == 0 ? 0 : Math.sqrt(squares / tokens) / (magnitude / tokens);
    }

    void clear() {
      tokens = 0;
      squares = 0;
      magnitude = 0;
    }
  }
}
