package org.seqgan.testkit.operation;

import java.util.List;
import org.seqgan.api.operation.Embedding;

/** Random inputs for {@link Embedding}. */
final class EmbeddingProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(problem(numbers, 13, 67, 5), problem(numbers, 1, 1, 1));
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(problem(numbers, 5, 3, 2));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "expected 2 axes, found shape [3]",
            s -> new Embedding(s.zeros(3), s.ints(new int[2], 2))));
  }

  private static Problem problem(Numbers numbers, int n, int vocabulary, int width) {
    int[] ids = numbers.ids(n, vocabulary);
    return Problem.of(
            "embedding of " + n + " among " + vocabulary,
            n,
            call -> new Embedding(call.in("table"), call.ints(ids)))
        .with("table", numbers.symmetric(vocabulary * width), vocabulary, width);
  }
}
