package org.seqgan.testkit.operation;

import java.util.List;
import org.seqgan.api.operation.LogSoftmax;

/** Random inputs for {@link LogSoftmax}. */
final class LogSoftmaxProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(problem(numbers, 13, 67), problem(numbers, 3, 1));
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(problem(numbers, 3, 4));
  }

  @Override
  public List<Problem> hardNumbers(Numbers numbers) {
    return hardLogits(67).stream()
        .map(logits -> problem(numbers, 1, 67).replacing("a", logits))
        .toList();
  }

  private static Problem problem(Numbers numbers, int n, int width) {
    return Problem.of(
            "logSoftmax [" + n + ", " + width + "]", width, call -> new LogSoftmax(call.in("a")))
        .with("a", numbers.symmetric(n * width), n, width);
  }
}
