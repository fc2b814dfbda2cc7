package org.seqgan.testkit.operation;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.operation.Unary;

/** Random inputs for {@link Unary}. */
final class UnaryProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return problems(numbers, 13, 67);
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return problems(numbers, 3, 4);
  }

  private static List<Problem> problems(Numbers numbers, int n, int width) {
    List<Problem> problems = new ArrayList<>();
    for (UnaryOperation function : UnaryOperation.values()) {
      problems.add(
          Problem.of(
                  "unary " + function + " [" + n + ", " + width + "]",
                  1,
                  call -> new Unary(function, call.in("a")))
              .with("a", domain(function, numbers, n * width), n, width));
    }
    return problems;
  }

  /** Away from the pole of a logarithm or a root. */
  private static float[] domain(UnaryOperation function, Numbers numbers, int count) {
    float[] values = numbers.symmetric(count);
    if (function == UnaryOperation.LOG || function == UnaryOperation.SQRT) {
      for (int i = 0; i < count; i++) {
        values[i] = 1.5f + values[i];
      }
    }
    return values;
  }
}
