package org.seqgan.cli.progress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.LongSupplier;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.Quantile;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;

/**
 * Shows a person how training goes on: phase and step, time gone and left, the latest losses and
 * metrics. Time left is estimated from the steps of the phase in this process; {@code run >1:02:03}
 * says that phases are ahead whose steps have not been measured yet.
 *
 * <p>Not thread-safe.
 */
public final class ProgressBar implements TrainingListener {
  /** How much is shown, and how. */
  public enum Mode {
    /** One line that is rewritten in place, for a terminal. */
    TERMINAL,
    /** A line now and then and no control character but the end of a line, for a file or a pipe. */
    LINES,
    /** Nothing. */
    QUIET
  }

  private final Mode mode;
  private final StatusLine status;
  private final LongSupplier nanoTime;
  private final Map<String, Double> losses = new LinkedHashMap<>();
  private final Map<String, Double> metrics = new LinkedHashMap<>();
  private final long startedAt;
  private Phase lossesOf = Phase.GENERATOR_PRETRAINING;
  private Forecast forecast;

  /**
   * A listener for one run.
   *
   * @param columns the width of the terminal; a longer line is cut
   * @param nanoTime the clock, as {@link System#nanoTime()}
   */
  public ProgressBar(PrintWriter out, Mode mode, int columns, LongSupplier nanoTime) {
    this.mode = mode;
    this.status = new StatusLine(out, mode, columns, nanoTime);
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
    this.forecast = new Forecast(Map.of(), Phase.GENERATOR_PRETRAINING, 0, false, startedAt);
  }

  @Override
  public void on(TrainingEvent event) {
    if (mode == Mode.QUIET) {
      return;
    }
    if (event instanceof TrainingEvent.Started started) {
      started(started);
    } else if (event instanceof TrainingEvent.Progress progress) {
      enter(progress.phase());
      losses.putAll(progress.loss());
      double done = Math.max(0, progress.step() - 1) + progress.fraction();
      forecast.advance(progress.phase(), done, nanoTime.getAsLong());
      status.showWhenDue(this::line);
    } else if (event instanceof TrainingEvent.Measured measured) {
      measured(measured);
    } else if (event instanceof TrainingEvent.Warned warned) {
      warned(warned);
    } else if (event instanceof TrainingEvent.StepFinished finished) {
      stepFinished(finished);
    } else if (event instanceof TrainingEvent.Finished) {
      status.say("finished in " + clock(elapsed()));
    }
  }

  private void started(TrainingEvent.Started started) {
    forecast =
        new Forecast(
            started.plan(),
            started.resumedPhase(),
            started.resumedStep(),
            started.resumedBatch() > 0,
            nanoTime.getAsLong());
    if (started.resumedStep() > 0 || started.resumedBatch() > 0) {
      status.say(
          "resuming after %s %d%s"
              .formatted(
                  started.resumedPhase().label(),
                  started.resumedStep(),
                  started.resumedBatch() > 0
                      ? " and %d batches of the next".formatted(started.resumedBatch())
                      : ""));
    }
    status.show(line());
  }

  private void measured(TrainingEvent.Measured measured) {
    enter(measured.phase());
    measured
        .values()
        .forEach((name, value) -> (isOfStep(name) ? losses : metrics).put(name, value));
    status.showWhenDue(this::line);
  }

  private void warned(TrainingEvent.Warned warned) {
    if (warned.isNews()) {
      String seen = ", %d times since step %d".formatted(warned.times(), warned.since());
      status.say(
          "%s (%s %d%s): %s: %s"
              .formatted(
                  warned.over() ? "over" : "warning",
                  warned.phase().label(),
                  warned.step(),
                  warned.over() || warned.times() > 1 ? seen : "",
                  warned.kind().label(),
                  warned.message()));
    }
  }

  private void stepFinished(TrainingEvent.StepFinished finished) {
    enter(finished.phase());
    forecast.advance(finished.phase(), finished.step(), nanoTime.getAsLong());
    if (forecast.isPhaseComplete()) {
      status.say(line());
    } else {
      status.showWhenDue(this::line);
    }
  }

  /** What a step reports while it goes on, and again when it is measured, is shown once. */
  private boolean isOfStep(String name) {
    return name.endsWith("loss") || losses.containsKey(name);
  }

  /** The losses of a phase are not those of the next. */
  private void enter(Phase phase) {
    if (!phase.equals(lossesOf)) {
      losses.clear();
      lossesOf = phase;
    }
  }

  private String line() {
    StringJoiner line = new StringJoiner(" ");
    line.add(forecast.phase().label()).add(forecast.steps() + "/" + forecast.total());
    if (mode == Mode.TERMINAL) {
      line.add(StatusLine.bar(forecast.fraction()));
    }
    line.add((int) (100 * forecast.fraction()) + "%").add(clock(elapsed()));
    timeLeft().ifPresent(line::add);
    show(losses, line);
    show(metrics, line);
    return line.toString();
  }

  /** A line has no room for quantiles: their mean is enough. */
  private static void show(Map<String, Double> figures, StringJoiner line) {
    figures.forEach(
        (name, value) -> {
          if (!Quantile.isName(name)) {
            line.add(name).add(number(value));
          }
        });
  }

  private Optional<String> timeLeft() {
    return forecast
        .runRemaining()
        .map(
            run ->
                "left %s, run %s%s"
                    .formatted(
                        clock(forecast.phaseRemaining().orElse(run.least())),
                        run.exact() ? "" : ">",
                        clock(run.least())));
  }

  private Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - startedAt);
  }

  /** A duration in the fewest parts: {@code 0:07}, {@code 1:02:03}. */
  public static String clock(Duration duration) {
    long hours = duration.toHours();
    return hours == 0
        ? String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart())
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", hours, duration.toMinutesPart(), duration.toSecondsPart());
  }

  private static String number(double value) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%.4g", value)
        : Double.toString(value);
  }
}
