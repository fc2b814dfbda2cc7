package org.seqgan.cli.progress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.Shown;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;
import org.seqgan.core.io.Json;

/**
 * Tells a program how training goes on: a JSON object per event, one a line, flushed. The key
 * {@code event} says which ({@code started}, {@code progress}, {@code measured}, {@code sampled},
 * {@code warned}, {@code step-finished}, {@code stopped}, {@code finished}), {@code time} when; the
 * others are those of the {@link TrainingEvent}. {@code NaN} and infinities are strings.
 *
 * <p>Not thread-safe.
 */
public final class JsonLines implements TrainingListener {
  private final PrintWriter out;
  private final InstantSource clock;
  private final List<String> warnings;

  /** A listener for one run. */
  public JsonLines(PrintWriter out, InstantSource clock) {
    this(out, clock, List.of());
  }

  /**
   * A listener for one run.
   *
   * @param warnings about where it goes on; told as {@code warned} once it has started
   */
  public JsonLines(PrintWriter out, InstantSource clock, List<String> warnings) {
    this.out = out;
    this.clock = clock;
    this.warnings = List.copyOf(warnings);
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      ObjectNode line = line("started", started.resumedPhase(), started.resumedStep());
      ObjectNode plan = line.putObject("plan");
      started.plan().forEach((phase, steps) -> plan.put(phase.label(), steps));
      write(withBatch(line, started.resumedBatch()));
      for (String warning : warnings) {
        warned(started.resumedPhase(), started.resumedStep(), warning);
      }
    } else if (event instanceof TrainingEvent.Progress progress) {
      ObjectNode line = line("progress", progress.phase(), progress.step());
      Json.put(line, "fraction", progress.fraction());
      putNumbers(line.putObject("loss"), progress.loss());
      write(line);
    } else if (event instanceof TrainingEvent.Measured measured) {
      ObjectNode line = line("measured", measured.phase(), measured.step());
      Json.put(line, "seconds", measured.seconds());
      putNumbers(line.putObject("values"), measured.values());
      write(line);
    } else if (event instanceof TrainingEvent.Sampled sampled) {
      ObjectNode line = line("sampled", sampled.phase(), sampled.step());
      sampled.sequences().stream().map(Shown::text).forEach(line.putArray("sequences")::add);
      write(line);
    } else if (event instanceof TrainingEvent.Warned warned) {
      warned(warned);
    } else if (event instanceof TrainingEvent.StepFinished finished) {
      write(line("step-finished", finished.phase(), finished.step()));
    } else if (event instanceof TrainingEvent.Stopped stopped) {
      ObjectNode line = line("stopped", stopped.phase(), stopped.step());
      write(withBatch(line, stopped.batch()));
    } else if (event instanceof TrainingEvent.Finished) {
      write(line("finished"));
    }
  }

  private void warned(TrainingEvent.Warned warned) {
    if (warned.isNews()) {
      write(
          line("warned", warned.phase(), warned.step())
              .put("kind", warned.kind().label())
              .put("message", warned.message())
              .put("since", warned.since())
              .put("times", warned.times())
              .put("over", warned.over()));
    }
  }

  private ObjectNode line(String event) {
    return Json.object().put("event", event).put("time", clock.instant().toString());
  }

  private ObjectNode line(String event, Phase phase, int step) {
    return line(event).put("phase", phase.label()).put("step", step);
  }

  private void warned(Phase phase, int step, String message) {
    write(line("warned", phase, step).put("message", message));
  }

  /** The key is there within a step alone. */
  private static ObjectNode withBatch(ObjectNode line, int batch) {
    return batch == 0 ? line : line.put("batch", batch);
  }

  private static void putNumbers(ObjectNode node, Map<String, Double> numbers) {
    numbers.forEach((name, value) -> Json.put(node, name, value));
  }

  private void write(ObjectNode line) {
    // Not println: its line end is two characters on some systems.
    out.print(Json.line(line) + "\n");
    out.flush();
  }
}
