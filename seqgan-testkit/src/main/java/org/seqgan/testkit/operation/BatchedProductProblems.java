package org.seqgan.testkit.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seqgan.api.operation.BatchedProduct;

/** Random inputs for {@link BatchedProduct}. */
final class BatchedProductProblems extends OperationProblems {
  /** Batch, m, k and n: tiny products, one row, one column, one term, and larger ones. */
  private static final int[][] SIZES = {
    {1, 1, 1, 1}, {13, 1, 7, 5}, {7, 5, 3, 1}, {3, 13, 1, 33}, {5, 3, 67, 13}, {2, 33, 65, 67}
  };

  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return Arrays.stream(SIZES).flatMap(size -> transposed(numbers, size).stream()).toList();
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return transposed(numbers, new int[] {2, 3, 4, 2});
  }

  @Override
  public List<Problem> severalBlocks(Numbers numbers) {
    return List.of(
        problem(numbers, new int[] {1030, 1, 16, 20}, false, true),
        problem(numbers, new int[] {67, 40, 32, 40}, false, true),
        problem(numbers, new int[] {3, 301, 130, 257}, true, false));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "a[b, m, k] is [2, 3, 4], b[b, n, k] [2, 5, 3]",
            s -> new BatchedProduct(s.zeros(2, 3, 4), false, s.zeros(2, 5, 3), true)),
        new Misfit(
            "a[b, k, m] is [2, 3, 4], b[b, k, n] [3, 3, 5]",
            s -> new BatchedProduct(s.zeros(2, 3, 4), true, s.zeros(3, 3, 5), false)),
        new Misfit(
            "expected 3 axes, found shape [3, 4]",
            s -> new BatchedProduct(s.zeros(2, 3, 4), false, s.zeros(3, 4), true)));
  }

  private static List<Problem> transposed(Numbers numbers, int[] size) {
    List<Problem> problems = new ArrayList<>();
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        problems.add(problem(numbers, size, transposeA, transposeB));
      }
    }
    return problems;
  }

  private static Problem problem(
      Numbers numbers, int[] size, boolean transposeA, boolean transposeB) {
    int batch = size[0];
    int m = size[1];
    int k = size[2];
    int n = size[3];
    return Problem.of(
            "batchedProduct of %d [%d, %d]%s [%d, %d]%s"
                .formatted(batch, m, k, transposeA ? "'" : "", k, n, transposeB ? "'" : ""),
            Math.max(m, Math.max(k, n)),
            call -> new BatchedProduct(call.in("a"), transposeA, call.in("b"), transposeB))
        .with("a", numbers.symmetric(batch * m * k), batch, transposeA ? k : m, transposeA ? m : k)
        .with("b", numbers.symmetric(batch * k * n), batch, transposeB ? n : k, transposeB ? k : n);
  }
}
