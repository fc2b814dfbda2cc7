package org.seqgan.core.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Clocks that stand still until they are told: that of the wall, and that which nobody sets. */
public final class ManualClock implements InstantSource {
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private long nanos;

  /** Lets time pass. */
  public void advance(Duration duration) {
    now = now.plus(duration);
    nanos += duration.toNanos();
  }

  /** Sets the clock on the wall; no time passes. */
  public void set(Instant time) {
    now = time;
  }

  /** The clock that nobody sets, as {@link System#nanoTime()}. */
  public long nanoTime() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
