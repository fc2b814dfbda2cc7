package org.seqgan.testkit.operation;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.operation.Dropout;
import org.seqgan.api.random.RandomDraws;

/** Random inputs for {@link Dropout}. */
final class DropoutProblems extends OperationProblems {
  private static final int[][] SIZES = {
    {1, 1, 1}, {1, 67, 3}, {13, 3, 67}, {67, 13, 1}, {5, 130, 33}
  };

  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return Arrays.stream(SIZES).map(size -> problem(numbers, size[0], size[2], 0.75f)).toList();
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(problem(numbers, 3, 5, 0.7f));
  }

  @Override
  public List<Problem> severalBlocks(Numbers numbers) {
    return List.of(problem(numbers, 257, 301, 0.75f));
  }

  @Override
  public List<Misfit> misfits() {
    RandomDraws draws = new RandomDraws(1, 0, 1, 3);
    return List.of(
        new Misfit(
            "x is [2, 3], but there are 3 draws", s -> new Dropout(s.zeros(2, 3), 0.5f, draws)),
        new Misfit(
            "keep must be above 0 and at most 1, found 0.0",
            s -> new Dropout(s.zeros(3), 0f, draws)));
  }

  private static Problem problem(Numbers numbers, int n, int width, float keep) {
    RandomDraws draws = numbers.stream().draws(n * width);
    return Problem.of(
            "dropout [" + n + ", " + width + "] keeping " + keep,
            1,
            call -> new Dropout(call.in("x"), keep, draws))
        .with("x", numbers.symmetric(n * width), n, width);
  }
}
