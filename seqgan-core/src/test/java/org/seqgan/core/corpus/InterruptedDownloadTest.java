package org.seqgan.core.corpus;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.task.Corpus;

@DisplayName("A download whose process is ended")
@Timeout(60)
class InterruptedDownloadTest {
  private static final byte[] CONTENTS = "a line\nand another\nand a third\n".getBytes(US_ASCII);
  private static final int SENT = 20;

  /** Sha-256 of the contents, by sha256sum. */
  private static final String SHA_256 =
      "ed3485a227e909aa7c9d5e570b2def5c2c3561ea368e688047bf63187829ca71";

  /** The process: fetches into the folder and from the address that it is given. */
  static final class Fetching {
    private Fetching() {}

    public static void main(String[] args) throws InterruptedException {
      new CorpusDownload(
              new CorpusCache(Path.of(args[0])), DownloadSettings.defaults(), event -> {})
          .fetch(lines(), new CorpusSource(URI.create(args[1])));
    }
  }

  private static Corpus lines() {
    return new Corpus(
        "lines",
        "three lines",
        "free",
        URI.create("https://example.org/lines"),
        "abc123",
        URI.create("https://example.org/lines/"),
        List.of(new Corpus.File("lines.txt", CONTENTS.length, SHA_256)));
  }

  @Test
  void leavesAPartThatTheNextOneGoesOnWith(@TempDir Path root)
      throws IOException, InterruptedException {
    CorpusCache cache = new CorpusCache(root);
    Path part = cache.folder(lines()).resolve("lines.txt.part");
    try (LoopbackServer server = new LoopbackServer()) {
      server.script("/lines.txt", server.stalled(CONTENTS, SENT), LoopbackServer.whole(CONTENTS));
      Process process = start(root, server.address("/"));
      try {
        while (process.isAlive() && !(Files.exists(part) && Files.size(part) == SENT)) {
          Thread.sleep(20);
        }
        // SIGTERM; Ctrl-C is SIGINT, which a virtual machine answers in the same way.
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly();
      }
      assertThat(part).hasSize(SENT);

      List<DownloadEvent> events = new ArrayList<>();
      DownloadResult result =
          new CorpusDownload(cache, DownloadSettings.defaults(), events::add)
              .fetch(lines(), new CorpusSource(server.address("/")));
      assertThat(result.isComplete()).isTrue();
      assertThat(result.folder().resolve("lines.txt")).hasBinaryContent(CONTENTS);
      assertThat(server.requests()).containsExactly("/lines.txt", "/lines.txt bytes=20-");
    }
  }

  private static Process start(Path root, URI address) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            Fetching.class.getName(),
            root.toString(),
            address.toString())
        .inheritIO()
        .start();
  }
}
