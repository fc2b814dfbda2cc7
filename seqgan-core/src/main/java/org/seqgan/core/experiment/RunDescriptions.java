package org.seqgan.core.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.metric.Better;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.plugin.Provider;
import org.seqgan.api.task.Task;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.health.VitalSigns;
import org.seqgan.core.metric.MetricCatalog;
import org.seqgan.core.registry.InstalledJar;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.MetricNote;
import org.seqgan.core.run.RunDescription;
import org.seqgan.core.run.RunSetup;

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
    config.trainerFigures().forEach((name, how) -> notes.add(loss(name, how)));
    VitalSigns.DESCRIPTIONS.forEach((name, how) -> notes.add(loss(name, how)));
    List<String> provenance = new ArrayList<>(experiment.task().data().provenance());
    provenance.add("seed " + config.seed());
    provenance.add("backend " + experiment.backend().name());
    provenance.add("seqgan " + version + ", Java " + Runtime.version());
    return new RunDescription(version, notes, provenance);
  }

  /** What a new run of an experiment starts with. */
  public static RunSetup setup(
      ResolvedConfig config, Experiment experiment, PluginRegistry registry, String version) {
    return new RunSetup(
        config.render(),
        config.settings(),
        jars(config, experiment.task(), registry),
        of(config, experiment, version),
        Optional.empty());
  }

  /** The plugin jars that have a part in an experiment. */
  public static List<InstalledJar> jars(ResolvedConfig config, Task task, PluginRegistry registry) {
    List<Provider<?>> used = new ArrayList<>();
    used.add(config.backend().provider());
    used.add(config.task().provider());
    used.add(config.generator().provider());
    if (config.uses(TrainerPart.DISCRIMINATOR)) {
      used.add(config.discriminator().provider());
    }
    if (config.uses(TrainerPart.REWARD)) {
      used.add(config.reward().provider());
    }
    used.add(config.trainer().provider());
    for (MetricCatalog.Entry<?> entry :
        config.metrics().chosen(config.evaluation().metrics(task))) {
      used.add(entry.provider());
    }
    return registry.jarsBehind(used);
  }

  private static MetricNote loss(String name, String how) {
    return new MetricNote(name, Better.NEITHER, how);
  }
}
