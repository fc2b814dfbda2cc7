package org.seqgan.cli.ui;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.metric.Better;
import org.seqgan.core.config.RecordedConfig;
import org.seqgan.core.event.Quantile;
import org.seqgan.core.io.Json;
import org.seqgan.core.run.CheckpointStore;
import org.seqgan.core.run.MetricNote;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.run.RunStatus;
import org.seqgan.core.run.SampleFolder;
import org.seqgan.core.workbench.RunSummary;
import org.seqgan.core.workbench.RunSummary.OfMatrix;
import org.seqgan.core.workbench.RunSummary.Progress;

/** Runs as the page and other programs read them. */
public final class RunJson {
  private RunJson() {}

  /** A line of the list. Quantiles are left out: curves have them. */
  public static ObjectNode summary(RunSummary run) {
    ObjectNode node =
        Json.object()
            .put("id", run.id())
            .put("name", run.name())
            .put("path", run.path())
            .put("root", run.root().toString())
            .put("state", run.state().label())
            .put("message", run.message().orElse(null));
    @Nullable Progress progress = run.progress().orElse(null);
    if (progress == null) {
      for (String key : List.of("phase", "step", "steps", "fraction", "started", "updated")) {
        node.putNull(key);
      }
    } else {
      node.put("phase", progress.position().phase().label())
          .put("step", progress.position().step())
          .put("steps", progress.steps())
          .put("fraction", progress.fraction())
          .put("started", progress.started().toString())
          .put("updated", progress.updated().toString());
    }
    for (String part : List.of("task", "generator", "discriminator", "reward")) {
      node.put(part, run.parts().get(part));
    }
    node.put("trainer", run.parts().get("training"))
        .put("seed", run.seed().orElse(null))
        .put("warnings", run.warnings());
    run.tags().forEach(node.putArray("tags")::add);
    node.put("matrix", run.cell().map(OfMatrix::matrix).orElse(null))
        .put("cell", run.cell().map(OfMatrix::name).orElse(null))
        .put("report", run.report());
    run.bytes().ifPresentOrElse(bytes -> node.put("size", bytes), () -> node.putNull("size"));
    ObjectNode metrics = node.putObject("metrics");
    run.metrics()
        .forEach(
            (name, value) -> {
              if (!Quantile.isName(name)) {
                put(metrics, name, value);
              }
            });
    return node;
  }

  /** A number; null for one that is not finite, which JSON has no number for. */
  static void put(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    } else {
      node.putNull(key);
    }
  }

  /** The same in an array. */
  static void add(ArrayNode array, double value) {
    if (Double.isFinite(value)) {
      array.add(value);
    } else {
      array.addNull();
    }
  }

  /**
   * All that a run has to show beside its figures and samples; the summary alone of a broken one.
   */
  static ObjectNode whole(RunSummary run) {
    ObjectNode node = summary(run);
    ArrayNode config = node.putArray("config");
    ArrayNode warnings = node.putArray("warningList");
    ArrayNode checkpoints = node.putArray("checkpoints");
    ObjectNode metrics = node.putObject("metricInfo");
    ArrayNode rounds = node.putArray("rounds");
    if (run.progress().isEmpty()) {
      return node;
    }
    RunLayout layout = run.layout();
    for (RecordedConfig.Entry entry : RecordedConfig.read(layout.config()).entries()) {
      config
          .addObject()
          .put("key", entry.key())
          .put("value", entry.value())
          .put("origin", entry.origin());
    }
    RunStatus status = RunStatus.read(layout.status());
    for (RunStatus.Warning warning : status.warnings()) {
      warnings
          .addObject()
          .put("step", warning.when())
          .put("kind", warning.label())
          .put("text", warning.message());
    }
    CheckpointStore.reading(layout.checkpoints()).positions().stream()
        .map(Position::name)
        .forEach(checkpoints::add);
    for (MetricNote note : status.description().metrics()) {
      describe(metrics.putObject(note.name()), Optional.of(note));
    }
    for (Position position : new SampleFolder(layout.samples()).positions()) {
      rounds.addObject().put("key", position.label()).put("label", position.toString());
    }
    return node;
  }

  /** What a reader has to know of a metric; the unit is in the words. */
  static ObjectNode describe(ObjectNode node, Optional<MetricNote> note) {
    return node.put("better", note.flatMap(each -> word(each.better())).orElse(null))
        .putNull("unit")
        .put("how", note.map(MetricNote::how).orElse(null));
  }

  static Optional<String> word(Better better) {
    return better == Better.NEITHER
        ? Optional.empty()
        : Optional.of(better.name().toLowerCase(Locale.ROOT));
  }
}
