package org.seqgan.core.portable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.plugin.Provider;
import org.seqgan.api.task.TaskData;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.registry.InstalledJar;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.run.MetricsHistory;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.Recipe;
import org.seqgan.core.run.RunLayout;

/**
 * Where the model of a run's checkpoint comes from.
 *
 * @param experiment the run's, open with its data
 * @param position of the checkpoint
 * @param recipe what the checkpoint was made with, where it knows it
 */
record RunProvenance(
    Experiment experiment, RunLayout layout, Position position, Optional<Recipe> recipe) {
  private static final String UNKNOWN = "unknown";

  Provenance of(String exporter, Optional<String> licence) {
    ResolvedConfig config = experiment.config();
    TaskData data = experiment.task().data();
    String trained = recipe.map(Recipe::version).orElse(UNKNOWN);
    return new Provenance(
        new Provenance.Data(
            config.task().provider().about().name(),
            DataHash.of(data),
            data.training().count(),
            data.validation().count(),
            data.test().count(),
            data.provenance()),
        Provenance.Licence.of(licence.or(() -> experiment.task().licence())),
        recipe.map(Recipe::config).filter(known -> !known.isEmpty()).orElseGet(config::settings),
        config.seed(),
        position.name(),
        metrics(),
        plugins(config, trained),
        new Provenance.Build(trained, exporter));
  }

  /** The last evaluation up to the checkpoint. */
  private Map<String, Double> metrics() {
    List<String> scores =
        experiment.evaluator().describe(experiment.task()).stream()
            .map(ScoreDescription::name)
            .toList();
    Map<String, Double> last = new LinkedHashMap<>();
    for (MetricsHistory.Row row : MetricsHistory.read(layout.metrics()).rows()) {
      if (row.position().compareTo(position) <= 0) {
        row.values()
            .forEach(
                (name, value) -> {
                  if (scores.contains(name)) {
                    last.put(name, value);
                  }
                });
      }
    }
    return last;
  }

  private List<Provenance.Plugin> plugins(ResolvedConfig config, String version) {
    List<Provenance.Plugin> plugins = new ArrayList<>();
    plugins.add(plugin(PluginKind.TASK, config.task().provider(), version));
    plugins.add(plugin(PluginKind.GENERATOR, config.generator().provider(), version));
    plugins.add(plugin(PluginKind.TRAINER, config.trainer().provider(), version));
    plugins.add(plugin(PluginKind.BACKEND, config.backend().provider(), version));
    return plugins;
  }

  private Provenance.Plugin plugin(PluginKind kind, Provider<?> provider, String version) {
    String name = provider.about().name();
    String given = kind.section() + " " + name;
    Optional<InstalledJar> jar =
        recipe.stream()
            .flatMap(known -> known.jars().stream())
            .filter(candidate -> candidate.plugins().contains(given))
            .findFirst();
    return new Provenance.Plugin(
        kind.section(),
        name,
        jar.map(InstalledJar::version).orElse(version),
        jar.map(InstalledJar::sha256));
  }
}
