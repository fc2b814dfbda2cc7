package org.seqgan.core.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.UserException;
import org.seqgan.core.trainer.SeqGanOptions;

@DisplayName("A configuration reaches nothing but the files of its own folder")
class ConfigurationReachTest {
  private static final String TASK = "task { name = lines, file = poems.txt }\nbackend = slow\n";
  private static final String EVIL = "seed = 666\n";

  @TempDir private Path outside;
  private final AtomicInteger hits = new AtomicInteger();
  private HttpServer server;
  private String url;
  private Path folder;
  private Path file;

  @BeforeEach
  void serve() throws IOException {
    folder = Files.createDirectory(outside.resolve("inside"));
    file = folder.resolve("train.conf");
    Files.writeString(outside.resolve("evil.conf"), EVIL);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          hits.incrementAndGet();
          byte[] answer = EVIL.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    url = "http://127.0.0.1:%d/evil.conf".formatted(server.getAddress().getPort());
  }

  @AfterEach
  void stopServing() {
    server.stop(0);
    assertThat(hits).as("what was fetched").hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include \"URL\"",
        "include url(\"URL\")",
        "include required(url(\"URL\"))",
        "include required(\"URL\")",
        "task.extra { include \"URL\" }",
        "include \"jar:URL!/evil.conf\""
      })
  void aUrlIsRefusedAndNotFetched(String statement) throws IOException {
    String line = statement.replace("URL", url);

    assertThat(failure(TASK + line).getMessage())
        .startsWith(file + ":3: include of '")
        .contains(url, "found a URL")
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"include \"URI\"", "include url(\"URI\")", "include required(url(\"URI\"))"})
  void aFileByItsUrlIsRefusedAndNotRead(String statement) throws IOException {
    String uri = outside.resolve("evil.conf").toUri().toString();

    assertThat(failure(TASK + "\n" + statement.replace("URI", uri)).getMessage())
        .startsWith(file + ":4: include of 'file:")
        .contains("found a URL");
  }

  @Test
  void theClassPathIsRefused() throws IOException {
    assertThat(failure("include classpath(\"org/seqgan/core/config/presets/paper.conf\")"))
        .hasMessageStartingWith(file + ":1: include of ")
        .hasMessageContaining("found a resource of the class path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include \"../evil.conf\"",
        "include \"../evil\"",
        "include file(\"../evil.conf\")",
        "include required(file(\"../evil.conf\"))",
        "include \"sub/../../evil.conf\"",
        "include \"OUTSIDE/evil.conf\"",
        "include file(\"OUTSIDE/evil.conf\")",
        "include \"../gone.conf\""
      })
  void aPathThatLeadsOutIsRefused(String statement) throws IOException {
    String line = statement.replace("OUTSIDE", outside.toString());

    assertThat(failure(TASK + line))
        .hasMessageStartingWith(file + ":3: include of ")
        .hasMessageContaining("found a path that leads out of " + folder);
  }

  @Test
  void aLinkThatLeadsOutIsRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("link.conf"), outside.resolve("evil.conf"));
    Files.createSymbolicLink(folder.resolve("up"), outside);

    assertThat(failure(TASK + "include \"link.conf\""))
        .hasMessageStartingWith(file + ":3: include of 'link.conf'")
        .hasMessageContaining("found a link that leads out of " + folder);
    assertThat(failure(TASK + "include \"up/evil.conf\""))
        .hasMessageContaining("found a link that leads out of " + folder);
  }

  @Test
  void aLinkThatStaysInsideIsFollowed() throws IOException {
    Files.writeString(folder.resolve("base.conf"), "seed = 3");
    Files.createSymbolicLink(folder.resolve("link.conf"), folder.resolve("base.conf"));

    assertThat(read(TASK + "include \"link.conf\"").seed()).isEqualTo(3);
  }

  @Test
  void aFolderThatIsReachedByALinkIsItsOwnFolder() throws IOException {
    Files.writeString(folder.resolve("base.conf"), "seed = 3");
    Files.writeString(file, TASK + "include \"base.conf\"");
    Path link = Files.createSymbolicLink(outside.resolve("link"), folder);

    assertThat(load(link.resolve("train.conf").toString()).seed()).isEqualTo(3);
  }

  @Test
  void aNestedIncludeIsRelativeToItsOwnFileAndStaysInTheFirstFilesFolder() throws IOException {
    Path sub = Files.createDirectories(folder.resolve("parts/models"));
    Files.writeString(folder.resolve("base.conf"), "seed = 3");
    Files.writeString(sub.resolve("small.conf"), "include \"../../base.conf\"");
    assertThat(read(TASK + "include \"parts/models/small.conf\"").seed()).isEqualTo(3);
    assertThat(read(TASK + "include file(\"parts/models/small.conf\")").seed()).isEqualTo(3);

    Files.writeString(sub.resolve("small.conf"), "\n\ninclude \"../../../evil.conf\"");
    assertThat(failure(TASK + "include \"parts/models/small.conf\""))
        .hasMessageStartingWith(sub.resolve("small.conf") + ":3: include of '../../../evil.conf'")
        .hasMessageContaining("leads out of " + folder);
    Files.writeString(sub.resolve("small.conf"), "include \"" + url + "\"");
    assertThat(failure(TASK + "include \"parts/models/small.conf\""))
        .hasMessageStartingWith(sub.resolve("small.conf") + ":1: include of '" + url + "'");
  }

  @Test
  void aFullPathWithinTheFolderIsRead() throws IOException {
    Path base = Files.writeString(folder.resolve("base.conf"), "seed = 3");

    assertThat(read(TASK + "include \"" + base.toAbsolutePath() + "\"").seed()).isEqualTo(3);
  }

  @Test
  void theLineIsThatOfTheStatementThatIsWrong() throws IOException {
    Files.writeString(folder.resolve("base.conf"), "seed = 3");
    String text =
        """
        # include "nothing"
        include "base.conf"
        task { name = lines, file = "include", title = \"""
        include
        \""" }
        backend {
          name = slow
          include "%s"
        }
        """
            .formatted(url);

    assertThat(failure(text)).hasMessageStartingWith(file + ":8: include of '" + url + "'");
  }

  @Test
  void aMatrixFileReachesNoFurther() throws IOException {
    Files.writeString(file, "name = x\ninclude \"" + url + "\"");

    assertThat(catchThrowableOfType(UserException.class, () -> MatrixFile.read(file, List.of())))
        .hasMessageStartingWith(file + ":2: include of '" + url + "'");
  }

  @Test
  void anOverrideAndTheTextOfACellIncludeNothing() throws IOException {
    Files.writeString(folder.resolve("base.conf"), "seed = 3");
    Files.writeString(file, TASK);
    for (String what : List.of(url, "base.conf", folder.resolve("base.conf").toString())) {
      String override = "task={include \"%s\"}".formatted(what);
      assertThat(catchThrowableOfType(UserException.class, () -> load(file.toString(), override)))
          .hasMessageStartingWith("command line: " + override + ": include of '" + what + "'");
      assertThat(
              catchThrowableOfType(
                  UserException.class,
                  () ->
                      ExperimentConfig.loadText(
                          FakePlugins.registry(), "include \"" + what + "\"", List.of())))
          .hasMessageStartingWith("cell:1: include of '" + what + "'");
    }
  }

  @Test
  void theEnvironmentAndTheVirtualMachineAreNotRead() throws IOException {
    assumeTrue(System.getenv("PATH") != null, "this system has no variable PATH");

    assertThat(failure(TASK + "task.title = ${PATH}"))
        .hasMessageStartingWith(file + ":3: ")
        .hasMessageContaining("${PATH}")
        .hasMessageContaining("never for a variable of the environment");
    assertThat(failure(TASK + "task.title = ${java.version}"))
        .hasMessageContaining("${java.version}");
    assertThat(read(TASK + "task.title = plain\ntask.title = ${?PATH}").task().options())
        .extracting("title")
        .isEqualTo("plain");
  }

  @Test
  void aSubstitutionReadsTheFileAndWhatItIncludes() throws IOException {
    Files.writeString(folder.resolve("base.conf"), "seed = 3");

    ResolvedConfig config =
        read(TASK + "include \"base.conf\"\ntraining.batch-size = ${seed}\ntask.title = a${seed}b");

    assertThat(((SeqGanOptions) config.trainer().options()).batchSize()).isEqualTo(3);
    assertThat(config.task().options()).extracting("title").isEqualTo("a3b");
  }

  @Test
  void whatIsNoUtf8IsRefused() throws IOException {
    Files.write(file, new byte[] {'s', 'e', 'e', 'd', '=', (byte) 0xFF, '\n'});

    assertThat(catchThrowableOfType(UserException.class, () -> load(file.toString())))
        .hasMessage(file + ": expected UTF-8, found bytes that are not; save it as UTF-8");
  }

  private UserException failure(String text) throws IOException {
    Files.writeString(file, text);
    UserException failure = catchThrowableOfType(UserException.class, () -> load(file.toString()));
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(UserException.Kind.CONFIGURATION);
    return failure;
  }

  private ResolvedConfig read(String text) throws IOException {
    Files.writeString(file, text);
    return load(file.toString());
  }

  private static ResolvedConfig load(String source, String... overrides) {
    return ExperimentConfig.load(FakePlugins.registry(), source, List.of(overrides));
  }
}
