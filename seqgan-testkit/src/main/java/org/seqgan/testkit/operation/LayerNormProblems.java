package org.seqgan.testkit.operation;

import java.util.List;
import org.seqgan.api.operation.LayerNorm;

/** Random inputs for {@link LayerNorm}. */
final class LayerNormProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(problem(numbers, 1, 1), problem(numbers, 13, 67), problem(numbers, 67, 3));
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(problem(numbers, 3, 5));
  }

  /** Rows of equal numbers have no variance. */
  @Override
  public List<Problem> hardNumbers(Numbers numbers) {
    return List.of(problem(numbers, 3, 5).replacing("x", new float[15]));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "x[n, d] is [2, 3], gain[d] [3], shift[d] [4]",
            s -> new LayerNorm(s.zeros(2, 3), s.zeros(3), s.zeros(4), 1e-5f)),
        new Misfit(
            "epsilon must be above 0, found 0.0",
            s -> new LayerNorm(s.zeros(2, 3), s.zeros(3), s.zeros(3), 0f)));
  }

  private static Problem problem(Numbers numbers, int n, int width) {
    return Problem.of(
            "layerNorm [" + n + ", " + width + "]",
            Math.max(n, width),
            call -> new LayerNorm(call.in("x"), call.in("gain"), call.in("shift"), 0.1f))
        .with("x", numbers.symmetric(n * width), n, width)
        .with("gain", numbers.symmetric(width), width)
        .with("shift", numbers.symmetric(width), width);
  }
}
