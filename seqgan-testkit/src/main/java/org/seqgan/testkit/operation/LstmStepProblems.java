package org.seqgan.testkit.operation;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.operation.LstmStep;

/** Random inputs for {@link LstmStep}. */
final class LstmStepProblems extends OperationProblems {
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
            "table[V, 4H] is [5, 8], ids[n] [3], U[H, 4H] [2, 8], h[n, H] [3, 2], c[n, H] [3, 3]",
            s ->
                new LstmStep(
                    s.zeros(5, 8),
                    s.ints(new int[3], 3),
                    s.zeros(2, 8),
                    s.zeros(3, 2),
                    s.zeros(3, 3))));
  }

  /** Two steps, so that what the first left in h and c is read. */
  private static Problem problem(Numbers numbers, int n, int vocabulary, int hidden) {
    int[] ids = numbers.ids(n, vocabulary);
    return Problem.repeated(
            "lstmStep of " + n + " rows, V=" + vocabulary + ", H=" + hidden,
            4 * hidden,
            2,
            (call, time) ->
                new LstmStep(
                    call.in("table"), call.ints(ids), call.in("U"), call.in("h"), call.in("c")))
        .with("table", numbers.symmetric(vocabulary * 4 * hidden), vocabulary, 4 * hidden)
        .with("U", numbers.symmetric(hidden * 4 * hidden), hidden, 4 * hidden)
        .with("h", numbers.symmetric(n * hidden), n, hidden)
        .with("c", numbers.symmetric(n * hidden), n, hidden)
        .changing("h", "c");
  }
}
