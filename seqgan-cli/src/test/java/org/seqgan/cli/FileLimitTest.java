package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.testkit.OneLine;

@DisplayName("A limit on the size of files (ulimit -f), which stands in for a full disk")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no ulimit")
@Timeout(1200)
class FileLimitTest {
  private static final int ENVIRONMENT = 4;

  @TempDir private Path folder;

  @Test
  void trainingStopsWithOneLineAndGoesOnOnceThereIsRoom() throws IOException, InterruptedException {
    Path whole = folder.resolve("whole");
    try (ProgramProcess program = start(List.of(), train(whole))) {
      assertThat(program.awaitEnd()).as(program.errors()).isZero();
    }
    // In blocks of 512 bytes, or of 1024 with some shells: too little for the report, for the
    // status.
    for (int blocks : List.of(16, 1)) {
      Path run = folder.resolve("run" + blocks);
      try (ProgramProcess program = start(limit(blocks), train(run))) {
        assertThat(program.awaitEnd()).as(program.errors()).isEqualTo(ENVIRONMENT);
        assertThat(program.errors().lines()).hasSize(1);
        OneLine.assertIsOne(program.errors().strip());
        assertThat(program.errors()).contains("cannot write " + run, "File too large");
      }
      boolean begun = Files.exists(run.resolve("config.conf"));
      try (ProgramProcess program = start(List.of(), begun ? TinyRun.resume(run) : train(run))) {
        assertThat(program.awaitEnd()).as(program.errors()).isZero();
      }
      TinyRun.assertSame(run, whole);
    }
  }

  private static List<String> limit(int blocks) {
    return List.of("sh", "-c", "ulimit -f " + blocks + " && exec \"$@\"", "sh");
  }

  private static List<String> train(Path run) {
    return TinyRun.train(run, 2, 2, 2);
  }

  private ProgramProcess start(List<String> shell, List<String> words) throws IOException {
    return ProgramProcess.startSilent(folder.resolve("errors.txt"), Map.of(), shell, words);
  }
}
