package org.seqgan.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.Shown;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.WarningKind;

/** {@link ProgressBar}. */
class ProgressBarTest {
  private static final String CLEAR = "\r\u001b[K";

  private final StringWriter written = new StringWriter();
  private long now = 1_000_000_000_000L;

  private ProgressBar bar(ProgressBar.Mode mode, int columns) {
    return new ProgressBar(new PrintWriter(written), mode, columns, () -> now);
  }

  private void pass(long seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }

  private String take() {
    String text = written.toString();
    written.getBuffer().setLength(0);
    return text;
  }

  private static TrainingEvent.Started start(int step) {
    return new TrainingEvent.Started(Map.of(Phase.ADVERSARIAL, 200), Phase.ADVERSARIAL, step);
  }

  private static TrainingEvent.Progress progress(int step, double fraction) {
    return new TrainingEvent.Progress(Phase.ADVERSARIAL, step, fraction, Map.of("g-loss", 1.23456));
  }

  @Test
  void rewritesOneLineOfATerminal() {
    ProgressBar bar = bar(ProgressBar.Mode.TERMINAL, 200);
    bar.on(start(0));
    assertThat(take()).isEqualTo(CLEAR + "adversarial 0/200 [----------------] 0% 0:00");
    pass(60);
    bar.on(new TrainingEvent.Measured(Phase.ADVERSARIAL, 50, Map.of("nll-oracle", 8.73612), 3));
    take();
    bar.on(progress(51, 0));
    pass(60);
    bar.on(progress(51, 0.5));
    // 120 s for 50.5 steps, 149.5 to go.
    assertThat(take())
        .isEqualTo(
            CLEAR
                + "adversarial 50/200 [####------------] 25% 2:00 left 5:55, run 5:55"
                + " g-loss 1.235 nll-oracle 8.736");
  }

  @Test
  void doesNotRedrawMoreThanTenTimesASecond() {
    ProgressBar bar = bar(ProgressBar.Mode.TERMINAL, 200);
    bar.on(start(0));
    take();
    bar.on(progress(1, 0.1));
    assertThat(take()).isEmpty();
    now += Duration.ofMillis(100).toNanos();
    bar.on(progress(1, 0.2));
    assertThat(take()).startsWith(CLEAR);
  }

  @Test
  void saysThatPhasesAreAheadOfWhichNothingIsKnown() {
    ProgressBar bar = bar(ProgressBar.Mode.TERMINAL, 200);
    bar.on(
        new TrainingEvent.Started(
            Map.of(Phase.GENERATOR_PRETRAINING, 4, Phase.ADVERSARIAL, 200),
            Phase.GENERATOR_PRETRAINING,
            0));
    pass(3600);
    bar.on(new TrainingEvent.StepFinished(Phase.GENERATOR_PRETRAINING, 1));
    assertThat(take()).endsWith("1:00:00 left 3:00:00, run >3:00:00");
  }

  @Test
  void cutsTheLineToTheTerminal() {
    for (int columns : new int[] {2, 20, 40, 80}) {
      ProgressBar bar = bar(ProgressBar.Mode.TERMINAL, columns);
      bar.on(start(0));
      pass(1);
      bar.on(progress(1, 0.5));
      for (String line : take().split(CLEAR.replace("[", "\\["), -1)) {
        assertThat(line.length()).isLessThan(columns);
      }
    }
  }

  @Test
  void leavesALineBehindForEachPhaseAndWarning() {
    ProgressBar bar = bar(ProgressBar.Mode.TERMINAL, 80);
    bar.on(start(0));
    take();
    bar.on(TrainingEvent.Warned.of(Phase.ADVERSARIAL, 3, WarningKind.COLLAPSE, "always right"));
    assertThat(take()).isEqualTo(CLEAR + "warning (adversarial 3): collapse: always right\n");
    pass(10);
    bar.on(new TrainingEvent.StepFinished(Phase.ADVERSARIAL, 200));
    assertThat(take()).contains("adversarial 200/200 [################] 100% 0:10").endsWith("\n");
    bar.on(new TrainingEvent.Finished());
    assertThat(take()).isEqualTo("finished in 0:10\n");
  }

  @Test
  void countsNothingOfAStepThatWasUnderWayBeforeTheResume() {
    ProgressBar bar = bar(ProgressBar.Mode.LINES, 80);
    bar.on(new TrainingEvent.Started(Map.of(Phase.ADVERSARIAL, 200), Phase.ADVERSARIAL, 0, 12));
    assertThat(take())
        .isEqualTo(
            "resuming after adversarial 0 and 12 batches of the next\nadversarial 0/200 0% 0:00\n");
    bar.on(progress(1, 0.75));
    pass(10);
    bar.on(new TrainingEvent.StepFinished(Phase.ADVERSARIAL, 1));
    // A quarter of a round in 10 s, 199 rounds.
    assertThat(take()).contains("adversarial 1/200 0% 0:10 left 2:12:40, run 2:12:40");
  }

  @Test
  void writesPlainLinesNowAndThenWhereThereIsNoTerminal() {
    ProgressBar bar = bar(ProgressBar.Mode.LINES, 80);
    bar.on(start(7));
    assertThat(take()).isEqualTo("resuming after adversarial 7\nadversarial 7/200 3% 0:00\n");
    pass(9);
    bar.on(progress(8, 0.5));
    assertThat(take()).isEmpty();
    pass(1);
    bar.on(new TrainingEvent.StepFinished(Phase.ADVERSARIAL, 8));
    assertThat(take()).isEqualTo("adversarial 8/200 4% 0:10 left 32:00, run 32:00 g-loss 1.235\n");
  }

  @Test
  void aWarningThatGoesOnIsSaidAgainAfterFiftyTimesAndWhenItIsOver() {
    ProgressBar bar = bar(ProgressBar.Mode.LINES, 80);
    bar.on(start(0));
    take();
    for (int step = 2; step <= 101; step++) {
      bar.on(seen(step, step - 1, false));
    }
    bar.on(seen(104, 100, true));
    assertThat(take())
        .isEqualTo(
            """
            warning (adversarial 2): collapse: few
            warning (adversarial 52, 51 times since step 2): collapse: few
            over (adversarial 104, 100 times since step 2): collapse: few
            """);
  }

  private static TrainingEvent.Warned seen(int step, int times, boolean over) {
    return new TrainingEvent.Warned(
        Phase.ADVERSARIAL, step, WarningKind.COLLAPSE, "few", 2, times, over);
  }

  @Test
  void writesNoControlCharacterWhereThereIsNoTerminal() {
    ProgressBar bar = bar(ProgressBar.Mode.LINES, 80);
    bar.on(start(0));
    for (int step = 1; step <= 200; step++) {
      pass(20);
      bar.on(progress(step, 1));
      bar.on(
          new TrainingEvent.Sampled(
              Phase.ADVERSARIAL, step, List.of(new Shown("text", Optional.empty()))));
      bar.on(
          TrainingEvent.Warned.of(
              Phase.ADVERSARIAL, step, WarningKind.COLLAPSE, "a\u001b[31m\r\nb"));
      bar.on(new TrainingEvent.Measured(Phase.ADVERSARIAL, step, Map.of("nll-gen", Double.NaN), 1));
      bar.on(new TrainingEvent.StepFinished(Phase.ADVERSARIAL, step));
    }
    bar.on(new TrainingEvent.Finished());
    String text = take();
    assertThat(text)
        .contains("a\\u001b[31m\\r\\nb", "nll-gen NaN")
        .endsWith("finished in 1:06:40\n");
    assertThat(text.chars().filter(c -> Character.isISOControl(c) && c != '\n')).isEmpty();
  }

  @Test
  void forgetsTheLossesOfThePhaseBefore() {
    ProgressBar bar = bar(ProgressBar.Mode.LINES, 80);
    bar.on(
        new TrainingEvent.Started(
            Map.of(Phase.GENERATOR_PRETRAINING, 1, Phase.DISCRIMINATOR_PRETRAINING, 2),
            Phase.GENERATOR_PRETRAINING,
            0));
    bar.on(new TrainingEvent.Progress(Phase.GENERATOR_PRETRAINING, 1, 0.5, Map.of("g-loss", 6.0)));
    pass(20);
    bar.on(new TrainingEvent.StepFinished(Phase.GENERATOR_PRETRAINING, 1));
    assertThat(take()).contains("g-loss 6.000");
    pass(20);
    bar.on(
        new TrainingEvent.Progress(Phase.DISCRIMINATOR_PRETRAINING, 1, 0.5, Map.of("d-loss", 0.5)));
    assertThat(take()).contains("d-loss 0.5000").doesNotContain("g-loss");
  }

  @Test
  void showsOnceWhatAStepReportsAndWhatIsThenMeasured() {
    ProgressBar bar = bar(ProgressBar.Mode.LINES, 80);
    bar.on(start(0));
    take();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("g-loss", 1.0);
    figures.put("g-gradient-norm", 2.0);
    figures.put("reward", 0.25);
    figures.put("reward-q0", 0.125);
    figures.put("reward-q100", 0.5);
    bar.on(new TrainingEvent.Progress(Phase.ADVERSARIAL, 1, 0.5, figures));
    figures.put("nll-gen", 7.0);
    bar.on(new TrainingEvent.Measured(Phase.ADVERSARIAL, 1, figures, 1));
    bar.on(new TrainingEvent.StepFinished(Phase.ADVERSARIAL, 200));
    assertThat(take())
        .endsWith(" g-loss 1.000 g-gradient-norm 2.000 reward 0.2500 nll-gen 7.000\n");
  }

  @Test
  void countsColumnsAndNotCharacters() {
    StatusLine line =
        new StatusLine(new PrintWriter(written), ProgressBar.Mode.TERMINAL, 10, () -> now);
    line.show("春水绕村流\u001b");
    assertThat(take()).isEqualTo(CLEAR + "春水绕村");
  }

  @Test
  void writesNothingWhenQuiet() {
    ProgressBar bar = bar(ProgressBar.Mode.QUIET, 80);
    bar.on(start(0));
    pass(60);
    bar.on(progress(1, 0.5));
    bar.on(TrainingEvent.Warned.of(Phase.ADVERSARIAL, 1, WarningKind.COLLAPSE, "always right"));
    bar.on(new TrainingEvent.Finished());
    assertThat(take()).isEmpty();
  }
}
