package org.seqgan.cli.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.run.RunTags;

/** {@link UiServer} over ten thousand runs. How fast that is stands in docs/workbench.md. */
@Timeout(240)
class ManyRunsTest {
  private static final int RUNS = 10_000;

  /** The least that a finished run has. */
  private static void makeRuns(Path folder) throws IOException {
    WrittenRun.begin(folder.resolve("r0"), "seed = 0").finish();
    String status = Files.readString(folder.resolve("r0/status.json"));
    for (int i = 1; i < RUNS; i++) {
      Path run = Files.createDirectories(folder.resolve("r" + i));
      Files.writeString(run.resolve("status.json"), status);
      Files.writeString(run.resolve("config.conf"), "seed = " + i);
    }
  }

  @Test
  void listsAllAndSeesWhatChanges(@TempDir Path folder) throws Exception {
    makeRuns(folder);
    try (UiServer server =
        UiServer.start(
            new UiServer.Settings(
                List.of(folder), 0, false, "1", run -> List.of("false"), message -> {}))) {
      Visitor visitor = new Visitor(server.address());
      Iterator<String> lines = visitor.lines("/api/events").iterator();
      JsonNode runs = visitor.json("/api/runs").path("runs");
      if (runs.isEmpty()) {
        news(lines);
        runs = visitor.json("/api/runs").path("runs");
      }
      Set<String> seeds = new HashSet<>();
      runs.forEach(run -> seeds.add(run.path("seed").asText()));
      assertThat(seeds).hasSize(RUNS);
      new RunTags(List.of("best")).write(new RunLayout(folder.resolve("r77")));
      JsonNode changed = news(lines).path("changed");
      while (changed.size() > 1) { // of the first scan, which may have ended before it was asked
        changed = news(lines).path("changed");
      }
      assertThat(
              visitor.json("/api/runs/" + changed.path(0).asText()).path("tags").path(0).asText())
          .isEqualTo("best");
    }
  }

  private static JsonNode news(Iterator<String> lines) throws IOException {
    String line = lines.next();
    while (!line.equals("event: runs")) {
      line = lines.next(); // Signs of life, and ends of events.
    }
    return Visitor.parse(lines.next().substring("data: ".length()));
  }
}
