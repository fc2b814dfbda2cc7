package org.seqgan.testkit.operation;

import java.util.List;
import org.seqgan.api.operation.Lstm;

/** Random inputs for {@link Lstm}. */
final class LstmProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(
        problem(numbers, 1, 1, 1, 1),
        problem(numbers, 1, 13, 3, 7),
        problem(numbers, 13, 3, 67, 7),
        problem(numbers, 67, 13, 1, 7),
        problem(numbers, 5, 13, 33, 7),
        problem(numbers, 67, 5, 13, 32));
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(problem(numbers, 3, 4, 3, 2));
  }

  @Override
  public List<Problem> severalBlocks(Numbers numbers) {
    return List.of(problem(numbers, 65, 20, 32, 32));
  }

  @Override
  public List<Problem> hardNumbers(Numbers numbers) {
    return List.of(problem(numbers, 3, 5, 2, 3).replacing("x", alternating(80, 3 * 5 * 2)));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "x[B, T, E] is [2, 4, 3], W[E, 4H] [3, 8], U[H, 4H] [2, 8], b[4H] [8], lengths[B] [3]",
            s ->
                new Lstm(
                    s.zeros(2, 4, 3),
                    s.zeros(3, 8),
                    s.zeros(2, 8),
                    s.zeros(8),
                    s.ints(new int[3], 3))));
  }

  @Override
  public List<Padded> padded(Numbers numbers) {
    int[] lengths = numbers.lengths(13, 5);
    return List.of(new Padded(problem(numbers, 13, 5, 3, 7, lengths), lengths, 5, 3));
  }

  private static Problem problem(Numbers numbers, int batch, int time, int features, int hidden) {
    return problem(numbers, batch, time, features, hidden, numbers.lengths(batch, time));
  }

  private static Problem problem(
      Numbers numbers, int batch, int time, int features, int hidden, int[] lengths) {
    return Problem.of(
            "lstm ["
                + batch
                + ", "
                + time
                + ", "
                + features
                + "] to "
                + hidden
                + lengthsText(lengths),
            Math.max(batch * time, Math.max(features, 4 * hidden)),
            call ->
                new Lstm(
                    call.in("x"), call.in("W"), call.in("U"), call.in("b"), call.ints(lengths)))
        .with("x", numbers.symmetric(batch * time * features), batch, time, features)
        .with("W", numbers.symmetric(features * 4 * hidden), features, 4 * hidden)
        .with("U", numbers.symmetric(hidden * 4 * hidden), hidden, 4 * hidden)
        .with("b", numbers.symmetric(4 * hidden), 4 * hidden);
  }
}
