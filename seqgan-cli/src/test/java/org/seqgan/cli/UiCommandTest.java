package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@link UiCommand}: the command line, and a run that is stopped and resumed from the page. */
class UiCommandTest {
  private static final String ADDRESS = "http://127\\.0\\.0\\.1:\\d+/\\?token=[0-9a-f]{64}";

  @TempDir private Path folder;

  /** Asks a server that printed its address. */
  private record Page(URI address) {
    private HttpResponse<String> send(String method, String path, String body) throws Exception {
      String origin = "http://" + address.getAuthority();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(origin + path))
              .header("Authorization", "Bearer " + address.getQuery().substring("token=".length()))
              .header("Origin", origin)
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body))
              .build();
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private JsonNode run() throws Exception {
      return new ObjectMapper().readTree(send("GET", "/api/runs", "").body()).path("runs").path(0);
    }

    private JsonNode awaitState(String state) throws Exception {
      JsonNode run = run();
      while (!run.path("state").asText().equals(state)) {
        Thread.sleep(100);
        run = run();
      }
      return run;
    }
  }

  @Test
  void saysWhatIsWrongWithACommandLine() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(Program.run("ui", folder.resolve("none").toString()).err())
        .contains("expected a folder with runs, found nothing at");
    assertThat(Program.run("ui", file.toString()).err()).contains("found a file at");
    assertThat(Program.run("ui", "--port", "70000").err())
        .contains("--port must be 0 to 65535, found 70000");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Program.Result result =
          Program.run("ui", folder.toString(), "--port", "" + taken.getLocalPort());
      assertThat(result.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.code());
      assertThat(result.err()).contains("cannot listen at 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  @Tag("slow")
  @Timeout(600)
  void aRunIsStoppedAndResumedFromThePage() throws Exception {
    ProgramProcess.requireSignals();
    Path run = folder.resolve("runs").resolve("run");
    List<String> words = new ArrayList<>(TinyRun.train(run, 2, 1, 1_000_000));
    try (ProgramProcess training = ProgramProcess.startSilent(folder.resolve("errors.txt"), words);
        ProgramProcess ui =
            ProgramProcess.start(
                folder.resolve("ui.txt"), "ui", folder.toString(), "--allow-control")) {
      Page page = new Page(URI.create(ui.awaitLine(line -> line.matches(ADDRESS))));
      String path = "/api/runs/" + page.awaitState("running").path("id").asText();
      while (page.run().path("fraction").asDouble() == 0) {
        Thread.sleep(100);
      }
      HttpResponse<String> stop = page.send("POST", path + "/stop", "{}");
      assertThat(stop.statusCode()).as(stop.body()).isEqualTo(202);
      assertThat(training.awaitEnd()).isEqualTo(ExitCode.TERMINATED.code());
      page.awaitState("interrupted");
      HttpResponse<String> resume = page.send("POST", path + "/resume", "{}");
      assertThat(resume.statusCode()).as(resume.body()).isEqualTo(202);
      page.awaitState("running");
      assertThat(page.send("POST", path + "/stop", "{}").statusCode()).isEqualTo(202);
      page.awaitState("interrupted");
      ProgramProcess.awaitEndOf(run); // or it writes into the folder that is deleted
      ui.send("INT");
      assertThat(ui.awaitEnd()).isEqualTo(ExitCode.INTERRUPTED.code());
      assertThat(ui.errors()).isEmpty();
    }
  }
}
