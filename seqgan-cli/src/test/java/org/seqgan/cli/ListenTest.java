package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a run that is listened to")
class ListenTest {
  @TempDir private static Path folder;
  private static Path plain;

  @BeforeAll
  static void train() {
    plain = SmallRun.train(folder.resolve("plain"));
  }

  private static List<Path> eventFiles(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("tensorboard"))) {
      return files.toList();
    }
  }

  @Test
  void isTheSameRunAndGoesOnWithAndWithoutListeners() throws IOException {
    Path run = SmallRun.train(folder.resolve("heard"), "--listen", "tensorboard");
    assertThat(SmallRun.metrics(run)).isEqualTo(SmallRun.metrics(plain));
    assertThat(SmallRun.contents(run.resolve("samples")))
        .isEqualTo(SmallRun.contents(plain.resolve("samples")));
    assertThat(run.resolve("config.conf")).hasSameTextualContentAs(plain.resolve("config.conf"));
    SmallRun.succeeds(
        "train", "--resume", "-q", "--run", run.toString(), "training.adversarial.rounds=4");
    assertThat(eventFiles(run)).hasSize(1);
    SmallRun.succeeds(
        "train",
        "--resume",
        "-q",
        "--run",
        run.toString(),
        "training.adversarial.rounds=5",
        "--listen",
        "tensorboard { samples = 0 }");
    assertThat(eventFiles(run)).hasSize(2);
    SmallRun.train(run, "--overwrite");
    assertThat(run.resolve("tensorboard")).doesNotExist();
  }

  @Test
  void endsWellThoughItsServerIsNotThere() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path run = folder.resolve("alone");
    Program.Result result =
        SmallRun.succeeds(
            SmallRun.words(
                run, "--listen", "mlflow { url = \"http://127.0.0.1:%d\" }".formatted(port)));
    assertThat(SmallRun.metrics(run)).isEqualTo(SmallRun.metrics(plain));
    String warning =
        "listener 'mlflow' failed and hears nothing more; the run goes on without it: IOException: the MLflow server at http://127.0.0.1:%d does not answer"
            .formatted(port);
    assertThat(result.err()).containsOnlyOnce(warning);
    assertThat(Files.readString(run.resolve("status.json")))
        .contains("\"finished\"")
        .contains(warning);
    assertThat(run.resolve("report.html")).content().contains("listener &#39;mlflow&#39;");
  }

  @Test
  void saysInOneLineWhatIsWrongWithAListener() {
    assertThat(error("tensorbord"))
        .contains("no listener plugin is named 'tensorbord': installed are tensorboard");
    assertThat(error("tensorboard { sample = 3 }"))
        .contains("unknown key 'tensorboard.sample'; did you mean 'samples'?");
    assertThat(error("mlflow { url = here }")).contains("mlflow: url: expected an address");
    assertThat(error("tensorboard", "tensorboard {}")).contains("names 'tensorboard' twice");
    Program.Result matrix = Program.run("matrix", "table1", "--listen", "nobody");
    assertThat(matrix.exitCode()).isEqualTo(2);
    assertThat(matrix.err()).contains("no listener plugin is named 'nobody'");
  }

  private static String error(String... listeners) {
    Path run = folder.resolve("not-made");
    Program.Result result =
        Program.run(
            SmallRun.words(
                run,
                Stream.of(listeners)
                    .flatMap(listener -> Stream.of("--listen", listener))
                    .toArray(String[]::new)));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err().lines()).hasSize(1);
    assertThat(run).doesNotExist();
    return result.err();
  }
}
