package org.seqgan.testkit.operation;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.operation.SoftmaxCrossEntropy;

/** Random inputs for {@link SoftmaxCrossEntropy}. */
final class SoftmaxCrossEntropyProblems extends OperationProblems {
  private static final int[][] SIZES = {
    {1, 1, 1}, {1, 67, 3}, {13, 3, 67}, {67, 13, 1}, {5, 130, 33}
  };

  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return Arrays.stream(SIZES).map(size -> problem(numbers, size[0], size[2] + 1)).toList();
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(problem(numbers, 4, 3));
  }

  @Override
  public List<Problem> severalBlocks(Numbers numbers) {
    return List.of(problem(numbers, 1025, 2));
  }

  @Override
  public List<Problem> hardNumbers(Numbers numbers) {
    return hardLogits(67).stream()
        .map(logits -> problem(numbers, 1, 67).replacing("logits", logits))
        .toList();
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "logits are [2, 3], labels [3]",
            s -> new SoftmaxCrossEntropy(s.zeros(2, 3), s.ints(new int[3], 3))));
  }

  private static Problem problem(Numbers numbers, int n, int classes) {
    int[] labels = numbers.ids(n, classes);
    return Problem.of(
            "softmaxCrossEntropy [" + n + ", " + classes + "]",
            Math.max(n, classes),
            call -> new SoftmaxCrossEntropy(call.in("logits"), call.ints(labels)))
        .with("logits", numbers.symmetric(n * classes), n, classes);
  }
}
