package org.seqgan.testkit.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.operation.Binary;

/** Random inputs for {@link Binary}. */
final class BinaryProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return problems(numbers, 13, 67);
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return problems(numbers, 3, 4);
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "ADD of [2, 3] and [2]: the second must have the first's shape, its last axis, or [1]",
            s -> new Binary(BinaryOperation.ADD, s.zeros(2, 3), s.zeros(2))));
  }

  private static List<Problem> problems(Numbers numbers, int n, int width) {
    List<Problem> problems = new ArrayList<>();
    for (BinaryOperation function : BinaryOperation.values()) {
      if (function != BinaryOperation.LESS) {
        problems.add(problem(numbers, function, n, width, n, width));
        problems.add(problem(numbers, function, n, width, width));
        problems.add(problem(numbers, function, n, width, 1));
      }
    }
    return problems;
  }

  /** The second is at least 1/2 away from 0, since some divide by it. */
  private static Problem problem(
      Numbers numbers, BinaryOperation function, int n, int width, int... second) {
    float[] divisors = numbers.symmetric(Arrays.stream(second).reduce(1, (a, b) -> a * b));
    for (int i = 0; i < divisors.length; i++) {
      divisors[i] += divisors[i] < 0 ? -0.5f : 0.5f;
    }
    return Problem.of(
            "binary " + function + " [" + n + ", " + width + "] with " + Arrays.toString(second),
            n * width,
            call -> new Binary(function, call.in("a"), call.in("b")))
        .with("a", numbers.symmetric(n * width), n, width)
        .with("b", divisors, second);
  }
}
