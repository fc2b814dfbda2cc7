package org.seqgan.core.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.task.DataReader;
import org.seqgan.api.task.FileContents;
import org.seqgan.api.task.FileFormats;
import org.seqgan.api.task.Proposal;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.core.config.TaskOptions;
import org.seqgan.core.io.Safetensors;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.setup.FakeTask.NoOptions;

class TaskReadingTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void makeData() throws IOException {
    file = Files.writeString(folder.resolve("data.txt"), "a b\n");
  }

  @Test
  void theFileIsInThePlaceOfTheOptionsThatNameData() {
    assertThat(read(List.of(new Words("words")), "task.limit=2"))
        .isEqualTo(
            new TaskReading(
                "words",
                new FileContents.TokenSequences(
                    List.of(List.of(file.toString(), file.toString(), "2")), List.of())));
  }

  @Test
  void ofSeveralReadersTheOneOfATaskForDataOfOnesOwnIsUsed() {
    assertThat(read(List.of(new Arrays(false), new Words("words"))).task()).isEqualTo("words");
    assertThatThrownBy(() -> read(List.of(new Words("words"), new Words("verses"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("verses, words; choose one with --task NAME");
    assertThat(read(List.of(new Words("words"), new Words("verses")), "task=verses").task())
        .isEqualTo("verses");
  }

  @Test
  void optionsAreThoseOfTheTaskThatReads() {
    assertThatThrownBy(() -> read(List.of(new Arrays(false), new Words("words")), "task.limmit=2"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("did you mean 'limit'?");
  }

  @Test
  void theProgramReadsSafetensorsForATask() {
    Safetensors.write(
        file,
        new NamedArrays(
            Map.of("b", new NamedArrays.FloatArray(new int[] {2, 1}, new float[] {1, 2}))),
        Map.of());
    assertThat(read(List.of(new Arrays(false))).contents())
        .isEqualTo(
            new FileContents.Arrays(List.of(new FileContents.ArrayShape("b", List.of(2, 1)))));
  }

  @Test
  void aReaderThatFailsIsNamed() {
    assertThatThrownBy(() -> read(List.of(new Arrays(true))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("task plugin 'arrays'")
        .hasMessageContaining("fault of the plugin");
  }

  private TaskReading read(List<TaskProvider<?>> providers, String... overrides) {
    TaskOptions options = TaskOptions.parse(List.of(overrides));
    return TaskReading.of(
        PluginRegistry.of(providers.toArray(TaskProvider<?>[]::new)),
        file,
        options.name(),
        options);
  }

  record WordOptions(
      @Option(description = "what is optional", defaultValue = "sample") String data,
      @Option(description = "what is required", required = true) Path source,
      @Option(description = "another path") Optional<Path> other,
      @Option(description = "a number", defaultValue = "1") int limit) {}

  /** A task for data of one's own, which shows its options. */
  record Words(String name) implements FakeTask<WordOptions> {
    @Override
    public Class<WordOptions> optionsType() {
      return WordOptions.class;
    }

    @Override
    public Optional<Proposal> propose(Path data) {
      return Optional.empty();
    }

    @Override
    public Optional<DataReader<WordOptions>> reader(FileFormats formats, Path path) {
      return Optional.of(
          options ->
              new FileContents.TokenSequences(
                  List.of(
                      List.of(
                          options.data(),
                          options.source().toString(),
                          String.valueOf(options.limit()))),
                  List.of()));
    }
  }

  /** A task that reads arrays, or fails. */
  record Arrays(boolean fails) implements FakeTask<NoOptions> {
    @Override
    public String name() {
      return "arrays";
    }

    @Override
    public Class<NoOptions> optionsType() {
      return NoOptions.class;
    }

    @Override
    public Optional<DataReader<NoOptions>> reader(FileFormats formats, Path path) {
      return Optional.of(
          options -> {
            if (fails) {
              throw new IllegalStateException("oh");
            }
            return new FileContents.Arrays(
                formats.readSafetensors(path).arrays().entrySet().stream()
                    .map(
                        entry ->
                            new FileContents.ArrayShape(
                                entry.getKey(),
                                java.util.Arrays.stream(entry.getValue().shape()).boxed().toList()))
                    .toList());
          });
    }
  }
}
