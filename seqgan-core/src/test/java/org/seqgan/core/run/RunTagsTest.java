package org.seqgan.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.UserException;

/** {@link RunTags}. */
class RunTagsTest {
  private static final RunDescription DESCRIPTION = new RunDescription("0", List.of(), List.of());

  @TempDir private Path folder;

  private RunLayout run() {
    Path root = folder.resolve("run");
    RunDirectory.create(root, "", DESCRIPTION, new ManualClock()).close();
    return new RunLayout(root);
  }

  @Test
  void areReadAsTheyWereWritten() {
    RunLayout run = run();
    assertThat(RunTags.read(run)).isEqualTo(RunTags.NONE);
    new RunTags(List.of(" best ", "für Tabelle 1")).write(run);
    assertThat(RunTags.read(run).tags()).containsExactly("best", "für Tabelle 1");
  }

  @Test
  void areNoStrangerInTheRun() {
    RunLayout run = run();
    new RunTags(List.of("best")).write(run);
    RunDirectory.overwrite(run.root(), "", DESCRIPTION, new ManualClock()).close();
    assertThat(RunTags.read(run)).isEqualTo(RunTags.NONE);
  }

  @Test
  void areGivenToARunAlone() {
    assertThatThrownBy(() -> new RunTags(List.of("best")).write(new RunLayout(folder)))
        .hasMessageContaining("expected a run directory");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a,b",
        "a\nb",
        "a\u0007",
        "\u202e",
        "012345678901234567890123456789012345678901"
      })
  void aTagIsAWordThatCanBeShown(String tag) {
    assertThatThrownBy(() -> new RunTags(List.of("good", tag)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("expected ");
  }

  @Test
  void eachIsThereOnceAndThereAreNotTooMany() {
    assertThatThrownBy(() -> new RunTags(List.of("a", "a ")))
        .hasMessageContaining("found 'a' twice");
    List<String> many = IntStream.range(0, 21).mapToObj(i -> "tag " + i).toList();
    assertThatThrownBy(() -> new RunTags(many)).hasMessageContaining("at most 20 tags, found 21");
    assertThat(new RunTags(Collections.singletonList("a")).tags()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"format\": 2, \"tags\": []}",
        "{\"format\": 1, \"tags\": [\"a,b\"]}",
        "{\"format\": 1, \"tags\": [[]]}"
      })
  void aFileThatIsSomethingElseIsRefused(String text) throws IOException {
    RunLayout run = run();
    Files.writeString(run.tags(), text);
    assertThatThrownBy(() -> RunTags.read(run))
        .isInstanceOfSatisfying(
            UserException.class,
            e -> assertThat(e.kind()).isEqualTo(UserException.Kind.RUN_DIRECTORY))
        .hasMessageContaining("tags.json");
  }
}
