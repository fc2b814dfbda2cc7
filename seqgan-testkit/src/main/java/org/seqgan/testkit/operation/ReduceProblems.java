package org.seqgan.testkit.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.operation.Reduce;

/** Random inputs for {@link Reduce}. */
final class ReduceProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return problems(numbers, 5, 13, 7);
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return problems(numbers, 2, 3, 4);
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit("no axis 2 in shape [2, 3]", s -> new Reduce(Reduction.SUM, s.zeros(2, 3), 2)));
  }

  private static List<Problem> problems(Numbers numbers, int... shape) {
    List<Problem> problems = new ArrayList<>();
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    for (Reduction reduction : Reduction.values()) {
      for (int i = 0; i < shape.length; i++) {
        int axis = i;
        problems.add(
            Problem.of(
                    "reduce " + reduction + " of axis " + axis + " of " + Arrays.toString(shape),
                    shape[axis],
                    call -> new Reduce(reduction, call.in("a"), axis))
                .with("a", numbers.symmetric(size), shape));
      }
    }
    return problems;
  }
}
