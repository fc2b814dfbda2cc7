package org.seqgan.core.health;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.seqgan.api.UserException;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.TrainingListener;
import org.seqgan.core.event.WarningKind;

/**
 * Warns of {@link Symptoms}. It stands between training and its other listeners, hands everything
 * on, and adds a {@link TrainingEvent.Warned} after the figures that show something. What has been
 * absent {@value #OVER_AFTER} times is over; each phase begins with nothing.
 *
 * <p>Where a run goes on, the figures of its earlier steps are judged first; so its warnings do not
 * depend on how often it was interrupted.
 *
 * <p>A kind of warning may stop training: then the state after the step is saved, and the listener
 * throws. Not thread-safe.
 */
public final class HealthWatch implements TrainingListener {
  private static final int OVER_AFTER = 3;

  private final Symptoms symptoms;
  private final Set<WarningKind> stopOn;
  private final Supplier<List<TrainingEvent.Measured>> earlier;
  private final Runnable saveAfterStep;
  private final TrainingListener next;
  private final Map<Subject, Episode> episodes = new LinkedHashMap<>();
  private Optional<String> stop = Optional.empty();

  /** What a warning is about. */
  private record Subject(WarningKind kind, String figure) {}

  /** A warning from its beginning to its end. */
  private static final class Episode {
    private final WarningKind kind;
    private final String message;
    private final Phase phase;
    private final int since;
    private int times;
    private int absent;

    Episode(WarningKind kind, String message, TrainingEvent.Measured first) {
      this.kind = kind;
      this.message = message;
      this.phase = first.phase();
      this.since = first.step();
    }

    /** Counts what was seen. Returns whether that is to be told. */
    boolean isTold(boolean present) {
      times += present ? 1 : 0;
      absent = present ? 0 : absent + 1;
      return present || isOver();
    }

    boolean isOver() {
      return absent >= OVER_AFTER;
    }

    TrainingEvent.Warned at(int step) {
      return new TrainingEvent.Warned(phase, step, kind, message, since, times, isOver());
    }
  }

  /**
   * A watch over one run.
   *
   * @param symptoms what it judges by
   * @param stopOn the kinds that stop training
   * @param earlier the figures of the steps that are done, asked for once {@code next} knows where
   *     training starts from
   * @param saveAfterStep called before the end of a step after which training stops
   * @param next hears everything
   */
  public HealthWatch(
      Symptoms symptoms,
      Collection<WarningKind> stopOn,
      Supplier<List<TrainingEvent.Measured>> earlier,
      Runnable saveAfterStep,
      TrainingListener next) {
    this.symptoms = symptoms;
    this.stopOn = EnumSet.noneOf(WarningKind.class);
    this.stopOn.addAll(stopOn);
    this.earlier = earlier;
    this.saveAfterStep = saveAfterStep;
    this.next = next;
  }

  /**
   * Hands an event on.
   *
   * @throws UserException of kind {@code TRAINING} after a step with a warning that stops training
   */
  @Override
  public void on(TrainingEvent event) {
    next.on(event);
    if (event instanceof TrainingEvent.Started) {
      recall();
    } else if (event instanceof TrainingEvent.Measured measured) {
      judge(measured).forEach(this::warn);
    } else if (event instanceof TrainingEvent.StepFinished finished && stop.isPresent()) {
      throw new UserException(
          UserException.Kind.TRAINING,
          "training was stopped after %s %d, as training.stop-on says, and its state is saved: %s"
              .formatted(finished.phase().label(), finished.step(), stop.get()));
    }
  }

  /** Catches up with what an earlier process saw; it has been said, and stops nothing. */
  private void recall() {
    int step = 0;
    for (TrainingEvent.Measured measured : earlier.get()) {
      judge(measured);
      step = measured.step();
    }
    for (Episode episode : episodes.values()) {
      next.on(episode.at(step));
    }
  }

  private List<TrainingEvent.Warned> judge(TrainingEvent.Measured measured) {
    episodes.values().removeIf(episode -> !episode.phase.equals(measured.phase()));
    List<TrainingEvent.Warned> warnings = new ArrayList<>();
    for (Symptoms.Reading reading : symptoms.read(measured)) {
      Subject subject = new Subject(reading.kind(), reading.subject());
      reading
          .problem()
          .ifPresent(
              message ->
                  episodes.computeIfAbsent(
                      subject, s -> new Episode(reading.kind(), message, measured)));
      Episode episode = episodes.get(subject);
      if (episode != null && episode.isTold(reading.problem().isPresent())) {
        warnings.add(episode.at(measured.step()));
      }
    }
    episodes.values().removeIf(Episode::isOver);
    return warnings;
  }

  private void warn(TrainingEvent.Warned warning) {
    next.on(warning);
    if (stopOn.contains(warning.kind()) && !warning.over() && stop.isEmpty()) {
      stop = Optional.of(warning.kind().label() + ": " + warning.message());
      saveAfterStep.run();
    }
  }
}
