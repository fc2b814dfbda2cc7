package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.model.Step;

@DisplayName("The accuracy of a discriminator while it learns")
class AccuracyTest {
  private static final float[] REAL = {2, 0, -1, 3};
  private static final float[] FAKE = {-2, 0, 0.25f, 3};

  @Test
  void ofClassesIsTheMeanOfBothShares() {
    // Above 0 are 2 of 4 and a half; below 0 are 1 of 4 and a half.
    assertThat(Accuracy.ofClasses(REAL, FAKE, 0)).isEqualTo((2.5 / 4 + 1.5 / 4) / 2);
    // Above a half are 2 of 4; below a half are 3 of 4.
    assertThat(Accuracy.ofClasses(REAL, FAKE, 0.5f)).isEqualTo((2.0 / 4 + 3.0 / 4) / 2);
  }

  @Test
  void ofClassesDoesNotDependOnHowManyThereAreOfEach() {
    float[] all = {1, 1, 1, 1, 1, 1};
    float[] one = {1};
    assertThat(Accuracy.ofClasses(all, one, 0)).isCloseTo(0.5, within(1e-12));
    assertThat(Accuracy.ofClasses(one, all, 0)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void ofPairsIsTheShareInWhichTheRealOneIsAbove() {
    // Above, equal, below, equal.
    assertThat(Accuracy.ofPairs(REAL, FAKE)).isEqualTo(2.0 / 4);
    assertThat(Accuracy.ofPairs(new float[] {101, 102}, new float[] {100, 101})).isEqualTo(1);
  }

  @Test
  void ofACriticThatSaysTheSameOfAllIsAHalf() {
    float[] same = {0.5f, 0.5f, 0.5f};
    for (GanLoss loss : GanLoss.values()) {
      assertThat(loss.accuracy(same, same)).as("%s", loss).isCloseTo(0.5, within(1e-12));
    }
  }

  @Test
  void knowsTheThresholdOfEveryLoss() {
    float[] real = {0.75f};
    float[] fake = {0.25f};
    assertThat(GanLoss.LEAST_SQUARES.accuracy(real, fake)).isEqualTo(1);
    assertThat(GanLoss.RELATIVISTIC.accuracy(real, fake)).isEqualTo(1);
    assertThat(GanLoss.STANDARD.accuracy(real, fake)).isEqualTo(0.5);
    assertThat(GanLoss.HINGE.accuracy(real, fake)).isEqualTo(0.5);
  }

  @Test
  void leavesPaddingOut() {
    Sequences batch = Sequences.of(new int[] {1, 0, 0, 2, 3, 0}, new int[] {1, 2}, 3);
    assertThat(Accuracy.ofTokens(new float[] {1, 9, 9, 2, 3, 9}, batch)).containsExactly(1, 2, 3);
  }

  @Test
  void isToldByAStepThatIsDoneOnceItIs() {
    AtomicBoolean here = new AtomicBoolean();
    Step plain = Step.of(1, 2);
    Step step = plain.withAccuracy(() -> 0.75, here::get);
    assertThat(step.tellsAccuracy()).isTrue();
    assertThat(step.isDone()).isFalse();
    here.set(true);
    assertThat(step.isDone()).isTrue();
    assertThat(step.loss()).isEqualTo(1);
    assertThat(step.accuracy()).isEqualTo(0.75);
    assertThat(step).isNotEqualTo(plain).isEqualTo(plain.withAccuracy(() -> 0.75, () -> true));
    assertThatThrownBy(plain::accuracy).isInstanceOf(IllegalStateException.class);
  }
}
