package org.seqgan.testkit.operation;

import java.util.List;
import org.seqgan.api.operation.Fold;

/** Random inputs for {@link Fold}. */
final class FoldProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(
        problem(numbers, 1, 1, 1, 1, 0),
        problem(numbers, 5, 11, 7, 3, 0),
        problem(numbers, 3, 8, 5, 4, 2),
        problem(numbers, 2, 2, 5, 5, 2),
        problem(numbers, 2, 5, 3, 1, 1));
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(problem(numbers, 2, 4, 2, 3, 1));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "windows[B, T', width C] of 3 positions are [2, 5, 4], with 0 left out at both ends",
            s -> new Fold(s.zeros(2, 5, 4), 3, 0)),
        new Misfit(
            "windows[B, T', width C] of 1 positions are [2, 4, 4], with 2 left out at both ends",
            s -> new Fold(s.zeros(2, 4, 4), 1, 2)));
  }

  private static Problem problem(
      Numbers numbers, int batch, int windows, int channels, int width, int padding) {
    return Problem.of(
            "fold [%d, %d, %d x %d], padding %d"
                .formatted(batch, windows, width, channels, padding),
            width,
            call -> new Fold(call.in("windows"), width, padding))
        .with(
            "windows",
            numbers.symmetric(batch * windows * width * channels),
            batch,
            windows,
            width * channels);
  }
}
