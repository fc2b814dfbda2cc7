package org.seqgan.testkit.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.operation.Linear;

/** Random inputs for {@link Linear}. */
final class LinearProblems extends OperationProblems {
  private static final int[][] SIZES = {
    {1, 1, 1}, {1, 67, 3}, {13, 3, 67}, {67, 13, 1}, {5, 130, 33}
  };

  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    List<Problem> problems = new ArrayList<>();
    for (int[] size : SIZES) {
      for (Activation activation : Activation.values()) {
        problems.add(problem(numbers, size[0], size[1], size[2], activation));
      }
    }
    return problems;
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return Arrays.stream(Activation.values())
        .map(activation -> problem(numbers, 3, 4, 5, activation))
        .toList();
  }

  @Override
  public List<Problem> severalBlocks(Numbers numbers) {
    return List.of(problem(numbers, 257, 300, 129, Activation.TANH));
  }

  @Override
  public List<Problem> hardNumbers(Numbers numbers) {
    float[] bias = alternating(80, 67);
    return List.of(
        problem(numbers, 3, 5, 67, Activation.SIGMOID).replacing("b", bias),
        problem(numbers, 3, 5, 67, Activation.TANH).replacing("b", bias));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "x[n, i] is [2, 3], W[i, o] [4, 5], b[o] [5]",
            s -> new Linear(s.zeros(2, 3), s.zeros(4, 5), s.zeros(5), Activation.RELU)));
  }

  private static Problem problem(Numbers numbers, int n, int i, int o, Activation activation) {
    return Problem.of(
            "linear [" + n + ", " + i + "] to " + o + " " + activation,
            Math.max(n, Math.max(i, o)),
            call -> new Linear(call.in("x"), call.in("W"), call.in("b"), activation))
        .with("x", numbers.symmetric(n * i), n, i)
        .with("W", numbers.symmetric(i * o), i, o)
        .with("b", numbers.symmetric(o), o);
  }
}
