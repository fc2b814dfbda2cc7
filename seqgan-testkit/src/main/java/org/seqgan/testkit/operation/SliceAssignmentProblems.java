package org.seqgan.testkit.operation;

import java.util.List;
import org.seqgan.api.operation.SliceAssignment;

/** Random inputs for {@link SliceAssignment}. */
final class SliceAssignmentProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(
        problem(numbers, 5, 13, 3, 9),
        problem(numbers, 5, 13, 0, 13),
        problem(numbers, 5, 3, 3, 3));
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(problem(numbers, 2, 5, 1, 3));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "2 to 5 is outside axis 1 of shape [2, 4]",
            s -> new SliceAssignment(s.zeros(2, 4), s.zeros(2, 3), 1, 2)),
        new Misfit(
            "[2, 4] and [3, 3] differ beside axis 1",
            s -> new SliceAssignment(s.zeros(2, 4), s.zeros(3, 3), 1, 0)),
        new Misfit(
            "[2, 4] and [2] differ beside axis 1",
            s -> new SliceAssignment(s.zeros(2, 4), s.zeros(2), 1, 0)));
  }

  private static Problem problem(Numbers numbers, int n, int width, int from, int to) {
    return Problem.of(
            "sliceAssignment " + from + " to " + to + " of [" + n + ", " + width + "]",
            1,
            call -> new SliceAssignment(call.in("target"), call.in("part"), 1, from))
        .with("target", numbers.symmetric(n * width), n, width)
        .with("part", numbers.symmetric(n * (to - from)), n, to - from);
  }
}
