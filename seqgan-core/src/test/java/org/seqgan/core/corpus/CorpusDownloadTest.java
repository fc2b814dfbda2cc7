package org.seqgan.core.corpus;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Corpus;

@DisplayName("A download of a corpus")
@Timeout(60)
class CorpusDownloadTest {
  private static final byte[] ONE = numbers(40_000);
  private static final byte[] TWO = "a line\nand another\n".getBytes(US_ASCII);
  private static final DownloadSettings IMPATIENT =
      new DownloadSettings(
          Duration.ofSeconds(5), Duration.ofSeconds(10), 3, Duration.ofMillis(5), 1);

  @TempDir private Path root;
  private LoopbackServer server;
  private Corpus corpus;
  private CorpusCache cache;
  private final List<DownloadEvent> events = new ArrayList<>();

  @BeforeEach
  void startServer() throws IOException {
    server = new LoopbackServer();
    cache = new CorpusCache(root);
    corpus =
        new Corpus(
            "numbers",
            "numbers and lines",
            "free",
            URI.create("https://example.org/numbers"),
            "abc123",
            server.address("/data/"),
            List.of(described("one.txt", ONE), described("two.txt", TWO)));
    server.script("/data/one.txt", LoopbackServer.whole(ONE));
    server.script("/data/two.txt", LoopbackServer.whole(TWO));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void bringsEveryFileAndTellsHowItGoesOn() {
    DownloadResult result = fetch();
    assertIsHere(result);
    assertThat(result.fetched()).isEqualTo(corpus.files());
    assertThat(result.present()).isEmpty();
    assertThat(events)
        .endsWith(new DownloadEvent.Progressed(corpus.files().get(1), corpus.bytes(), 2))
        .allMatch(event -> event instanceof DownloadEvent.Progressed);
    assertThat(cache.require(corpus)).isEqualTo(result.folder());
  }

  @Test
  void leavesAloneWhatIsHereAndFetchesAnewWhatDiffers() throws IOException {
    fetch();
    Files.write(cache.folder(corpus).resolve("two.txt"), "spoilt".getBytes(US_ASCII));
    events.clear();
    DownloadResult again = fetch();
    assertIsHere(again);
    assertThat(again.present()).containsExactly(corpus.files().get(0));
    assertThat(again.fetched()).containsExactly(corpus.files().get(1));
    assertThat(notes())
        .containsExactly(
            "what is here has not the contents that it should have; fetching it again");
    assertThat(server.requests())
        .containsExactly("/data/one.txt", "/data/two.txt", "/data/two.txt");
  }

  @Test
  void goesOnWhereItHadStopped() throws IOException {
    leavePart("one.txt", ONE, 15_000);
    assertIsHere(fetch());
    assertThat(server.requests()).contains("/data/one.txt bytes=15000-");
    assertThat(notes()).containsExactly("going on after 15000 of 40000 bytes");
  }

  @Test
  void startsOverWhereTheServerGivesWholeFilesOnly() throws IOException {
    leavePart("one.txt", ONE, 15_000);
    server.script("/data/one.txt", LoopbackServer.ignoringRanges(ONE));
    assertIsHere(fetch());
    assertThat(notes())
        .containsExactly("the source does not go on after 15000 bytes; starting over");
  }

  @Test
  void startsOverWhereTheServerRefusesTheRange() throws IOException {
    leavePart("one.txt", ONE, 15_000);
    server.script("/data/one.txt", LoopbackServer.status(416), LoopbackServer.whole(ONE));
    assertIsHere(fetch());
    assertThat(server.requests()).startsWith("/data/one.txt bytes=15000-", "/data/one.txt");
    assertThat(notes())
        .containsExactly("the source does not go on after 15000 bytes; starting over");
  }

  @Test
  void startsOverWhereThePartIsOfSomethingElse() throws IOException {
    leavePart("one.txt", new byte[ONE.length], 15_000);
    leavePart("two.txt", new byte[TWO.length], TWO.length);
    assertIsHere(fetch());
    assertThat(notes())
        .containsExactly(
            "going on after 15000 of 40000 bytes",
            "the part that was here does not fit; starting over",
            "the part that was here does not fit; starting over");
  }

  @Test
  void startsOverWhereThePartIsTooLong() throws IOException {
    leavePart("two.txt", ONE, 15_000);
    assertIsHere(fetch());
    assertThat(notes())
        .containsExactly("the part that was here is longer than the file; starting over");
  }

  @Test
  void asksForNothingWhereThePartIsComplete() throws IOException {
    leavePart("one.txt", ONE, ONE.length);
    assertIsHere(fetch());
    assertThat(server.requests()).containsExactly("/data/two.txt");
  }

  @Test
  void goesOnAfterAConnectionThatWasCutOff() {
    server.script(
        "/data/one.txt", LoopbackServer.truncated(ONE, 10_000), LoopbackServer.whole(ONE));
    assertIsHere(fetch());
    assertThat(server.requests()).startsWith("/data/one.txt", "/data/one.txt bytes=10000-");
    assertThat(notes())
        .hasSize(2)
        .first()
        .asString()
        .contains("/data/one.txt", "attempt 2 of 3 in 0.005 s");
  }

  @Test
  void givesUpOnAServerThatAlwaysCutsOffButKeepsWhatCame() throws IOException {
    server.script("/data/one.txt", LoopbackServer.truncated(ONE, 1_000));
    DownloadResult result = fetch();
    DownloadResult.Failure failure = onlyFailure(result, UserException.Kind.ENVIRONMENT);
    assertThat(failure.message()).contains("/data/one.txt", "after 3 attempts", "run it again");
    assertThat(result.fetched()).containsExactly(corpus.files().get(1));
    assertThat(Files.size(part("one.txt"))).isEqualTo(3_000);

    server.script("/data/one.txt", LoopbackServer.whole(ONE));
    assertIsHere(fetch());
    assertThat(server.requests()).endsWith("/data/one.txt bytes=3000-");
  }

  @Test
  void aServerWhoseFileIsShorterIsNotTriedAgain() {
    server.script("/data/one.txt", LoopbackServer.whole(numbers(30_000)));
    assertThat(onlyFailure(fetch(), UserException.Kind.DATA).message())
        .contains("/data/one.txt has 30000 bytes, expected 40000", "--from");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void anAnswerThatEndsTooEarlyWithoutALengthIsTriedAgain() {
    server.script(
        "/data/one.txt", LoopbackServer.chunked(numbers(30_000)), LoopbackServer.whole(ONE));
    assertIsHere(fetch());
    assertThat(notes().get(0)).contains("ended after 30000 of 40000 bytes");
  }

  @Test
  void wrongContentsAreDeletedAndNamed() {
    byte[] other = ONE.clone();
    other[7] ^= 1;
    server.script("/data/one.txt", LoopbackServer.whole(other));
    DownloadResult result = fetch();
    assertThat(onlyFailure(result, UserException.Kind.DATA).message())
        .contains("/data/one.txt", sha256(ONE), sha256(other), "was deleted", "--from")
        .doesNotContain("\n");
    assertThat(part("one.txt")).doesNotExist();
    assertThat(result.folder().resolve("one.txt")).doesNotExist();
    assertThat(result.folder().resolve("two.txt")).hasBinaryContent(TWO);
  }

  @Test
  void aServerThatSendsWithoutEndIsStopped() {
    server.script("/data/two.txt", LoopbackServer.chunked(numbers(1_000_000)));
    assertThat(onlyFailure(fetch(), UserException.Kind.DATA).message())
        .contains("more than the 19 bytes", "was stopped");
    assertThat(part("two.txt")).doesNotExist();
  }

  @Test
  void aServerThatFallsSilentIsGivenUpAndGoneOnWith() {
    DownloadSettings quick =
        new DownloadSettings(Duration.ofSeconds(5), Duration.ofSeconds(2), 2, Duration.ZERO, 1);
    server.script("/data/one.txt", server.stalled(ONE, 10_000), LoopbackServer.whole(ONE));
    assertIsHere(fetch(quick));
    assertThat(notes().get(0)).contains("nothing came for 2");
    assertThat(server.requests()).contains("/data/one.txt bytes=10000-");
  }

  @Test
  void aMissingFileIsNotTriedAgainAndDoesNotStopTheOthers() {
    server.script("/data/one.txt", LoopbackServer.status(404));
    DownloadResult result = fetch();
    assertThat(onlyFailure(result, UserException.Kind.DATA).message())
        .contains("/data/one.txt answers with status 404: it has no such file");
    assertThat(result.fetched()).containsExactly(corpus.files().get(1));
    assertThat(server.requests()).containsExactly("/data/one.txt", "/data/two.txt");
    assertThat(events).anyMatch(event -> event instanceof DownloadEvent.Failed);
  }

  @Test
  void aServerInTroubleIsTriedAgain() {
    server.script(
        "/data/one.txt",
        LoopbackServer.status(500),
        LoopbackServer.status(503),
        LoopbackServer.whole(ONE));
    assertIsHere(fetch());
    assertThat(notes()).hasSize(2);
    server.script("/data/one.txt", LoopbackServer.status(500));
    corpus.files().forEach(file -> cache.folder(corpus).resolve(file.name()).toFile().delete());
    assertThat(onlyFailure(fetch(), UserException.Kind.ENVIRONMENT).message())
        .contains("answers with status 500, after 3 attempts");
  }

  @Test
  void aServerThatIsNotThereIsAFailureOfThisMachineAndNotAskedForEveryFile() {
    server.close();
    DownloadResult result = fetch();
    assertThat(result.failures())
        .hasSize(2)
        .allMatch(failure -> failure.kind() == UserException.Kind.ENVIRONMENT);
    assertThat(result.failures().get(0).message())
        .contains("one.txt: cannot be connected to, after 3 attempts");
    assertThat(result.failures().get(1).message()).contains("could not be connected to before");
    assertThat(notes()).hasSize(2);
  }

  @Test
  void redirectsAreFollowedWithTheRange() throws IOException {
    leavePart("one.txt", ONE, 15_000);
    server.script("/data/one.txt", LoopbackServer.redirect(server.address("/elsewhere")));
    server.script("/elsewhere", LoopbackServer.whole(ONE));
    assertIsHere(fetch());
    assertThat(server.requests()).contains("/elsewhere bytes=15000-");
  }

  @Test
  void aFolderThatCannotBeWrittenIsOneError() throws IOException {
    Files.writeString(root.resolve("corpora"), "in the way");
    assertThatThrownBy(this::fetch)
        .isInstanceOfSatisfying(
            UserException.class,
            e -> assertThat(e.kind()).isEqualTo(UserException.Kind.ENVIRONMENT))
        .hasMessageContaining("cannot write " + cache.folder(corpus));
  }

  @Test
  void aFileThatCannotBeWrittenIsNotTriedAgain() throws IOException {
    Files.createDirectories(part("one.txt"));
    DownloadResult result = fetch();
    assertThat(onlyFailure(result, UserException.Kind.ENVIRONMENT).message())
        .startsWith("cannot write " + part("one.txt"));
    assertThat(notes()).isEmpty();
  }

  @Test
  void twoAtOnceDoNotMeet()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    server.script(
        "/data/one.txt",
        exchange -> {
          begun.countDown();
          try {
            assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          LoopbackServer.whole(ONE).to(exchange);
        });
    CompletableFuture<DownloadResult> first = CompletableFuture.supplyAsync(this::fetch);
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(this::fetch)
        .isInstanceOfSatisfying(
            UserException.class,
            e -> assertThat(e.kind()).isEqualTo(UserException.Kind.ENVIRONMENT))
        .hasMessageContaining("is being fetched by another process");
    goOn.countDown();
    assertIsHere(first.get(20, TimeUnit.SECONDS));
  }

  @Test
  void aLocalFolderIsASourceWithTheSameChecks(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("one.txt"), ONE);
    Files.write(folder.resolve("two.txt"), "not a line\nand nothing".getBytes(US_ASCII));
    leavePart("one.txt", ONE, 15_000);
    DownloadResult result = fetch(CorpusSource.of(folder.toString()));
    assertThat(onlyFailure(result, UserException.Kind.DATA).message())
        .contains(folder.resolve("two.txt") + " has 22 bytes, expected 19");
    assertThat(notes()).containsExactly("going on after 15000 of 40000 bytes");

    Files.write(folder.resolve("two.txt"), "A line\nand another\n".getBytes(US_ASCII));
    assertThat(
            onlyFailure(fetch(CorpusSource.of(folder.toUri().toString())), UserException.Kind.DATA)
                .message())
        .contains("other contents", sha256(TWO));

    Files.delete(folder.resolve("two.txt"));
    assertThat(
            onlyFailure(fetch(CorpusSource.of(folder.toString())), UserException.Kind.DATA)
                .message())
        .isEqualTo("there is no file " + folder.resolve("two.txt"));

    Files.write(folder.resolve("two.txt"), TWO);
    assertIsHere(fetch(CorpusSource.of(folder.toString())));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aMirrorIsASourceToo() {
    server.script("/mirror/one.txt", LoopbackServer.whole(ONE));
    server.script("/mirror/two.txt", LoopbackServer.whole(TWO));
    assertIsHere(fetch(CorpusSource.of(server.address("/mirror").toString())));
    assertThat(server.requests()).containsExactly("/mirror/one.txt", "/mirror/two.txt");
  }

  @Test
  void placesThatCannotBeASourceAreRefused() {
    assertThatThrownBy(() -> CorpusSource.of("ftp://example.org/numbers"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("must begin with http, https or file");
    assertThatThrownBy(() -> CorpusSource.of("https://example.org/numbers?version=1"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("must be the address of a folder");
    assertThatThrownBy(() -> CorpusSource.of(root.resolve("nowhere").toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("found no folder " + root.resolve("nowhere"));
  }

  @Test
  void theCacheIsWhereTheEnvironmentSaysAndKnowsWhatIsWrong() throws IOException {
    assertThat(CorpusCache.ofUser(Map.of("SEQGAN_CACHE", "/a", "XDG_CACHE_HOME", "/b")).root())
        .isEqualTo(Path.of("/a"));
    assertThat(CorpusCache.ofUser(Map.of("SEQGAN_CACHE", " ", "XDG_CACHE_HOME", "/b")).root())
        .isEqualTo(Path.of("/b", "seqgan"));
    assertThat(CorpusCache.ofUser(Map.of()).root())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "seqgan"));
    assertThatThrownBy(() -> cache.require(corpus))
        .hasMessageContaining("one.txt is missing; fetch it with: seqgan data fetch numbers");
    fetch();
    Files.write(cache.folder(corpus).resolve("one.txt"), TWO);
    assertThatThrownBy(() -> cache.require(corpus))
        .hasMessageContaining("one.txt has not the contents that it should have");
  }

  private DownloadResult fetch() {
    return fetch(IMPATIENT);
  }

  private DownloadResult fetch(DownloadSettings settings) {
    return fetch(settings, CorpusSource.homeOf(corpus));
  }

  private DownloadResult fetch(CorpusSource source) {
    return fetch(IMPATIENT, source);
  }

  private DownloadResult fetch(DownloadSettings settings, CorpusSource source) {
    try {
      return new CorpusDownload(cache, settings, events::add).fetch(corpus, source);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void assertIsHere(DownloadResult result) {
    assertThat(result.failures()).isEmpty();
    assertThat(result.isComplete()).isTrue();
    assertThat(result.folder().resolve("one.txt")).hasBinaryContent(ONE);
    assertThat(result.folder().resolve("two.txt")).hasBinaryContent(TWO);
    assertThat(part("one.txt")).doesNotExist();
    assertThat(part("two.txt")).doesNotExist();
  }

  private static DownloadResult.Failure onlyFailure(
      DownloadResult result, UserException.Kind kind) {
    assertThat(result.isComplete()).isFalse();
    assertThat(result.failures()).hasSize(1);
    assertThat(result.failures().get(0).kind()).isEqualTo(kind);
    return result.failures().get(0);
  }

  private List<String> notes() {
    return events.stream()
        .filter(DownloadEvent.Noted.class::isInstance)
        .map(event -> ((DownloadEvent.Noted) event).message())
        .toList();
  }

  private Path part(String name) {
    return cache.folder(corpus).resolve(name + ".part");
  }

  private void leavePart(String name, byte[] contents, int count) throws IOException {
    Files.createDirectories(cache.folder(corpus));
    Files.write(part(name), Arrays.copyOf(contents, count));
  }

  private static Corpus.File described(String name, byte[] contents) {
    return new Corpus.File(name, contents.length, sha256(contents));
  }

  private static String sha256(byte[] contents) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(contents));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] numbers(int count) {
    byte[] numbers = new byte[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (byte) (i * 31 + i / 256);
    }
    return numbers;
  }
}
