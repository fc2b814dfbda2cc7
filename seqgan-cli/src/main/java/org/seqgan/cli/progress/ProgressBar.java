package org.seqgan.cli.progress;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;

/**
 * Shows training to a person. On a terminal, one line that is overwritten: phase, step, bar, time
 * left in the phase, latest losses; and a line that stays for each evaluation. Elsewhere only the
 * lines that stay.
 */
public final class ProgressBar implements TrainingListener {
  private static final long REDRAW_INTERVAL = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int BAR_WIDTH = 20;

  private final PrintWriter out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private final Map<Phase, Integer> plan = new EnumMap<>(Phase.class);
  private final Map<Phase, Pace> paces = new EnumMap<>(Phase.class);
  private Map<String, Double> latest = new LinkedHashMap<>();
  private long lastDrawn;
  private int drawnWidth;

  /**
   * Shows progress.
   *
   * @param terminal whether {@code out} is one, so that a line may be overwritten
   * @param nanoTime tells the time, in nanoseconds
   */
  public ProgressBar(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.lastDrawn = nanoTime.getAsLong() - REDRAW_INTERVAL;
  }

  /** When a phase began here, and how many of its steps were done by then. */
  private record Pace(long since, double from) {
    /** The seconds that the rest takes at the pace so far; empty before anything is done. */
    OptionalDouble secondsLeft(long now, double done, int steps) {
      double made = done - from;
      return made <= 0
          ? OptionalDouble.empty()
          : OptionalDouble.of((now - since) / 1e9 / made * (steps - done));
    }
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      plan.putAll(started.plan());
    } else if (event instanceof TrainingEvent.Progress progress) {
      draw(progress);
    } else if (event instanceof TrainingEvent.Measured measured) {
      measured(measured);
    } else if (event instanceof TrainingEvent.Warned warned) {
      line("warning, " + warned.phase().label() + " " + warned.step() + ": " + warned.message());
    } else if (event instanceof TrainingEvent.Finished) {
      erase();
      out.flush();
    }
  }

  private void draw(TrainingEvent.Progress progress) {
    long now = nanoTime.getAsLong();
    double done = progress.step() - 1 + progress.fraction();
    Pace pace = paces.computeIfAbsent(progress.phase(), phase -> new Pace(now, Math.floor(done)));
    if (!terminal || now - lastDrawn < REDRAW_INTERVAL) {
      return;
    }
    lastDrawn = now;
    int steps = plan.getOrDefault(progress.phase(), progress.step());
    int filled = (int) Math.min(BAR_WIDTH, Math.floor(done / steps * BAR_WIDTH));
    OptionalDouble left = pace.secondsLeft(now, done, steps);
    String text =
        "%s %d/%d [%s%s] %s left  %s"
            .formatted(
                progress.phase().label(),
                progress.step(),
                steps,
                "#".repeat(filled),
                "-".repeat(BAR_WIDTH - filled),
                left.isPresent() ? duration(left.getAsDouble()) : "?",
                values(progress.loss()));
    erase();
    String shown = text.length() > 118 ? text.substring(0, 118) : text;
    out.print(shown);
    out.flush();
    drawnWidth = shown.length();
  }

  private void erase() {
    if (drawnWidth > 0) {
      out.print("\r" + " ".repeat(drawnWidth) + "\r");
      drawnWidth = 0;
    }
  }

  /** A step with metrics gets a line; one with losses alone does not. */
  private void measured(TrainingEvent.Measured measured) {
    boolean evaluated =
        measured.values().keySet().stream().anyMatch(name -> name.startsWith("nll-"));
    if (evaluated || measured.phase() == Phase.DISCRIMINATOR_PRETRAINING) {
      latest = new LinkedHashMap<>(measured.values());
      latest.keySet().removeIf(name -> name.endsWith("-norm"));
      int steps = plan.getOrDefault(measured.phase(), measured.step());
      line(
          "%s %d/%d  %s  (%s)"
              .formatted(
                  measured.phase().label(),
                  measured.step(),
                  steps,
                  values(latest),
                  duration(measured.seconds())));
    }
  }

  private void line(String text) {
    erase();
    out.println(text);
    out.flush();
  }

  private static String values(Map<String, Double> values) {
    return values.entrySet().stream()
        .map(entry -> String.format(Locale.ROOT, "%s %.3f", entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("  "));
  }

  /** Such as {@code 0.4 s}, {@code 3:07} or {@code 2:01:40}. */
  static String duration(double seconds) {
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
