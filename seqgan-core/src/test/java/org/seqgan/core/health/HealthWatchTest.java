package org.seqgan.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.WarningKind;

@DisplayName("A watch over training")
class HealthWatchTest {
  private static final double WELL = 1;
  private static final double COLLAPSED = 0.1;

  private final List<TrainingEvent> heard = new ArrayList<>();
  private int saves;

  private HealthWatch watch(List<TrainingEvent.Measured> earlier, WarningKind... stopOn) {
    return new HealthWatch(
        new Symptoms(List.of()), List.of(stopOn), () -> earlier, () -> saves++, heard::add);
  }

  private static TrainingEvent.Measured measured(int step, double diversity) {
    return measured(Phase.ADVERSARIAL, step, diversity);
  }

  private static TrainingEvent.Measured measured(Phase phase, int step, double diversity) {
    return new TrainingEvent.Measured(phase, step, Map.of(VitalSigns.DIVERSITY, diversity), 1);
  }

  private static TrainingEvent.Started started(int step) {
    return new TrainingEvent.Started(Map.of(Phase.ADVERSARIAL, 9), Phase.ADVERSARIAL, step);
  }

  private List<TrainingEvent.Warned> warned() {
    return heard.stream()
        .filter(TrainingEvent.Warned.class::isInstance)
        .map(TrainingEvent.Warned.class::cast)
        .toList();
  }

  /** The figures of steps 1, 2, ... */
  private static List<TrainingEvent.Measured> steps(double... diversities) {
    List<TrainingEvent.Measured> steps = new ArrayList<>();
    for (double diversity : diversities) {
      steps.add(measured(steps.size() + 1, diversity));
    }
    return steps;
  }

  @Test
  void handsEverythingOnAndWarnsAfterTheFiguresThatShowIt() {
    HealthWatch watch = watch(List.of());
    List<TrainingEvent> events =
        List.of(
            started(0),
            measured(1, WELL),
            new TrainingEvent.StepFinished(Phase.ADVERSARIAL, 1),
            measured(2, COLLAPSED),
            new TrainingEvent.StepFinished(Phase.ADVERSARIAL, 2),
            new TrainingEvent.Finished());
    events.forEach(watch::on);
    List<TrainingEvent> expected = new ArrayList<>(events);
    expected.add(
        4,
        new TrainingEvent.Warned(
            Phase.ADVERSARIAL, 2, WarningKind.COLLAPSE, warned().get(0).message(), 2, 1, false));
    assertThat(heard).isEqualTo(expected);
    assertThat(saves).isZero();
  }

  @Test
  void countsWhatGoesOnAndIsNewsAtTheFirstAndEveryFiftiethTime() {
    HealthWatch watch = watch(List.of());
    for (int step = 3; step < 3 + 101; step++) {
      watch.on(measured(step, COLLAPSED));
    }
    assertThat(warned()).extracting(TrainingEvent.Warned::since).containsOnly(3);
    assertThat(warned())
        .filteredOn(TrainingEvent.Warned::isNews)
        .extracting(TrainingEvent.Warned::times)
        .containsExactly(1, 51, 101);
  }

  @Test
  void aWarningIsOverWhenItHasBeenAbsentThreeTimes() {
    HealthWatch watch = watch(List.of());
    steps(COLLAPSED, WELL, WELL, COLLAPSED, WELL, WELL).forEach(watch::on);
    assertThat(warned()).extracting(TrainingEvent.Warned::over).containsExactly(false, false);
    watch.on(measured(7, WELL));
    TrainingEvent.Warned last = warned().get(2);
    assertThat(last.over()).isTrue();
    assertThat(last.isNews()).isTrue();
    assertThat(last.step()).isEqualTo(7);
    assertThat(last.times()).isEqualTo(2);
    watch.on(measured(8, WELL));
    assertThat(warned()).hasSize(3);
    watch.on(measured(9, COLLAPSED));
    assertThat(warned().get(3).since()).isEqualTo(9);
  }

  @Test
  void stepsThatDidNotMeasureAreNoAbsence() {
    HealthWatch watch = watch(List.of());
    watch.on(measured(1, COLLAPSED));
    for (int step = 2; step < 9; step++) {
      watch.on(new TrainingEvent.Measured(Phase.ADVERSARIAL, step, Map.of("d-loss", 0.5), 1));
    }
    watch.on(measured(9, COLLAPSED));
    assertThat(warned()).extracting(TrainingEvent.Warned::times).containsExactly(1, 2);
  }

  @Test
  void aPhaseBeginsWithNothing() {
    HealthWatch watch = watch(List.of());
    watch.on(measured(Phase.GENERATOR_PRETRAINING, 20, COLLAPSED));
    watch.on(measured(1, COLLAPSED));
    assertThat(warned()).extracting(TrainingEvent.Warned::since).containsExactly(20, 1);
  }

  @Test
  void aRunThatGoesOnWarnsAsOneThatWasNeverInterrupted() {
    List<TrainingEvent.Measured> all =
        steps(WELL, COLLAPSED, COLLAPSED, WELL, WELL, COLLAPSED, WELL, WELL, WELL, COLLAPSED, WELL);
    HealthWatch whole = watch(List.of());
    all.forEach(whole::on);
    List<TrainingEvent.Warned> expected = warned();
    for (int done = 0; done <= all.size(); done++) {
      heard.clear();
      HealthWatch resumed = watch(all.subList(0, done));
      resumed.on(started(done));
      int told = heard.size();
      all.subList(done, all.size()).forEach(resumed::on);
      int last = done;
      assertThat(warned().subList(told - 1, warned().size()))
          .as("from step %d", done)
          .isEqualTo(expected.stream().filter(warning -> warning.step() > last).toList());
    }
  }

  @Test
  void aRunThatGoesOnTellsWhereItsWarningsStand() {
    HealthWatch resumed = watch(steps(WELL, COLLAPSED, COLLAPSED, WELL));
    resumed.on(started(4));
    assertThat(warned()).hasSize(1);
    TrainingEvent.Warned open = warned().get(0);
    assertThat(open.since()).isEqualTo(2);
    assertThat(open.times()).isEqualTo(2);
    assertThat(open.over()).isFalse();
    assertThat(open.isNews()).isFalse();
  }

  @Test
  void stopsAfterTheStepThatShowsWhatItIsToStopOnAndHasItSaved() {
    HealthWatch watch = watch(List.of(), WarningKind.STALLED, WarningKind.COLLAPSE);
    watch.on(measured(1, COLLAPSED));
    assertThat(saves).isEqualTo(1);
    TrainingEvent finished = new TrainingEvent.StepFinished(Phase.ADVERSARIAL, 1);
    assertThatThrownBy(() -> watch.on(finished))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.TRAINING))
        .hasMessageStartingWith(
            "training was stopped after adversarial 1, as training.stop-on says, and its state is"
                + " saved: collapse: among the samples are only 0.1000 times");
    assertThat(heard).last().isEqualTo(finished);
  }

  @Test
  void stopsOnNothingElse() {
    HealthWatch watch = watch(List.of(), WarningKind.STALLED);
    watch.on(measured(1, COLLAPSED));
    watch.on(new TrainingEvent.StepFinished(Phase.ADVERSARIAL, 1));
    assertThat(warned()).hasSize(1);
    assertThat(saves).isZero();
  }

  @Test
  void aStoppedRunThatGoesOnStopsAgainOnlyIfTheNextStepShowsIt() {
    HealthWatch better = watch(steps(COLLAPSED), WarningKind.COLLAPSE);
    better.on(started(1));
    assertThat(saves).isZero();
    better.on(measured(2, WELL));
    better.on(new TrainingEvent.StepFinished(Phase.ADVERSARIAL, 2));
    better.on(measured(3, COLLAPSED));
    assertThatThrownBy(() -> better.on(new TrainingEvent.StepFinished(Phase.ADVERSARIAL, 3)))
        .isInstanceOf(UserException.class);
  }
}
