package org.seqgan.testkit.operation;

import java.util.List;
import org.seqgan.api.operation.Windows;

/** Random inputs for {@link Windows}. */
final class WindowsProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(
        problem(numbers, 1, 1, 1, 1, 0),
        problem(numbers, 5, 13, 7, 3, 0),
        problem(numbers, 3, 7, 5, 4, 2),
        problem(numbers, 3, 2, 5, 5, 2),
        problem(numbers, 2, 3, 5, 1, 1));
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(problem(numbers, 2, 4, 2, 3, 1));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "windows of 6 positions, but x[B, T, C] is [2, 3, 4] with 1 zeros at both ends",
            s -> new Windows(s.zeros(2, 3, 4), 6, 1)),
        new Misfit(
            "windows of 0 positions, but x[B, T, C] is [2, 3, 4] with 0 zeros at both ends",
            s -> new Windows(s.zeros(2, 3, 4), 0, 0)));
  }

  private static Problem problem(
      Numbers numbers, int batch, int time, int channels, int width, int padding) {
    return Problem.of(
            "windows of %d in [%d, %d, %d], padding %d"
                .formatted(width, batch, time, channels, padding),
            width,
            call -> new Windows(call.in("x"), width, padding))
        .with("x", numbers.symmetric(batch * time * channels), batch, time, channels);
  }
}
