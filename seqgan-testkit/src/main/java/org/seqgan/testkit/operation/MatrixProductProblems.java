package org.seqgan.testkit.operation;

import java.util.List;
import org.seqgan.api.operation.MatrixProduct;

/** Random inputs for {@link MatrixProduct}. */
final class MatrixProductProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(problem(numbers, 3, 67, 13), problem(numbers, 33, 5, 130));
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(problem(numbers, 3, 4, 2));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "a[m, k] is [2, 3], b[k, n] [4, 5]",
            s -> new MatrixProduct(s.zeros(2, 3), s.zeros(4, 5))));
  }

  private static Problem problem(Numbers numbers, int m, int k, int n) {
    return Problem.of(
            "matrixProduct [" + m + ", " + k + "] [" + k + ", " + n + "]",
            Math.max(m, Math.max(k, n)),
            call -> new MatrixProduct(call.in("a"), call.in("b")))
        .with("a", numbers.symmetric(m * k), m, k)
        .with("b", numbers.symmetric(k * n), k, n);
  }
}
