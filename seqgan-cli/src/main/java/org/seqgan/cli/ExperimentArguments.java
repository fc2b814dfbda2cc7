package org.seqgan.cli;

import java.util.List;
import java.util.Optional;
import org.seqgan.core.config.ConfigurationReader;
import org.seqgan.core.config.ConfigurationSource;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.registry.PluginRegistry;
import picocli.CommandLine.Parameters;

/** The words that describe an experiment: a preset or a file, then overrides. */
final class ExperimentArguments {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PRESET|FILE",
      description = "A preset, or a file of HOCON.")
  private Optional<String> source;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      description = "What to change, such as training.batch-size=32 or generator=lstm.")
  private List<String> overrides = List.of();

  Optional<String> source() {
    return source;
  }

  /** Reads the experiment that starts from {@code source}. */
  ResolvedConfig read(String from, PluginRegistry registry) {
    return new ConfigurationReader(registry).read(ConfigurationSource.of(from), overrides);
  }
}
