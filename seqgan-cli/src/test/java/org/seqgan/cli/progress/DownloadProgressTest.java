package org.seqgan.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seqgan.api.task.Corpus;
import org.seqgan.core.corpus.DownloadEvent;

/** {@link DownloadProgress}. */
class DownloadProgressTest {
  private static final String CLEAR = "\r\u001b[K";
  private static final Corpus.File FIRST = new Corpus.File("one.txt", 1024, "0".repeat(64));
  private static final Corpus.File SECOND = new Corpus.File("two.txt", 3072, "1".repeat(64));
  private static final Corpus CORPUS =
      new Corpus(
          "numbers",
          "numbers",
          "free",
          URI.create("https://example.org/numbers"),
          "abc123",
          URI.create("https://example.org/numbers/data/"),
          List.of(FIRST, SECOND));

  private final StringWriter written = new StringWriter();
  private long now = 1_000_000_000_000L;

  private DownloadProgress progress(ProgressBar.Mode mode) {
    return new DownloadProgress(CORPUS, new PrintWriter(written), mode, 200, () -> now);
  }

  private String take() {
    String text = written.toString();
    written.getBuffer().setLength(0);
    return text;
  }

  @Test
  void rewritesALineWithFilesBytesAndTheTimeLeft() {
    DownloadProgress progress = progress(ProgressBar.Mode.TERMINAL);
    progress.on(new DownloadEvent.Progressed(FIRST, 0, 0));
    assertThat(take()).isEmpty();
    now += Duration.ofSeconds(10).toNanos();
    progress.on(new DownloadEvent.Progressed(SECOND, 2048, 1));
    // 2 KiB in 10 s, 2 KiB to go.
    assertThat(take())
        .isEqualTo(CLEAR + "1/2 files [########--------] 50% 2.0 KiB of 4.0 KiB left 0:10 two.txt");
    progress.on(new DownloadEvent.Noted(SECOND, "starting over"));
    assertThat(take()).isEqualTo(CLEAR + "two.txt: starting over\n");
    progress.close();
    assertThat(take()).isEmpty();
  }

  @Test
  void writesPlainLinesNowAndThenIntoAPipe() {
    DownloadProgress progress = progress(ProgressBar.Mode.LINES);
    progress.on(new DownloadEvent.Progressed(FIRST, 512, 0));
    now += Duration.ofSeconds(9).toNanos();
    progress.on(new DownloadEvent.Progressed(FIRST, 1024, 1));
    assertThat(take()).isEmpty();
    now += Duration.ofSeconds(1).toNanos();
    progress.on(new DownloadEvent.Progressed(SECOND, 1536, 1));
    assertThat(take()).isEqualTo("1/2 files 37% 1.5 KiB of 4.0 KiB left 0:25 two.txt\n");
    progress.on(new DownloadEvent.Failed(SECOND, "it is gone"));
    assertThat(take()).isEqualTo("two.txt: failed\n");
  }
}
