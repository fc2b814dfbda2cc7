package org.seqgan.core.corpus;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Corpus;
import org.seqgan.core.io.Sha256;
import org.seqgan.testkit.OneLine;

@DisplayName("A source that means harm, or a cache in which somebody laid a trap")
@Timeout(60)
class HostileSourceTest {
  private static final byte[] CONTENTS = "a line\nand another\n".getBytes(US_ASCII);
  private static final String PRECIOUS = "precious\n";
  private static final DownloadSettings IMPATIENT =
      new DownloadSettings(
          Duration.ofSeconds(5), Duration.ofMillis(400), 2, Duration.ofMillis(5), 1000);

  @TempDir private Path folder;
  private Path outside;
  private CorpusCache cache;
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void layOutTheFolder() throws IOException {
    cache = new CorpusCache(Files.createDirectory(folder.resolve("cache")));
    outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("precious.txt"), PRECIOUS);
  }

  @AfterEach
  void nothingOutsideTheCacheHasChanged() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(path -> !path.startsWith(cache.root())).map(folder::relativize))
          .containsExactlyInAnyOrder(
              Path.of(""), Path.of("outside"), Path.of("outside/precious.txt"));
    }
    assertThat(outside.resolve("precious.txt")).hasContent(PRECIOUS);
  }

  private static Corpus corpus(URI base) {
    return new Corpus(
        "lines",
        "two lines",
        "free",
        URI.create("https://example.org/lines"),
        "abc123",
        base,
        List.of(new Corpus.File("lines.txt", CONTENTS.length, Sha256.of(CONTENTS))));
  }

  private Path place(String name) {
    return cache.folder(corpus(URI.create("http://localhost/"))).resolve(name);
  }

  private DownloadResult fetch(URI base) {
    try {
      return new CorpusDownload(
              cache,
              IMPATIENT,
              event -> {
                if (event instanceof DownloadEvent.Noted noted) {
                  OneLine.assertIsOne(noted.message());
                  notes.add(noted.message());
                }
              })
          .fetch(corpus(base), new CorpusSource(base));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What is said of the one file, which did not come. */
  private String refused(URI base, UserException.Kind kind) {
    DownloadResult result = fetch(base);
    assertThat(result.failures()).singleElement().extracting("kind").isEqualTo(kind);
    assertThat(place("lines.txt")).doesNotExist();
    String message = result.failures().get(0).message();
    OneLine.assertIsOne(message);
    return message;
  }

  private String refused(RawServer.Script script, UserException.Kind kind) throws IOException {
    try (RawServer server = new RawServer(script)) {
      String message = refused(server.address(), kind);
      assertThat(server.requests()).isLessThanOrEqualTo(6);
      return message;
    }
  }

  private static String ok(String headers) {
    return "HTTP/1.1 200 OK\r\n" + headers + "\r\n";
  }

  // ---- answers ----

  @Test
  void aRedirectToAFileOfThisMachineIsNotFollowed() throws IOException {
    Path file = Files.write(cache.root().resolve("lines.txt"), CONTENTS);
    assertThat(
            refused(
                RawServer.saying("HTTP/1.1 302 Found\r\nLocation: " + file.toUri() + "\r\n\r\n"),
                UserException.Kind.DATA))
        .contains("answers with status 302");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://[", "://", "", "javascript:1", "http:///", "ftp://localhost/"})
  void aRedirectToNowhereIsAnErrorOfTheSource(String location) throws IOException {
    try (RawServer server =
        new RawServer(
            RawServer.saying("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\n\r\n"))) {
      DownloadResult result = fetch(server.address());
      assertThat(result.failures()).hasSize(1);
      OneLine.assertIsOne(result.failures().get(0).message());
    }
  }

  @Test
  void aRedirectWithoutEndIsGivenUp() throws IOException {
    try (LoopbackServer server = new LoopbackServer()) {
      server.script("/lines.txt", LoopbackServer.redirect(server.address("/lines.txt")));
      assertThat(refused(server.address("/"), UserException.Kind.DATA)).contains("302");
      assertThat(server.requests()).hasSizeLessThanOrEqualTo(12);
    }
  }

  @Test
  void aRedirectToAnotherHostIsCheckedLikeEverything() throws IOException {
    try (LoopbackServer other = new LoopbackServer();
        LoopbackServer server = new LoopbackServer()) {
      other.script("/x", LoopbackServer.whole(new byte[CONTENTS.length]));
      URI elsewhere = URI.create(other.address("/x").toString().replace("localhost", "127.0.0.1"));
      server.script("/lines.txt", LoopbackServer.redirect(elsewhere));
      assertThat(refused(server.address("/"), UserException.Kind.DATA)).contains("other contents");
      assertThat(place("lines.txt.part")).doesNotExist();
    }
  }

  @Test
  void aBodyWithoutEndIsStopped() throws IOException {
    assertThat(refused(RawServer.endless(ok(""), "x".repeat(1000)), UserException.Kind.DATA))
        .contains("more than the 19 bytes", "was stopped");
    assertThat(place("lines.txt.part")).doesNotExist();
  }

  @Test
  void headersWithoutEndAreGivenUp() throws IOException {
    refused(
        RawServer.endless("HTTP/1.1 200 OK\r\n", "X-More: " + "x".repeat(1000) + "\r\n"),
        UserException.Kind.ENVIRONMENT);
  }

  @Test
  void aHeaderWithoutEndIsGivenUp() throws IOException {
    refused(
        RawServer.endless("HTTP/1.1 200 OK\r\nX-More: ", "x".repeat(1000)),
        UserException.Kind.ENVIRONMENT);
  }

  @Test
  void aStatusLineWithoutEndIsGivenUp() throws IOException {
    refused(RawServer.endless("HTTP/1.1 200 ", "x".repeat(1000)), UserException.Kind.ENVIRONMENT);
  }

  @Test
  void chunksWithoutContentsAreGivenUp() throws IOException {
    refused(
        RawServer.endless(ok("Transfer-Encoding: chunked\r\n") + "1;", "x".repeat(1000)),
        UserException.Kind.ENVIRONMENT);
  }

  @Test
  void interimAnswersWithoutEndAreGivenUp() throws IOException {
    refused(
        RawServer.endless("", "HTTP/1.1 102 Processing\r\n\r\n"), UserException.Kind.ENVIRONMENT);
  }

  @Test
  void aSlowDripIsGivenUpAndGoneOnWith() throws IOException {
    String said =
        refused(
            RawServer.dripping(ok("Content-Length: " + CONTENTS.length + "\r\n"), CONTENTS, 100),
            UserException.Kind.ENVIRONMENT);
    assertThat(said)
        .containsPattern(
            "only [0-9]+ bytes came in (0\\.[4-9]|[1-9])[0-9.]* s, expected at least 400")
        .contains("after 2 attempts");
    assertThat(place("lines.txt.part")).isNotEmptyFile();
  }

  @Test
  void aDripOfHeadersIsGivenUp() throws IOException {
    refused(
        RawServer.dripping(
            "HTTP/1.1 200 OK\r\n", "X: yyyyyyyyyyyyyyyy\r\n".getBytes(US_ASCII), 100),
        UserException.Kind.ENVIRONMENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "-1",
        "99999999999999999999",
        "9223372036854775807",
        "18\r\nContent-Length: 19",
        "0",
        "1e3",
        "19; 20"
      })
  void aLengthThatCannotBeIsAnErrorOfTheSource(String length) throws IOException {
    try (RawServer server =
        new RawServer(
            RawServer.saying(ok("Content-Length: " + length + "\r\n") + "another file\nof 2\n"))) {
      DownloadResult result = fetch(server.address());
      assertThat(result.failures()).hasSize(1);
      OneLine.assertIsOne(result.failures().get(0).message());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes 5-18/19", "bytes 5-99999999999/99999999999", "bytes x-y/z", ""})
  void aRangeThatIsAnotherDoesNoHarm(String range) throws IOException {
    Files.createDirectories(place("lines.txt.part").getParent());
    Files.write(place("lines.txt.part"), "a line\n".getBytes(US_ASCII));
    refused(
        RawServer.saying(
            "HTTP/1.1 206 Partial Content\r\nContent-Range: " + range + "\r\n\r\nwhat is this?"),
        UserException.Kind.DATA);
  }

  @Test
  void whatIsPackedIsNotUnpacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[50_000_000]);
    }
    try (LoopbackServer server = new LoopbackServer()) {
      server.script(
          "/lines.txt",
          exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            LoopbackServer.ignoringRanges(packed.toByteArray()).to(exchange);
          });
      assertThat(refused(server.address("/"), UserException.Kind.DATA))
          .contains("has %d bytes, expected 19".formatted(packed.size()));
    }
  }

  @Test
  void aNameThatTheServerGivesIsNotUsed() throws IOException {
    String answer =
        ok(
            "Content-Disposition: attachment; filename=\"../../../../outside/precious.txt\"\r\n"
                + "Content-Location: ../../outside/precious.txt\r\nContent-Length: 19\r\n");
    try (RawServer server =
        new RawServer(RawServer.saying(answer + new String(CONTENTS, US_ASCII)))) {
      assertThat(fetch(server.address()).isComplete()).isTrue();
    }
    assertThat(place("lines.txt")).hasBinaryContent(CONTENTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 2\u001b]0;owned\u0007\u009b31m OK\r\n\r\n",
        "\u001b[2J\u001b[H\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\u001b[31mbad header\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\u001b[31mzz\r\n"
      })
  void whatAServerSaysReachesNoTerminal(String answer) throws IOException {
    refused(RawServer.saying(answer), UserException.Kind.ENVIRONMENT);
  }

  // ---- names ----

  @ParameterizedTest
  @ValueSource(strings = {"..", "../x", "a/b", "/etc", "", ".", "A", "a\u0000b", "a\\b"})
  void aCorpusCannotHaveTheNameOfAnotherFolder(String name) {
    assertThatThrownBy(() -> named(name, "abc123", "lines.txt"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../x", "a/b", "/etc", "", ".", "a\u0000b", "a\\b"})
  void aVersionCannotHaveTheNameOfAnotherFolder(String commit) {
    assertThatThrownBy(() -> named("lines", commit, "lines.txt"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../x", "a/b", "/etc", "", ".lock", "a\u0000b", "x.part"})
  void aFileCannotHaveTheNameOfAnother(String file) {
    assertThatThrownBy(() -> named("lines", "abc123", file))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Corpus named(String name, String commit, String file) {
    return new Corpus(
        name,
        "two lines",
        "free",
        URI.create("https://example.org/lines"),
        commit,
        URI.create("https://example.org/lines/"),
        List.of(new Corpus.File(file, CONTENTS.length, Sha256.of(CONTENTS))));
  }

  // ---- traps in the cache ----

  @ParameterizedTest
  @ValueSource(strings = {"lines.txt.part", ".lock"})
  void aLinkInThePlaceOfAFileThatIsWrittenIsNotFollowed(String name) throws IOException {
    Files.createDirectories(place(name).getParent());
    Files.createSymbolicLink(place(name), outside.resolve("precious.txt"));
    isTrap(place(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lines.txt.part", ".lock"})
  void aLinkToNothingIsNotFollowed(String name) throws IOException {
    Files.createDirectories(place(name).getParent());
    Files.createSymbolicLink(place(name), outside.resolve("new.txt"));
    isTrap(place(name));
  }

  private void isTrap(Path trap) throws IOException {
    try (LoopbackServer server = new LoopbackServer()) {
      server.script("/lines.txt", LoopbackServer.whole(CONTENTS));
      String message;
      try {
        message = refused(server.address("/"), UserException.Kind.ENVIRONMENT);
      } catch (UserException e) {
        assertThat(e.kind()).isEqualTo(UserException.Kind.ENVIRONMENT);
        message = e.getMessage();
      }
      assertThat(message).contains(trap.toString(), "symbolic link");
      assertThat(trap).isSymbolicLink();
    }
  }

  @Test
  void aLinkInThePlaceOfTheFileIsReplacedAndNotFollowed() throws IOException {
    Files.createDirectories(place("lines.txt").getParent());
    Files.createSymbolicLink(place("lines.txt"), outside.resolve("precious.txt"));
    try (LoopbackServer server = new LoopbackServer()) {
      server.script("/lines.txt", LoopbackServer.whole(CONTENTS));
      assertThat(fetch(server.address("/")).isComplete()).isTrue();
    }
    assertThat(Files.isSymbolicLink(place("lines.txt"))).isFalse();
    assertThat(place("lines.txt")).hasBinaryContent(CONTENTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"corpora", "corpora/lines", "corpora/lines/abc123"})
  void aFolderThatLeadsOutOfTheCacheIsNotWrittenTo(String name) throws IOException {
    Path trap = cache.root().resolve(name);
    Files.createDirectories(trap.getParent());
    Files.createSymbolicLink(trap, outside);
    isTrap(trap);
  }

  @Test
  void aCacheThatIsALinkItselfIsTheUsersOwnChoice() throws IOException {
    Path real = Files.createDirectory(cache.root().resolve("real"));
    Path link = Files.createSymbolicLink(cache.root().resolve("link"), real);
    cache = new CorpusCache(link);
    try (LoopbackServer server = new LoopbackServer()) {
      server.script("/lines.txt", LoopbackServer.whole(CONTENTS));
      assertThat(fetch(server.address("/")).isComplete()).isTrue();
    }
    cache = new CorpusCache(link.getParent());
  }
}
