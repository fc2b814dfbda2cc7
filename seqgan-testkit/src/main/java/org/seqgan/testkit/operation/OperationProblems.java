package org.seqgan.testkit.operation;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.seqgan.api.backend.Operation;
import org.seqgan.api.backend.TensorScope;

/** Random inputs for one operation. */
public abstract class OperationProblems {
  /** Sizes that fit no block and no vector. */
  public abstract List<Problem> oddSizes(Numbers numbers);

  /**
   * Sizes that are small enough for finite differences by every input; some for every operation
   * with a gradient.
   */
  public List<Problem> small(Numbers numbers) {
    return List.of();
  }

  /**
   * Whether the gradient is an estimate by design, so that there is nothing to compare it with by
   * finite differences.
   */
  public boolean estimatesGradient() {
    return false;
  }

  /** Sizes that a backend spreads over several blocks of work. */
  public List<Problem> severalBlocks(Numbers numbers) {
    return List.of();
  }

  /** Numbers that overflow where a formula is not written with care. */
  public List<Problem> hardNumbers(Numbers numbers) {
    return List.of();
  }

  /** Sequences of unequal lengths, for an operation in which their padding must not matter. */
  public List<Padded> padded(Numbers numbers) {
    return List.of();
  }

  /**
   * A problem whose input {@code x [B, T, E]} holds sequences.
   *
   * @param lengths {@code [B]}, 1..T
   */
  public record Padded(Problem problem, int[] lengths, int time, int features) {}

  /** Shapes that do not fit; some for every operation of more than one input. */
  public List<Misfit> misfits() {
    return List.of();
  }

  /**
   * Shapes that do not fit.
   *
   * @param message what the error says, after the names of operation and backend
   * @param operation makes it
   */
  public record Misfit(String message, Function<TensorScope, Operation<?>> operation) {}

  /** {@code size} and {@code -size} in turn. */
  static float[] alternating(float size, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i % 2 == 0 ? size : -size;
    }
    return values;
  }

  /** Logits of 80 and -80, all equal, and forbidden by -1e30. */
  static List<float[]> hardLogits(int count) {
    float[] forbidden = new float[count];
    for (int v = 0; v < count; v += 3) {
      forbidden[v] = -1e30f;
    }
    return List.of(alternating(80, count), new float[count], forbidden);
  }

  static String lengthsText(int[] lengths) {
    return lengths.length > 5 ? ", mixed lengths" : ", lengths " + Arrays.toString(lengths);
  }
}
