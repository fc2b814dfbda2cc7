package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.testkit.Requirement;

/**
 * The script of docs/python.md, run by the Python that is there ({@link Requirement} {@code
 * numpy}).
 */
@DisplayName("The NumPy script of docs/python.md")
class PythonScriptTest {
  private static final Requirement NUMPY = new Requirement("numpy");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @BeforeEach
  void numpyIsThere() throws IOException, InterruptedException {
    String found = said("-c", "import numpy; print('numpy', numpy.__version__)");
    NUMPY.orSkip(
        found.startsWith("numpy "), "python3 with NumPy (Debian: python3-numpy) is not here");
  }

  @Test
  void drawsTheTokensThatTheProgramDraws() throws IOException, InterruptedException {
    Path run =
        SmallRun.train(folder.resolve("run"), "task.sequence-length=9", "generator.hidden-size=8");
    assertSameTokens(run, 60, 1);
    assertSameTokens(run, 7, -3);
    assertSameTokens(run, 40, 12345678901L, "--temperature", "0.7");
    assertSameTokens(run, 40, 2, "--top-k", "5", "--top-p", "0.8");
  }

  @Test
  void cutsSequencesAtTheirEnds() throws IOException, InterruptedException {
    Path text = folder.resolve("text.txt");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      lines.add("a b c d e f".substring(0, 1 + 2 * (i % 6)) + " " + "g h".charAt(2 * (i % 2)));
    }
    Files.write(text, lines);
    Path run = folder.resolve("run");
    SmallRun.succeeds(
        "train",
        "quickstart",
        "backend=reference",
        "task=text",
        "task.data=" + text,
        "task.sequence-length=8",
        "generator.embedding-size=6",
        "generator.hidden-size=6",
        "training.batch-size=4",
        "training.generator-pretraining.epochs=20",
        "training.discriminator-pretraining.rounds=0",
        "training.adversarial.rounds=0",
        "evaluation.metrics=[distinct-sequences]",
        "evaluation.samples=10",
        "-q",
        "--run",
        run.toString());
    List<String> drawn = assertSameTokens(run, 50, 4);
    assertThat(drawn).anyMatch(row -> row.endsWith(" 0"));
  }

  private List<String> assertSameTokens(Path run, int count, long seed, String... decoding)
      throws IOException, InterruptedException {
    Path model = folder.resolve("model");
    List<String> words =
        new ArrayList<>(
            List.of("export", run.toString(), model.toString(), "--to", "safetensors", "--force"));
    words.addAll(List.of(decoding));
    SmallRun.succeeds(words.toArray(String[]::new));
    List<String> asked =
        new ArrayList<>(
            List.of("sample", run.toString(), "-n", "" + count, "--seed", "" + seed, "--format"));
    asked.add("json");
    asked.addAll(List.of(decoding));
    List<String> expected = new ArrayList<>();
    for (String line : SmallRun.succeeds(asked.toArray(String[]::new)).out().lines().toList()) {
      List<String> tokens = new ArrayList<>();
      for (JsonNode token : JSON.readTree(line).get("tokens")) {
        tokens.add(token.asText());
      }
      expected.add(String.join(" ", tokens));
    }
    Path script = folder.resolve("sample.py");
    Files.writeString(script, script());
    String printed = said(script.toString(), model.toString(), "" + count, "" + seed);
    assertThat(printed.lines().toList()).isEqualTo(expected).hasSize(count);
    return expected;
  }

  private static String script() throws IOException {
    return DocumentationPage.read("docs/python.md").files().stream()
        .filter(file -> file.name().equals("sample.py"))
        .findFirst()
        .orElseThrow()
        .contents();
  }

  /** What Python printed, errors too; nothing where there is no Python. */
  private static String said(String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("python3"));
    all.addAll(List.of(words));
    Process process;
    try {
      process = new ProcessBuilder(all).redirectErrorStream(true).start();
    } catch (IOException e) {
      return "";
    }
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("python3 ends").isTrue();
    return printed;
  }
}
