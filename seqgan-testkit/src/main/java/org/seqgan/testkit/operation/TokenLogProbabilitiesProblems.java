package org.seqgan.testkit.operation;

import java.util.List;
import org.seqgan.api.operation.TokenLogProbabilities;

/** Random inputs for {@link TokenLogProbabilities}. */
final class TokenLogProbabilitiesProblems extends OutputLayerProblems {
  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "h is [2, 3], targets are [3]",
            s ->
                new TokenLogProbabilities(
                    s.zeros(2, 3), s.zeros(3, 5), s.zeros(5), s.ints(new int[3], 3))));
  }

  @Override
  Problem problem(Numbers numbers, int n, int hidden, int vocabulary) {
    int[] targets = numbers.ids(n, vocabulary);
    Problem problem =
        Problem.of(
            "tokenLogProbabilities of " + n + " rows, H=" + hidden + ", V=" + vocabulary,
            Math.max(hidden, vocabulary),
            call ->
                new TokenLogProbabilities(
                    call.in("h"), call.in("W"), call.in("b"), call.ints(targets)));
    return withLayer(problem, numbers, n, hidden, vocabulary);
  }
}
