package org.seqgan.core.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.core.config.RecordedConfig;
import org.seqgan.core.config.RecordedConfig.Entry;

/** {@link ConfigDifferences}, and what {@link RecordedConfig} reads. */
class ConfigDifferencesTest {
  @TempDir private Path folder;

  private RecordedConfig config(String text) throws IOException {
    return RecordedConfig.read(Files.writeString(folder.resolve("config.conf"), text));
  }

  @Test
  void aConfigurationIsReadWithItsOrigins() throws IOException {
    assertThat(config(RunMaker.CONFIG).entries())
        .contains(
            new Entry("seed", "7", "default"),
            new Entry("generator.hidden-size", "32", "command line: generator.hidden-size=32"),
            new Entry("evaluation.metrics", "[task, nll-gen, \"a b\"]", "default"))
        .hasSize(8)
        .first()
        .extracting(Entry::key)
        .isEqualTo("seed");
  }

  @Test
  void anEditedOneIsRead() throws IOException {
    RecordedConfig config = config("# mine\ntask = poems\n\ngenerator { name = lstm }\n");
    assertThat(config.value("task.name")).contains("poems");
    assertThat(config.value("generator.name")).contains("lstm");
    assertThat(config.value("seed")).isEmpty();
  }

  @Test
  void onlyWhatDiffersIsThere() throws IOException {
    RecordedConfig one = config("seed = 1\ntask.name = a\nreward.name = x");
    RecordedConfig other = config("seed = 2\ntask.name = a\ntraining.name = y");
    assertThat(ConfigDifferences.of(List.of(one, other, one)).rows())
        .containsExactly(
            new ConfigDifferences.Row(
                "seed", List.of(Optional.of("1"), Optional.of("2"), Optional.of("1"))),
            new ConfigDifferences.Row(
                "reward.name", List.of(Optional.of("x"), Optional.empty(), Optional.of("x"))),
            new ConfigDifferences.Row(
                "training.name", List.of(Optional.empty(), Optional.of("y"), Optional.empty())));
    assertThat(ConfigDifferences.of(List.of(one, one)).rows()).isEmpty();
  }
}
