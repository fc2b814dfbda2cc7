package org.seqgan.testkit.operation;

import java.util.List;
import java.util.Optional;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.operation.SampleTokens;
import org.seqgan.api.random.RandomDraws;

/** Random inputs for {@link SampleTokens}. */
final class SampleTokensProblems extends OperationProblems {
  /** None: near a boundary, rounding may decide; the contract has tests of its own for that. */
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of();
  }

  @Override
  public List<Problem> severalBlocks(Numbers numbers) {
    return List.of(
        problem(numbers, 1000, 32, 501, Decoding.SAMPLE),
        problem(numbers, 1000, 32, 501, new Decoding(0.7f, 50, 0.9f)));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "h is [2, 3], but there are 3 draws and out is [2]",
            s ->
                new SampleTokens(
                    s.zeros(2, 3),
                    s.zeros(3, 5),
                    s.zeros(5),
                    Decoding.SAMPLE,
                    new RandomDraws(1, 0, 1, 3),
                    s.allocateInts(2))),
        new Misfit(
            "h is [2, 3], but the numbers of draws are [3]",
            s ->
                new SampleTokens(
                    s.zeros(2, 3),
                    s.zeros(3, 5),
                    s.zeros(5),
                    Decoding.SAMPLE,
                    new RandomDraws(1, 0, 1, 7),
                    Optional.of(s.ints(new int[] {4, 5, 6}, 3)),
                    s.allocateInts(2))));
  }

  private static Problem problem(
      Numbers numbers, int n, int hidden, int vocabulary, Decoding decoding) {
    RandomDraws draws = numbers.stream().draws(n);
    return Problem.of(
            "sampleTokens of " + n + " rows, V=" + vocabulary + ", " + decoding,
            hidden,
            call ->
                new SampleTokens(
                    call.in("h"),
                    call.in("W"),
                    call.in("b"),
                    decoding,
                    draws,
                    call.scope().allocateInts(n)))
        .with("h", numbers.symmetric(n * hidden), n, hidden)
        .with("W", numbers.symmetric(hidden * vocabulary), hidden, vocabulary)
        .with("b", numbers.symmetric(vocabulary), vocabulary);
  }
}
