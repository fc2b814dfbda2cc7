package org.seqgan.core.config;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.seqgan.api.plugin.Option;
import org.seqgan.core.registry.PluginKind;

/** What stands at the top of a configuration. */
final class Sections {
  /** The section of {@link org.seqgan.core.training.EvaluationOptions}. */
  static final String EVALUATION = "evaluation";

  /** The section of {@link org.seqgan.core.run.CheckpointOptions}. */
  static final String CHECKPOINT = "checkpoint";

  private Sections() {}

  /** Values that stand at the top themselves. */
  record Top(
      @Option(description = "the root of all random numbers of a run", defaultValue = "1")
          long seed) {}

  /** All keys of the top, in the order in which they are shown. */
  static List<String> keys() {
    Stream<String> top = RecordSchema.of(Top.class).keys().stream();
    Stream<String> plugins =
        Arrays.stream(PluginKind.values()).filter(PluginKind::hasSection).map(PluginKind::section);
    Stream<String> others = Stream.of(EVALUATION, CHECKPOINT);
    return Stream.of(top, plugins, others).flatMap(keys -> keys).toList();
  }
}
