package org.seqgan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Reading;
import org.seqgan.api.model.Step;

@DisplayName("The figures of a step")
class StepFiguresTest {
  private final AtomicInteger waits = new AtomicInteger();

  private static StepFigures figures(Map<String, String> text) {
    return StepFigures.of(
        text, (figure, value) -> new IllegalStateException(figure + " became " + value));
  }

  /** A step of a backend whose results never come by themselves. */
  private Step late(float loss) {
    Reading reading =
        new Reading() {
          @Override
          public float[] get() {
            waits.incrementAndGet();
            return new float[] {loss};
          }

          @Override
          public boolean isDone() {
            return false;
          }
        };
    return Step.of(reading, reading);
  }

  @Test
  void areTakenInAtOnceWhereTheyAreHere() {
    StepFigures figures = figures(Map.of());
    figures.add("g-loss", Step.of(2, 0), Step::loss, 3);
    figures.add("g-loss", Step.of(4, 0), Step::loss, 1);
    assertThat(figures.means()).isEqualTo(Map.of("g-loss", 2.5));
  }

  @Test
  void areNotWaitedForUntilSoManyAreOpen() {
    StepFigures figures = figures(Map.of());
    for (int i = 0; i < StepFigures.MOST_OPEN; i++) {
      figures.add("g-loss", late(i), Step::loss, 1);
    }
    assertThat(waits).hasValue(0);
    assertThat(figures.means()).isEmpty();
    figures.add("g-loss", late(7), Step::loss, 1);
    assertThat(waits).hasValue(1);
    assertThat(figures.means()).isEqualTo(Map.of("g-loss", 0.0));
  }

  @Test
  void areAllThereAfterSettlingAndInText() {
    StepFigures figures = figures(Map.of());
    figures.add("g-loss", late(1), Step::loss, 1);
    figures.add("g-loss", late(2), Step::loss, 1);
    StepFigures reread = figures(figures.text(1.5));
    assertThat(reread.means()).isEqualTo(Map.of("g-loss", 1.5)).isEqualTo(figures.means());
    assertThat(reread.secondsBefore()).isEqualTo(1.5);
  }

  @Test
  void thatAreNoNumbersAreFoundWithinTheWindow() {
    StepFigures figures = figures(Map.of());
    figures.add("d-loss", late(Float.NaN), Step::loss, 1);
    for (int i = 1; i < StepFigures.MOST_OPEN; i++) {
      figures.add("d-loss", late(0), Step::loss, 1);
    }
    assertThatThrownBy(() -> figures.add("d-loss", late(0), Step::loss, 1))
        .hasMessage("d-loss became NaN");
  }

  @Test
  void thatAreNoNumbersAreFoundAtTheEndOfTheStep() {
    StepFigures figures = figures(Map.of());
    figures.add("d-loss", late(Float.POSITIVE_INFINITY), Step::loss, 1);
    assertThatThrownBy(figures::settle).hasMessage("d-loss became Infinity");
  }
}
