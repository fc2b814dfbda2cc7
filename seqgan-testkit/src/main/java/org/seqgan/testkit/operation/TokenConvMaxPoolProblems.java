package org.seqgan.testkit.operation;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.operation.ConvMaxPool;
import org.seqgan.api.operation.TokenConvMaxPool;

/** Random inputs for {@link TokenConvMaxPool}. */
final class TokenConvMaxPoolProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(
        problem(numbers, 1, 1, 1, 1, new int[] {1}, new int[] {1}),
        problem(numbers, 13, 7, 5, 3, new int[] {1, 3, 7}, new int[] {1, 13, 5}),
        problem(numbers, 5, 13, 67, 33, new int[] {2, 2, 13}, new int[] {3, 17, 67}));
  }

  @Override
  public List<Problem> severalBlocks(Numbers numbers) {
    return List.of(
        problem(numbers, 65, 20, 31, 16, new int[] {1, 2, 3, 20}, new int[] {50, 60, 70, 33}));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "width 2 with W[width * E, F] [7, 6] and b[F] [6], but E is 3",
            s ->
                new TokenConvMaxPool(
                    s.zeros(5, 3),
                    s.ints(new int[2 * 4], 2, 4),
                    List.of(new ConvMaxPool.Filters(2, s.zeros(7, 6), s.zeros(6))),
                    s.ints(new int[] {4, 1}, 2))));
  }

  private static Problem problem(
      Numbers numbers,
      int batch,
      int time,
      int vocabulary,
      int features,
      int[] widths,
      int[] outputs) {
    int[] lengths = numbers.lengths(batch, time);
    int[] ids = numbers.ids(batch * time, vocabulary);
    Problem problem =
        Problem.of(
                "tokenConvMaxPool of ["
                    + batch
                    + ", "
                    + time
                    + "] among "
                    + vocabulary
                    + ", widths "
                    + Arrays.toString(widths),
                Math.max(time * features, Arrays.stream(outputs).sum()),
                call ->
                    new TokenConvMaxPool(
                        call.in("table"),
                        call.scope().ints(ids, batch, time),
                        ConvMaxPoolProblems.bank(call, widths),
                        call.ints(lengths)))
            .with("table", numbers.symmetric(vocabulary * features), vocabulary, features);
    return ConvMaxPoolProblems.withFilters(problem, numbers, features, widths, outputs);
  }
}
