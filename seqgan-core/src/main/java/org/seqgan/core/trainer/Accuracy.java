package org.seqgan.core.trainer;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Reading;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.model.Step;
import org.seqgan.core.statistics.Guess;

/**
 * How often a discriminator is right while it is trained by a loss on the tape: what the loss is
 * made of is noted on the way, and read when the step's other figures are. So it costs no scoring,
 * and is of the batch as the discriminator saw it before the step, dropout and all. Of one step.
 */
final class Accuracy {
  /** The figure of all trainers. */
  static final String FIGURE = "d-accuracy";

  /** Of discriminators whose scores say of each sequence whether it is real. */
  static final String OF_CLASSES =
      "share of its training batches, real and generated, that the discriminator got right as it learned from them, dropout and all, mean over the step; 0.5 for chance";

  /** Of critics whose scores mean something beside one another alone. */
  static final String OF_PAIRS =
      "share of its training batches' pairs in which the critic scored the real sequence above the generated one as it learned from them, mean over the step; 0.5 for chance";

  private List<Reading> scores = List.of();

  /**
   * Notes what a loss is made of.
   *
   * @param ofReal scores of real sequences, {@code [n]}
   * @param ofFake scores of generated ones, {@code [m]}
   */
  void note(Tape tape, Variable ofReal, Variable ofFake) {
    scores =
        List.of(tape.scope().readLater(ofReal.value()), tape.scope().readLater(ofFake.value()));
  }

  /**
   * The step with its accuracy.
   *
   * @param step whose loss has noted its scores
   * @param share of the scores of real and of generated sequences
   */
  Step of(Step step, ToDoubleBiFunction<float[], float[]> share) {
    Reading ofReal = scores.get(0);
    Reading ofFake = scores.get(1);
    return step.withAccuracy(
        () -> share.applyAsDouble(ofReal.get(), ofFake.get()),
        () -> ofReal.isDone() && ofFake.isDone());
  }

  /**
   * The mean of two shares: of real sequences those above the threshold, of generated ones those
   * below. What is on it is half right.
   */
  static double ofClasses(float[] ofReal, float[] ofFake, float threshold) {
    double right = 0;
    for (float score : ofReal) {
      right += Guess.right(score - threshold) / ofReal.length;
    }
    for (float score : ofFake) {
      right += Guess.right(threshold - score) / ofFake.length;
    }
    return right / 2;
  }

  /** The share of pairs in which the real one has the higher score; equal ones are half right. */
  static double ofPairs(float[] ofReal, float[] ofFake) {
    double right = 0;
    for (int i = 0; i < ofReal.length; i++) {
      right += Guess.right(ofReal[i] - ofFake[i]);
    }
    return right / ofReal.length;
  }

  /** The values of the tokens of a batch, without padding. */
  static float[] ofTokens(float[] values, Sequences batch) {
    int[] cells = NextTokens.everyCell(batch);
    float[] ofTokens = new float[cells.length];
    for (int i = 0; i < cells.length; i++) {
      ofTokens[i] = values[cells[i]];
    }
    return ofTokens;
  }
}
