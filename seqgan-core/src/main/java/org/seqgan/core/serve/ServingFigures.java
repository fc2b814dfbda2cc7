package org.seqgan.core.serve;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What serving counts of itself. Thread-safe; read while it goes on. */
public final class ServingFigures {
  private final LongAdder sequences = new LongAdder();
  private final LongAdder opened = new LongAdder();
  private final LongAdder evicted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder abandoned = new LongAdder();
  private final Histogram waiting = Histogram.ofSeconds();
  private final Histogram drawing = Histogram.ofSeconds();
  private final Histogram rows =
      new Histogram(List.of(1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0));

  /** Of nothing yet. */
  public ServingFigures() {}

  /** Sequences that were drawn. */
  public LongAdder sequences() {
    return sequences;
  }

  /** How often a model was opened. */
  public LongAdder opened() {
    return opened;
  }

  /** How often a model had to go for another. */
  public LongAdder evicted() {
    return evicted;
  }

  /** Requests that found a full queue. */
  public LongAdder refused() {
    return refused;
  }

  /** Requests that were not drawn in time. */
  public LongAdder late() {
    return late;
  }

  /** Requests that were given up before all was drawn. */
  public LongAdder abandoned() {
    return abandoned;
  }

  /** Seconds from a request's arrival to the batch that has its first sequence. */
  public Histogram waiting() {
    return waiting;
  }

  /** Seconds of a batch. */
  public Histogram drawing() {
    return drawing;
  }

  /** Sequences of a batch. */
  public Histogram rows() {
    return rows;
  }
}
