package org.seqgan.core.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seqgan.api.metric.Better;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.run.MetricNote;
import org.seqgan.core.run.RunDescription;
import org.seqgan.core.training.Evaluator;

/**
 * Says of a run what a reader of its figures has to know: how they are computed, and where
 * everything comes from.
 */
public final class RunDescriptions {
  private RunDescriptions() {}

  /** The description of a run of an experiment by a version of this program. */
  public static RunDescription of(ResolvedConfig config, Experiment experiment, String version) {
    List<MetricNote> notes = new ArrayList<>();
    how(config, experiment)
        .forEach((name, how) -> notes.add(new MetricNote(name, better(name), how)));
    List<String> provenance = new ArrayList<>(experiment.task().provenance());
    provenance.add("seed " + config.seed());
    provenance.add("backend " + experiment.backend().name());
    provenance.add("seqgan " + version + ", Java " + Runtime.version());
    return new RunDescription(version, notes, provenance);
  }

  /** How each metric is computed, by its name. */
  public static Map<String, String> how(ResolvedConfig config, Experiment experiment) {
    int samples = config.evaluation().samples();
    Map<String, String> how = new LinkedHashMap<>();
    if (experiment.task().oracle().isPresent()) {
      how.put(
          Evaluator.NLL_ORACLE,
          "mean over tokens of -log G_oracle, nats, on "
              + samples
              + " samples of the generator (Eq. 13 per token)");
    }
    how.put(
        Evaluator.NLL_GEN,
        "mean over tokens of -log G, nats, on "
            + experiment.task().test().count()
            + " held-out real sequences");
    how.put(
        Evaluator.DISTINCT_SEQUENCES,
        "different sequences over all, among " + samples + " samples");
    how.put(
        Evaluator.DISTINCT_2, "different bigrams over all bigrams, among " + samples + " samples");
    how.put("g-loss", "generator's loss per token, nats, mean over the step's batches");
    how.put("d-loss", "discriminator's loss with its penalty, nats, mean over the step's batches");
    how.put("reward", "mean reward of a token, over the step's batches");
    return how;
  }

  private static Better better(String name) {
    return switch (name) {
      case Evaluator.NLL_ORACLE, Evaluator.NLL_GEN -> Better.LOWER;
      case Evaluator.DISTINCT_SEQUENCES, Evaluator.DISTINCT_2 -> Better.HIGHER;
      default -> Better.NEITHER;
    };
  }
}
