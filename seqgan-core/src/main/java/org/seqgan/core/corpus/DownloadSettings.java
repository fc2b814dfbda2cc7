package org.seqgan.core.corpus;

import java.time.Duration;

/**
 * How much patience a download has.
 *
 * @param connectTimeout for a connection to be made
 * @param stallTimeout for an answer to begin, and between any two parts of it
 * @param attempts at each file, at least 1
 * @param firstPause before the second attempt; each pause after it is twice as long
 * @param slowest bytes a second, on average over the time of a stall, below which a source is as
 *     good as silent
 */
public record DownloadSettings(
    Duration connectTimeout,
    Duration stallTimeout,
    int attempts,
    Duration firstPause,
    int slowest) {
  /** Checks the number of attempts. */
  public DownloadSettings {
    if (attempts < 1) {
      throw new IllegalArgumentException("expected at least 1 attempt, found " + attempts);
    }
  }

  /**
   * 15 s to connect, 30 s without a byte or with fewer than a kilobyte a second, 5 attempts with
   * pauses of 1, 2, 4 and 8 s.
   */
  public static DownloadSettings defaults() {
    return new DownloadSettings(
        Duration.ofSeconds(15), Duration.ofSeconds(30), 5, Duration.ofSeconds(1), 1024);
  }

  /**
   * The pause after an attempt that failed.
   *
   * @param attempt counted from 1
   */
  Duration pauseAfter(int attempt) {
    return firstPause.multipliedBy(1L << (attempt - 1));
  }
}
