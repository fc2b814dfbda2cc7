package org.seqgan.cli.progress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.StringJoiner;
import java.util.function.LongSupplier;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.task.Corpus;
import org.seqgan.core.corpus.DownloadEvent;
import org.seqgan.core.corpus.DownloadListener;

/**
 * Shows a person how a download goes on: files and bytes, and the time left at the speed so far.
 * Not thread-safe.
 */
public final class DownloadProgress implements DownloadListener {
  private static final long LEAST_MEASURED = Duration.ofSeconds(1).toNanos();

  private final Corpus corpus;
  private final boolean drawsBar;
  private final StatusLine status;
  private final LongSupplier nanoTime;
  private long startedAt = -1;
  private long startedWith;

  /**
   * A listener for one download.
   *
   * @param columns the width of the terminal; a longer line is cut
   * @param nanoTime the clock, as {@link System#nanoTime()}
   */
  public DownloadProgress(
      Corpus corpus, PrintWriter out, ProgressBar.Mode mode, int columns, LongSupplier nanoTime) {
    this.corpus = corpus;
    this.drawsBar = mode == ProgressBar.Mode.TERMINAL;
    this.status = new StatusLine(out, mode, columns, nanoTime);
    this.nanoTime = nanoTime;
  }

  @Override
  public void on(DownloadEvent event) {
    if (event instanceof DownloadEvent.Progressed progressed) {
      progressed(progressed);
    } else if (event instanceof DownloadEvent.Noted noted) {
      status.say(noted.file().name() + ": " + noted.message());
    } else if (event instanceof DownloadEvent.Failed failed) {
      status.say(failed.file().name() + ": failed");
    }
  }

  private void progressed(DownloadEvent.Progressed progressed) {
    if (startedAt < 0) {
      startedAt = nanoTime.getAsLong();
      startedWith = progressed.bytes();
    }
    status.showWhenDue(() -> line(progressed));
  }

  private String line(DownloadEvent.Progressed progressed) {
    double fraction = corpus.bytes() == 0 ? 1 : (double) progressed.bytes() / corpus.bytes();
    StringJoiner line = new StringJoiner(" ");
    line.add("%d/%d files".formatted(progressed.files(), corpus.files().size()));
    if (drawsBar) {
      line.add(StatusLine.bar(Math.min(1, fraction)));
    }
    line.add((int) (100 * fraction) + "%");
    line.add(new ByteSize(progressed.bytes()) + " of " + new ByteSize(corpus.bytes()));
    long elapsed = nanoTime.getAsLong() - startedAt;
    long come = progressed.bytes() - startedWith;
    if (elapsed >= LEAST_MEASURED && come > 0) {
      double left = (double) elapsed / come * (corpus.bytes() - progressed.bytes());
      line.add("left " + ProgressBar.clock(Duration.ofNanos((long) left)));
    }
    return line.add(progressed.file().name()).toString();
  }

  /** Takes away what is rewritten in place. */
  public void close() {
    status.clear();
  }
}
