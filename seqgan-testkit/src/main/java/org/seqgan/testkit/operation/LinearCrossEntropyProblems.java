package org.seqgan.testkit.operation;

import java.util.List;
import org.seqgan.api.operation.LinearCrossEntropy;

/** Random inputs for {@link LinearCrossEntropy}. */
final class LinearCrossEntropyProblems extends OutputLayerProblems {
  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(problem(numbers, 4, 3, 5));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "h is [2, 3], targets are [2], weights of tokens [1]",
            s ->
                new LinearCrossEntropy(
                    s.zeros(2, 3), s.zeros(3, 5), s.zeros(5), s.ints(new int[2], 2), s.zeros(1))));
  }

  @Override
  Problem problem(Numbers numbers, int n, int hidden, int vocabulary) {
    int[] targets = numbers.ids(n, vocabulary);
    float[] tokenWeights = numbers.symmetric(n);
    tokenWeights[n - 1] = n > 1 ? 0 : 1;
    Problem problem =
        Problem.of(
            "linearCrossEntropy of " + n + " rows, H=" + hidden + ", V=" + vocabulary,
            Math.max(n, Math.max(hidden, vocabulary)),
            call ->
                new LinearCrossEntropy(
                    call.in("h"),
                    call.in("W"),
                    call.in("b"),
                    call.ints(targets),
                    call.in("token weights")));
    return withLayer(problem, numbers, n, hidden, vocabulary)
        .with("token weights", tokenWeights, n);
  }
}
