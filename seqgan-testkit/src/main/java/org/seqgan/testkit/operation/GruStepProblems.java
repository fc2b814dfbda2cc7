package org.seqgan.testkit.operation;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.operation.GruStep;

/** Random inputs for {@link GruStep}. */
final class GruStepProblems extends OperationProblems {
  private static final int[][] SIZES = {
    {1, 1, 1}, {1, 67, 3}, {13, 3, 67}, {67, 13, 1}, {5, 130, 33}
  };

  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return Arrays.stream(SIZES).map(size -> problem(numbers, size[0], size[1], size[2])).toList();
  }

  @Override
  public List<Problem> severalBlocks(Numbers numbers) {
    return List.of(problem(numbers, 1030, 501, 32));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "table[V, 3H] is [5, 6], ids[n] [3], U[H, 3H] [2, 6], c[H] [2], h[n, H] [4, 2]",
            s ->
                new GruStep(
                    s.zeros(5, 6),
                    s.ints(new int[3], 3),
                    s.zeros(2, 6),
                    s.zeros(2),
                    s.zeros(4, 2))));
  }

  /** Two steps, so that what the first left in h is read. */
  private static Problem problem(Numbers numbers, int n, int vocabulary, int hidden) {
    int[] ids = numbers.ids(n, vocabulary);
    return Problem.repeated(
            "gruStep of " + n + " rows, V=" + vocabulary + ", H=" + hidden,
            3 * hidden,
            2,
            (call, time) ->
                new GruStep(
                    call.in("table"), call.ints(ids), call.in("U"), call.in("c"), call.in("h")))
        .with("table", numbers.symmetric(vocabulary * 3 * hidden), vocabulary, 3 * hidden)
        .with("U", numbers.symmetric(hidden * 3 * hidden), hidden, 3 * hidden)
        .with("c", numbers.symmetric(hidden), hidden)
        .with("h", numbers.symmetric(n * hidden), n, hidden)
        .changing("h");
  }
}
