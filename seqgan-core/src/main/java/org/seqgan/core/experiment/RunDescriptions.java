package org.seqgan.core.experiment;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.metric.Better;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.health.VitalSigns;
import org.seqgan.core.run.MetricNote;
import org.seqgan.core.run.RunDescription;

/**
 * Says of a run what a reader of its figures has to know: how they are computed, and where
 * everything comes from.
 */
public final class RunDescriptions {
  private RunDescriptions() {}

  /** The description of a run of an experiment by a version of this program. */
  public static RunDescription of(ResolvedConfig config, Experiment experiment, String version) {
    List<MetricNote> notes = new ArrayList<>();
    for (ScoreDescription score : experiment.evaluator().describe(experiment.task())) {
      notes.add(new MetricNote(score.name(), score.better(), score.how()));
    }
    notes.add(loss("g-loss", "generator's loss per token, nats, mean over the step's batches"));
    notes.add(
        loss(
            "d-loss", "discriminator's loss with its penalty, nats, mean over the step's batches"));
    notes.add(loss("reward", "mean reward of a token, over the step's batches"));
    VitalSigns.DESCRIPTIONS.forEach((name, how) -> notes.add(loss(name, how)));
    List<String> provenance = new ArrayList<>(experiment.task().provenance());
    provenance.add("seed " + config.seed());
    provenance.add("backend " + experiment.backend().name());
    provenance.add("seqgan " + version + ", Java " + Runtime.version());
    return new RunDescription(version, notes, provenance);
  }

  private static MetricNote loss(String name, String how) {
    return new MetricNote(name, Better.NEITHER, how);
  }
}
