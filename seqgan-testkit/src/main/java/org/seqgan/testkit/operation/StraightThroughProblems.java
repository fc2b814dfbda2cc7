package org.seqgan.testkit.operation;

import java.util.List;
import org.seqgan.api.operation.StraightThrough;

/** Random inputs for {@link StraightThrough}. */
final class StraightThroughProblems extends OperationProblems {
  @Override
  public boolean estimatesGradient() {
    return true;
  }

  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(problem(numbers, 13, 67), problem(numbers, 1, 1), problem(numbers, 67, 3));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "relaxed[n, V] is [2, 3], ids[n] [3]",
            s -> new StraightThrough(s.zeros(2, 3), s.ints(new int[3], 3))));
  }

  private static Problem problem(Numbers numbers, int n, int vocabulary) {
    int[] ids = numbers.ids(n, vocabulary);
    return Problem.of(
            "straightThrough [" + n + ", " + vocabulary + "]",
            1,
            call -> new StraightThrough(call.in("relaxed"), call.ints(ids)))
        .with("relaxed", numbers.unit(n * vocabulary), n, vocabulary);
  }
}
