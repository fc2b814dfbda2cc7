package org.seqgan.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.Shown;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.io.Safetensors;

@DisplayName("A run that somebody sent, with a symbolic link in the place of a file")
class HostileRunTest {
  /** Metrics, so that it is not refused for what it holds. */
  private static final String PRECIOUS =
      "{\"phase\":\"adversarial\",\"step\":0,\"seconds\":0,\"time\":\"2026-01-02T03:04:05Z\"}\n";

  private static final RunDescription DESCRIPTION = new RunDescription("0", List.of(), List.of());

  @TempDir private Path folder;
  private RunLayout layout;
  private Path precious;

  @BeforeEach
  void makeARun() throws IOException {
    precious = Files.writeString(folder.resolve("precious.txt"), PRECIOUS);
    layout = new RunLayout(folder.resolve("run"));
    RunDirectory.create(layout.root(), "", DESCRIPTION, new ManualClock()).close();
  }

  @AfterEach
  void nothingElseHasChanged() {
    assertThat(precious).hasContent(PRECIOUS);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("run", "precious.txt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".lock",
        "status.json.tmp",
        "report.html.tmp",
        "metrics.jsonl",
        "samples/adversarial-000001.txt.tmp"
      })
  void isNotWrittenThrough(String name) throws IOException {
    Path trap = layout.root().resolve(name);
    Files.createDirectories(trap.getParent());
    Files.deleteIfExists(trap);
    Files.createSymbolicLink(trap, precious);
    assertThatThrownBy(this::goOn)
        .isInstanceOfSatisfying(
            UserException.class,
            e -> assertThat(e.kind()).isEqualTo(UserException.Kind.ENVIRONMENT))
        .hasMessageContaining("cannot write " + trap.toString().replace(".tmp", ""));
  }

  private void goOn() {
    ManualClock clock = new ManualClock();
    try (RunDirectory run = RunDirectory.openExisting(layout.root(), DESCRIPTION, clock)) {
      RunRecorder recorder = new RunRecorder(run, contents -> "report", clock, clock::nanoTime);
      recorder.on(new TrainingEvent.Started(Map.of(Phase.ADVERSARIAL, 2), Phase.ADVERSARIAL, 0));
      recorder.on(
          new TrainingEvent.Sampled(
              Phase.ADVERSARIAL, 1, List.of(new Shown("one", Optional.empty()))));
    }
  }

  @Test
  void arraysAreNotWrittenThroughOne() throws IOException {
    Path file = layout.root().resolve("x.safetensors");
    Files.createSymbolicLink(file.resolveSibling("x.safetensors.tmp"), precious);
    NamedArrays arrays =
        new NamedArrays(Map.of("w", new FloatArray(new int[] {1}, new float[] {1})));
    assertThatThrownBy(() -> Safetensors.write(file, arrays, Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file + " cannot be written");
  }
}
