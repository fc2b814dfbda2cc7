package org.seqgan.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seqgan.core.event.Phase;

/** {@link Forecast}: the arithmetic of time left. */
class ForecastTest {
  private static final Map<Phase, Integer> PLAN =
      Map.of(Phase.GENERATOR_PRETRAINING, 10, Phase.ADVERSARIAL, 20);

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void knowsNothingBeforeAnythingWasDone() {
    Forecast forecast = new Forecast(PLAN, Phase.GENERATOR_PRETRAINING, 0, false, seconds(100));
    assertThat(forecast.phaseRemaining()).isEmpty();
    assertThat(forecast.runRemaining()).isEmpty();
    assertThat(forecast.fraction()).isZero();
  }

  @Test
  void expectsTheStepsAheadToTakeWhatThoseBehindTook() {
    Forecast forecast = new Forecast(PLAN, Phase.GENERATOR_PRETRAINING, 0, false, seconds(100));
    forecast.advance(Phase.GENERATOR_PRETRAINING, 2.5, seconds(150));
    // 20 s a step, 7.5 steps.
    assertThat(forecast.phaseRemaining()).contains(Duration.ofSeconds(150));
    assertThat(forecast.runRemaining())
        .contains(new Forecast.Remaining(Duration.ofSeconds(150), false));
    assertThat(forecast.fraction()).isEqualTo(0.25);
  }

  @Test
  void countsOnlyTheStepsOfThisProcessAfterAResume() {
    Forecast forecast = new Forecast(PLAN, Phase.ADVERSARIAL, 15, false, seconds(0));
    assertThat(forecast.phaseRemaining()).isEmpty();
    forecast.advance(Phase.ADVERSARIAL, 17, seconds(60));
    assertThat(forecast.runRemaining())
        .contains(new Forecast.Remaining(Duration.ofSeconds(90), true));
  }

  @Test
  void countsNoPartOfAStepThatWasDoneBeforeTheResume() {
    Forecast forecast = new Forecast(PLAN, Phase.ADVERSARIAL, 15, true, seconds(0));
    forecast.advance(Phase.ADVERSARIAL, 15.75, seconds(1));
    assertThat(forecast.runRemaining()).isEmpty();
    forecast.advance(Phase.ADVERSARIAL, 16, seconds(11));
    // 40 s a step, 4 steps.
    assertThat(forecast.runRemaining())
        .contains(new Forecast.Remaining(Duration.ofSeconds(160), true));
  }

  @Test
  void measuresEachPhaseByItsOwnSteps() {
    Forecast forecast = new Forecast(PLAN, Phase.GENERATOR_PRETRAINING, 0, false, seconds(0));
    forecast.advance(Phase.GENERATOR_PRETRAINING, 10, seconds(10));
    assertThat(forecast.isPhaseComplete()).isTrue();
    forecast.advance(Phase.ADVERSARIAL, 1, seconds(40));
    assertThat(forecast.runRemaining())
        .contains(new Forecast.Remaining(Duration.ofSeconds(19 * 30), true));
  }

  @Test
  void leavesNothingAtTheEnd() {
    Forecast forecast = new Forecast(PLAN, Phase.ADVERSARIAL, 0, false, seconds(0));
    forecast.advance(Phase.ADVERSARIAL, 20, seconds(5));
    assertThat(forecast.runRemaining()).contains(new Forecast.Remaining(Duration.ZERO, true));
    assertThat(forecast.fraction()).isEqualTo(1);
  }
}
