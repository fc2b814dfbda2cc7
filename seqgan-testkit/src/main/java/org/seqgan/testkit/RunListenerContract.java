package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.listener.RunEvent;
import org.seqgan.api.listener.RunEvent.Outcome;
import org.seqgan.api.listener.RunEvent.Place;
import org.seqgan.api.listener.RunListener;
import org.seqgan.api.listener.RunListenerContext;

/**
 * What every listener to runs must do: hear of any run that there can be without a fault, and leave
 * the run's own files alone. Extend it and implement {@link #open}; a listener that tells a server
 * is given one of the test.
 */
@Timeout(60)
public abstract class RunListenerContract {
  private static final Map<String, Integer> PLAN = plan();
  private static final Map<String, String> CONFIGURATION =
      Map.of("seed", "1", "training.batch-size", "64", "task.data", "\"poems and 'more' <b>\"");

  @TempDir private Path folder;
  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());

  /** A new listener to a run. */
  protected abstract RunListener open(RunListenerContext context) throws Exception;

  /**
   * Files and folders that this listener writes into a run's folder, by their first names; the
   * folder {@code listeners} unless overridden.
   */
  protected List<String> writes() {
    return List.of("listeners");
  }

  private static Map<String, Integer> plan() {
    Map<String, Integer> plan = new LinkedHashMap<>();
    plan.put("generator-pretraining", 2);
    plan.put("1-mediator", 0);
    plan.put("adversarial", 3);
    return plan;
  }

  private RunListener listener() throws Exception {
    return open(new RunListenerContext(folder, "a run", CONFIGURATION, warnings::add));
  }

  private static RunEvent.Started started(long done) {
    Place at =
        done < 2
            ? new Place("generator-pretraining", (int) done, done)
            : new Place("adversarial", (int) done - 2, done);
    return new RunEvent.Started(PLAN, at, done > 0);
  }

  private static Place place(int step) {
    return new Place("adversarial", step, 2 + step);
  }

  /** Everything from beginning to end. */
  private void hearAll(RunListener listener, long done, Outcome outcome) throws Exception {
    listener.on(started(done));
    for (int step = 1; step <= 3; step++) {
      listener.on(
          new RunEvent.Measured(place(step), Map.of("g-loss", 1.5 / step, "nll-oracle", 9.0), 0.1));
      listener.on(new RunEvent.Sampled(place(step), List.of("the rain", "a\nb")));
    }
    listener.on(new RunEvent.Warned(place(3), "collapse", "few sequences", false));
    listener.on(new RunEvent.Warned(place(3), "collapse", "few sequences", true));
    listener.on(new RunEvent.Ended(outcome, outcome == Outcome.FAILED ? "the disk is full" : ""));
  }

  @Test
  void hearsAWholeRun() throws Exception {
    try (RunListener listener = listener()) {
      hearAll(listener, 0, Outcome.FINISHED);
    }
    assertThat(warnings).as("a run without trouble gives no warning").isEmpty();
  }

  @Test
  void hearsOfARunThatGoesOnTwice() throws Exception {
    for (Outcome outcome : List.of(Outcome.INTERRUPTED, Outcome.FAILED, Outcome.FINISHED)) {
      try (RunListener listener = listener()) {
        hearAll(listener, outcome == Outcome.INTERRUPTED ? 0 : 3, outcome);
      }
    }
  }

  @Test
  void takesEveryNumberAndEveryText() throws Exception {
    Map<String, Double> odd = new LinkedHashMap<>();
    odd.put("not-a-number", Double.NaN);
    odd.put("infinite", Double.NEGATIVE_INFINITY);
    odd.put("largest", Double.MAX_VALUE);
    odd.put("least", -Double.MIN_VALUE);
    odd.put("a name, with [signs] \u00e4", 1.0);
    try (RunListener listener = listener()) {
      listener.on(started(0));
      listener.on(new RunEvent.Measured(place(1), odd, 0));
      listener.on(new RunEvent.Measured(place(2), Map.of(), Double.NaN));
      listener.on(new RunEvent.Sampled(place(2), List.of()));
      listener.on(
          new RunEvent.Sampled(
              place(2),
              List.of(
                  "", "<script>alert(1)</script>", "\"\\\u0000\u001b[31m", "\ud83c\udfb5\ud800")));
      listener.on(new RunEvent.Sampled(place(3), List.of("long ".repeat(20_000))));
      listener.on(new RunEvent.Ended(Outcome.FINISHED, ""));
    }
  }

  @Test
  void closesWithoutAnEnd() throws Exception {
    listener().close();
    try (RunListener listener = listener()) {
      listener.on(started(0));
    }
  }

  @Test
  void leavesTheFilesOfTheRunAlone() throws Exception {
    Path own = Files.writeString(folder.resolve("metrics.jsonl"), "{}\n");
    try (RunListener listener = listener()) {
      hearAll(listener, 0, Outcome.FINISHED);
    }
    assertThat(own).hasContent("{}\n");
    List<String> allowed = new ArrayList<>(writes());
    allowed.add("metrics.jsonl");
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries.map(entry -> entry.getFileName().toString())).isSubsetOf(allowed);
    }
  }
}
