package org.seqgan.core.benchmark;

import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.seqgan.api.model.Step;

/**
 * A piece of work to time.
 *
 * @param name of its figure
 * @param cost of one
 * @param together how many training asks for before it waits, at most
 * @param body does so many, and waits
 */
record Work(String name, Cost cost, int together, IntConsumer body) {
  /** Enough that the wait at their end does not count. */
  static final int TOGETHER = 10;

  /** Work whose result comes to the host. */
  static Work awaited(String name, Cost cost, Runnable body) {
    return new Work(
        name,
        cost,
        1,
        count -> {
          for (int i = 0; i < count; i++) {
            body.run();
          }
        });
  }

  /** Steps, which a backend does one after the other: when the last is done, all are. */
  static Work steps(String name, Cost cost, Supplier<Step> step) {
    return new Work(
        name,
        cost,
        TOGETHER,
        count -> {
          Step last = step.get();
          for (int i = 1; i < count; i++) {
            last = step.get();
          }
          await(last);
        });
  }

  /** Waits for a step to be done. */
  static void await(Step step) {
    if (Double.isNaN(step.loss()) || Double.isNaN(step.gradientNorm())) {
      throw new IllegalStateException("the loss of a benchmark is not a number");
    }
  }

  Figure time(Stopwatch stopwatch) {
    return stopwatch.time(name, cost, together, body);
  }
}
