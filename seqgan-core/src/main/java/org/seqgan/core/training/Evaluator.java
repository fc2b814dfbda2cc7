package org.seqgan.core.training;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.core.event.Phase;

/**
 * Measures a generator: NLL_oracle (Eq. 13) where there is an oracle, and always beside it NLL_gen
 * and two figures of diversity, because a collapsed generator has the best NLL_oracle of all.
 */
public final class Evaluator {
  /** Mean over tokens of -log G_oracle on the generator's samples, in nats; Eq. 13 per token. */
  public static final String NLL_ORACLE = "nll-oracle";

  /** Mean over tokens of -log G on held-out real sequences, in nats. */
  public static final String NLL_GEN = "nll-gen";

  /** Share of the samples that are unlike all others, 0 to 1. */
  public static final String DISTINCT_SEQUENCES = "distinct-sequences";

  /** Number of different bigrams among the samples over the number of all bigrams, 0 to 1. */
  public static final String DISTINCT_2 = "distinct-2";

  private final EvaluationOptions options;

  /** An evaluator of the given size and pace. */
  public Evaluator(EvaluationOptions options) {
    this.options = options;
  }

  /**
   * Figures and a look at a generator.
   *
   * @param metrics name to value, in a fixed order
   * @param shown some samples, as the task shows them
   */
  public record Evaluation(Map<String, Double> metrics, List<String> shown) {}

  /**
   * Whether a step is followed by an evaluation: the first and last of a phase are, and every n-th.
   */
  boolean isDue(Phase phase, int step, boolean last) {
    return switch (phase) {
      case GENERATOR_PRETRAINING -> step % options.everyEpochs() == 0 || last;
      case DISCRIMINATOR_PRETRAINING -> false; // the generator does not change
      case ADVERSARIAL -> step % options.everyRounds() == 0 || last;
    };
  }

  /** Measures a generator on samples from a stream. */
  public Evaluation evaluate(Generator generator, Task task, RandomStream stream) {
    Sequences samples = generator.sample(options.samples(), Decoding.SAMPLE, stream);
    Map<String, Double> metrics = new LinkedHashMap<>();
    task.oracle().ifPresent(oracle -> metrics.put(NLL_ORACLE, nllPerToken(oracle, samples)));
    metrics.put(NLL_GEN, nllPerToken(generator, task.test()));
    metrics.put(DISTINCT_SEQUENCES, distinctSequences(samples));
    metrics.put(DISTINCT_2, distinctBigrams(samples));
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < Math.min(options.show(), samples.count()); i++) {
      shown.add(task.show(samples.row(i)));
    }
    return new Evaluation(metrics, shown);
  }

  /** The mean over tokens of -log G, in nats. */
  public static double nllPerToken(Generator model, Sequences sequences) {
    return -model.logProbabilities(sequences).sum() / sequences.tokenCount();
  }

  private static double distinctSequences(Sequences samples) {
    Set<List<Integer>> seen = new HashSet<>();
    for (int i = 0; i < samples.count(); i++) {
      seen.add(java.util.Arrays.stream(samples.row(i)).boxed().toList());
    }
    return (double) seen.size() / samples.count();
  }

  private static double distinctBigrams(Sequences samples) {
    Set<Long> seen = new HashSet<>();
    long total = 0;
    for (int i = 0; i < samples.count(); i++) {
      for (int t = 1; t < samples.length(i); t++) {
        seen.add(((long) samples.token(i, t - 1) << 32) | samples.token(i, t));
        total++;
      }
    }
    return total == 0 ? 0 : (double) seen.size() / total;
  }
}
