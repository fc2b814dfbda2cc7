package org.seqgan.cli.progress;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seqgan.core.event.Phase;

/**
 * Estimates what is left of a run from what its steps have taken. A step is expected to take the
 * mean of those of its phase in this process. Steps of another phase are another kind of work: of a
 * phase ahead nothing is known, and what is left of the run is then a lower bound.
 *
 * <p>Times are nanoseconds of one clock. Not thread-safe.
 */
final class Forecast {
  private final Map<Phase, Integer> plan = new TreeMap<>();
  private Phase phase;
  private double enteredWith;
  private long enteredAt;
  private double done;
  private long lastAt;
  private boolean isWithinStep;

  /**
   * An estimate.
   *
   * @param least what is left at least
   * @param exact whether that is all: no phase is ahead
   */
  record Remaining(Duration least, boolean exact) {}

  /**
   * A run that starts or resumes.
   *
   * @param steps complete steps of the phase
   * @param isWithinStep whether a part of the next one is done too: how much is known, and time is
   *     measured, from the first report on
   */
  Forecast(Map<Phase, Integer> plan, Phase phase, int steps, boolean isWithinStep, long now) {
    this.plan.putAll(plan);
    this.phase = phase;
    this.enteredWith = steps;
    this.enteredAt = now;
    this.done = steps;
    this.lastAt = now;
    this.isWithinStep = isWithinStep;
  }

  /**
   * Steps were done.
   *
   * @param steps of that phase in all, the last perhaps in part
   */
  void advance(Phase reached, double steps, long now) {
    if (!reached.equals(phase)) {
      phase = reached;
      enteredWith = 0;
      // A phase begins where the one before it ended.
      enteredAt = lastAt;
    } else if (isWithinStep) {
      enteredWith = steps;
      enteredAt = now;
    }
    isWithinStep = false;
    done = steps;
    lastAt = now;
  }

  Phase phase() {
    return phase;
  }

  /** Complete steps of the phase under way. */
  int steps() {
    return (int) done;
  }

  /** Steps of the phase under way in all. */
  int total() {
    Integer total = plan.get(phase);
    return total == null ? 0 : total;
  }

  /** How much of the phase is done, 0 to 1. */
  double fraction() {
    return total() == 0 ? 1 : Math.min(1, done / total());
  }

  /** Whether every step of the phase is done. */
  boolean isPhaseComplete() {
    return done >= total();
  }

  /** What is left of the phase under way, or empty where nothing is known yet. */
  Optional<Duration> phaseRemaining() {
    if (done <= enteredWith || lastAt <= enteredAt) {
      return Optional.empty();
    }
    double nanosPerStep = (lastAt - enteredAt) / (done - enteredWith);
    return Optional.of(Duration.ofNanos(Math.round(Math.max(0, total() - done) * nanosPerStep)));
  }

  /** What is left of the run, or empty where nothing is known yet. */
  Optional<Remaining> runRemaining() {
    boolean exact =
        plan.entrySet().stream()
            .noneMatch(ahead -> ahead.getKey().compareTo(phase) > 0 && ahead.getValue() > 0);
    return phaseRemaining().map(least -> new Remaining(least, exact));
  }
}
