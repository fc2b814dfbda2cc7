package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserCache;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.core.corpus.CorpusCache;
import org.seqgan.core.run.DurableFiles;

@DisplayName("seqgan data")
class DataCommandTest {
  private static final int CONFIGURATION = 2;
  private static final int DATA = 3;
  private static final int ENVIRONMENT = 4;

  @TempDir private Path folder;
  private Path plugins;
  private Path mirror;
  private Path cached;

  @BeforeEach
  void installTheTask() throws IOException {
    assumeTrue(
        System.getenv(UserCache.VARIABLE) != null,
        "the build sets SEQGAN_CACHE, so that tests leave the user's corpora alone");
    Path root = CorpusCache.ofUser(System.getenv()).root();
    cached = root.resolve("corpora").resolve("numbers").resolve("abc123");
    DurableFiles.delete(root.resolve("corpora").resolve("numbers"));
    plugins = Files.createDirectory(folder.resolve("plugins"));
    PluginJar.naming(NumbersTaskProvider.class, TaskProvider.class, plugins.resolve("numbers.jar"));
    mirror = Files.createDirectory(folder.resolve("mirror"));
    Files.write(mirror.resolve("one.txt"), NumbersTaskProvider.ONE);
    Files.write(mirror.resolve("two.txt"), NumbersTaskProvider.TWO);
  }

  @Test
  void fetchShowsTheTermsBringsTheFilesAndSaysWhatToDoNext() {
    Program.Result result = data("fetch", "numbers", "--from", mirror.toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .containsSubsequence(
            "numbers: small numbers and large ones",
            "licence     free for all (LICENCE.md)",
            "2 files, 15 B",
            "https://example.org/numbers",
            "abc123",
            mirror.toString(),
            cached.toString(),
            "All 2 files are here and right: 2 fetched, 0 were here before.",
            "seqgan train PRESET|FILE task.data=corpus",
            "task.data: sample, corpus, or a file of numbers",
            "seqgan plugins show numbers");
    assertThat(cached.resolve("one.txt")).hasBinaryContent(NumbersTaskProvider.ONE);
    assertThat(data("fetch", "numbers", "--from", mirror.toString()).out())
        .contains("0 fetched, 2 were here before");
    assertThat(data("fetch", "numbers", "-q").out()).isEmpty();
  }

  @Test
  void checkReadsTheFilesAgain() throws IOException {
    Program.Result nothing = data("check", "numbers");
    assertThat(nothing.exitCode()).isEqualTo(DATA);
    assertThat(nothing.out().lines()).hasSize(2).allMatch(line -> line.endsWith(" is missing"));
    data("fetch", "numbers", "--from", mirror.toString());
    assertThat(data("check", "numbers").out())
        .isEqualToNormalizingNewlines("numbers: all 2 files are right, in " + cached + "\n");

    Files.writeString(cached.resolve("two.txt"), "10\n20\n31\n");
    Program.Result spoilt = data("check", "numbers");
    fails(spoilt, DATA, "1 of 2 files of numbers", "seqgan data fetch numbers");
    assertThat(spoilt.out())
        .startsWith(cached.resolve("two.txt") + " has not the contents that it should have");
    JsonNode files = json(data("check", "numbers", "--format", "json")).get("files");
    assertThat(files.findValuesAsText("state")).containsExactly("complete", "different");
  }

  @Test
  void listTellsWhatIsHere() throws IOException {
    assertThat(data("list").out())
        .containsPattern("numbers +2 +15 B +no +free for all")
        .containsPattern("oracle +2 +4\\.8 MiB")
        .contains(cached.toString());
    Files.createDirectories(cached);
    Files.write(cached.resolve("one.txt"), NumbersTaskProvider.ONE);
    assertThat(data("list").out()).containsPattern("numbers +2 +15 B +1 files");
    data("fetch", "numbers", "--from", mirror.toString());
    assertThat(data("list").out()).containsPattern("numbers +2 +15 B +yes");
    JsonNode list = json(data("list", "--format", "json"));
    assertThat(list.findValuesAsText("task")).contains("numbers", "oracle");
    JsonNode numbers = list.get(list.findValuesAsText("task").indexOf("numbers"));
    assertThat(numbers.get("files").findValuesAsText("state")).containsOnly("complete");
  }

  @Test
  void everyFileThatFailedIsNamedAndTheOthersCome() throws IOException {
    Files.delete(mirror.resolve("one.txt"));
    Program.Result result = data("fetch", "numbers", "--from", mirror.toString());
    fails(result, DATA, "1 of 2 files of numbers could not be fetched: one.txt");
    assertThat(result.err())
        .startsWith("seqgan: one.txt: there is no file " + mirror.resolve("one.txt"));
    assertThat(cached.resolve("two.txt")).exists();

    Files.writeString(mirror.resolve("one.txt"), "1\n2\n4\n");
    Program.Result corrupt =
        data("fetch", "numbers", "--format", "json", "--from", mirror.toString());
    fails(corrupt, DATA, "could not be fetched: one.txt");
    JsonNode failure = json(corrupt).get("failed").get(0);
    assertThat(failure.get("kind").asText()).isEqualTo("data");
    assertThat(failure.get("message").asText()).contains("other contents than it should");
    assertThat(json(corrupt).get("present").get(0).asText()).isEqualTo("two.txt");
  }

  @Test
  void aMirrorOnTheNetworkResumesWhatWasBegun() throws IOException {
    Files.createDirectories(cached);
    Files.writeString(cached.resolve("two.txt.part"), "10\n2");
    List<String> ranges = new ArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/one.txt", exchange -> send(exchange, 200, NumbersTaskProvider.ONE));
    server.createContext(
        "/two.txt",
        exchange -> {
          ranges.add(exchange.getRequestHeaders().getFirst("Range"));
          exchange.getResponseHeaders().add("Content-Range", "bytes 4-8/9");
          send(exchange, 206, "0\n30\n".getBytes(US_ASCII));
        });
    server.start();
    try {
      String address = "http://localhost:" + server.getAddress().getPort();
      Program.Result result = data("fetch", "numbers", "--from", address);
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.out()).contains("two.txt: going on after 4 of 9 bytes");
      assertThat(ranges).containsExactly("bytes=4-");
      assertThat(cached.resolve("two.txt")).hasBinaryContent(NumbersTaskProvider.TWO);
    } finally {
      server.stop(0);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Test
  void aCacheThatCannotBeWrittenIsAnErrorOfThisMachine() throws IOException {
    Files.createDirectories(cached.getParent());
    Files.writeString(cached, "in the way");
    fails(
        data("fetch", "numbers", "--from", mirror.toString()),
        ENVIRONMENT,
        "cannot write " + cached);
  }

  @Test
  void unknownTasksAndPlacesAreNamed() {
    fails(
        data("fetch", "number"),
        CONFIGURATION,
        "no corpus for a task 'number': these tasks have one: numbers, ");
    fails(data("check", "nothing"), CONFIGURATION, "these tasks have one: ");
    fails(data("fetch", "numbers", "--from", "ftp://x/"), CONFIGURATION, "http, https or file");
    fails(
        data("fetch", "numbers", "--from", folder.resolve("nowhere").toString()),
        DATA,
        "found no folder");
    fails(data(), CONFIGURATION, "data fetch TASK");
    fails(data("fetch"), CONFIGURATION, "TASK");
  }

  @Test
  void theAuthorsOracleComesFromALocalCopy() throws IOException {
    Path local = Path.of(System.getProperty("seqgan.root", ".."), "..", "shared", "data", "oracle");
    assumeTrue(Files.isDirectory(local), () -> "the authors' oracle is not at " + local);
    Program.Result result = data("fetch", "oracle", "--from", local.toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("no licence file", "To train on it:\n  seqgan train released-corpus\n");
    assertThat(data("check", "oracle").exitCode()).isZero();
  }

  @Test
  void trainSaysFirstWhatItTrainsOn() {
    List<String> words =
        List.of(
            "train",
            "quickstart",
            "task.training-sequences=100",
            "task.test-sequences=100",
            "training.generator-pretraining.epochs=1",
            "training.discriminator-pretraining.rounds=0",
            "training.adversarial.rounds=0",
            "evaluation.samples=100",
            "--run");
    List<String> spoken = new ArrayList<>(words);
    spoken.add(folder.resolve("spoken").toString());
    assertThat(Program.run(spoken.toArray(String[]::new)).out())
        .startsWith("oracle: fresh LSTM, parameters from N(0, 1.0^2)");
  }

  private Program.Result data(String... words) {
    List<String> all = new ArrayList<>(List.of("data"));
    all.addAll(List.of(words));
    all.addAll(List.of("--plugins", plugins.toString()));
    return Program.run(all.toArray(String[]::new));
  }

  private static JsonNode json(Program.Result result) throws IOException {
    return new ObjectMapper().readTree(result.out());
  }

  private static void fails(Program.Result result, int exitCode, String... parts) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    assertThat(result.err()).contains(parts).doesNotContain("\tat ", "Exception");
  }
}
