package org.seqgan.testkit.operation;

import java.util.List;
import org.seqgan.api.operation.Gru;

/** Random inputs for {@link Gru}. */
final class GruProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(
        problem(numbers, 1, 1, 1, 1),
        problem(numbers, 1, 13, 3, 7),
        problem(numbers, 13, 3, 67, 7),
        problem(numbers, 67, 5, 13, 33));
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
            "x[B, T, E] is [2, 4, 3], W[E, 3H] [3, 6], U[H, 3H] [2, 6], b[3H] [6], c[H] [6],"
                + " lengths[B] [2]",
            s ->
                new Gru(
                    s.zeros(2, 4, 3),
                    s.zeros(3, 6),
                    s.zeros(2, 6),
                    s.zeros(6),
                    s.zeros(6),
                    s.ints(new int[2], 2))));
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
            "gru [%d, %d, %d] to %d%s"
                .formatted(batch, time, features, hidden, lengthsText(lengths)),
            Math.max(batch * time, Math.max(features, 3 * hidden)),
            call ->
                new Gru(
                    call.in("x"),
                    call.in("W"),
                    call.in("U"),
                    call.in("b"),
                    call.in("c"),
                    call.ints(lengths)))
        .with("x", numbers.symmetric(batch * time * features), batch, time, features)
        .with("W", numbers.symmetric(features * 3 * hidden), features, 3 * hidden)
        .with("U", numbers.symmetric(hidden * 3 * hidden), hidden, 3 * hidden)
        .with("b", numbers.symmetric(3 * hidden), 3 * hidden)
        .with("c", numbers.symmetric(hidden), hidden);
  }
}
