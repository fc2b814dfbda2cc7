package org.seqgan.testkit.operation;

import java.util.List;
import org.seqgan.api.operation.GumbelNoise;
import org.seqgan.api.random.RandomDraws;

/** Random draws for {@link GumbelNoise}. */
final class GumbelNoiseProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(problem(numbers, 1, 1), problem(numbers, 13, 67), problem(numbers, 67, 3));
  }

  @Override
  public List<Problem> severalBlocks(Numbers numbers) {
    return List.of(problem(numbers, 257, 301));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "noise is [2, 3], but there are 5 draws",
            s -> new GumbelNoise(new RandomDraws(1, 0, 1, 5), 2, 3)));
  }

  private static Problem problem(Numbers numbers, int n, int width) {
    RandomDraws draws = numbers.stream().draws(n * width);
    return Problem.of(
        "gumbelNoise [" + n + ", " + width + "]", 1, call -> new GumbelNoise(draws, n, width));
  }
}
