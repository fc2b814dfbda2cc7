package org.seqgan.cli;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.registry.PluginRegistry;
import picocli.CommandLine.Parameters;

/** The words after a command that name a configuration: a preset or file, then overrides. */
final class ConfigurationArguments {
  @Parameters(
      arity = "0..*",
      paramLabel = "PRESET|FILE [GROUP.KEY=VALUE...]",
      description = "a preset or a configuration file, then options that override it")
  private List<String> words = new ArrayList<>();

  boolean isEmpty() {
    return words.isEmpty();
  }

  /** The preset or file. */
  String source() {
    return words.get(0);
  }

  /**
   * All words, where the configuration is that of a run: options that override it.
   *
   * @throws picocli.CommandLine.ParameterException if one is none
   */
  List<String> overrides() {
    for (String word : words) {
      if (word.indexOf('=') <= 0) {
        throw Misuse.of(
            "a run is resumed with its own configuration: name it by --run alone, and give nothing but GROUP.KEY=VALUE, found '%s'"
                .formatted(word));
      }
    }
    return List.copyOf(words);
  }

  ResolvedConfig load(PluginRegistry registry) {
    return ExperimentConfig.load(registry, source(), words.subList(1, words.size()));
  }

  /** The same, to be shown and not to be run: {@link ExperimentConfig#loadToShow}. */
  ResolvedConfig loadToShow(PluginRegistry registry) {
    return ExperimentConfig.loadToShow(registry, source(), words.subList(1, words.size()));
  }
}
