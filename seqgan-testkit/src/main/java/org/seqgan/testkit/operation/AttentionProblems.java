package org.seqgan.testkit.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.Attention;

/** Random inputs for {@link Attention}. */
final class AttentionProblems extends OperationProblems {
  /**
   * Sizes of one problem.
   *
   * @param width of one head
   */
  private record Sizes(int batch, int queries, int keys, int heads, int width) {
    int depth() {
      return heads * width;
    }
  }

  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    List<Problem> problems = new ArrayList<>();
    for (Sizes sizes :
        List.of(
            new Sizes(1, 1, 1, 1, 1),
            new Sizes(5, 7, 3, 2, 5),
            new Sizes(13, 1, 7, 3, 4),
            new Sizes(3, 5, 13, 1, 67))) {
      problems.add(problem(numbers, sizes, false, null));
      problems.add(problem(numbers, sizes, false, numbers.lengths(sizes.batch, sizes.keys)));
    }
    Sizes square = new Sizes(5, 13, 13, 2, 7);
    problems.add(problem(numbers, square, true, null));
    problems.add(problem(numbers, square, true, numbers.lengths(5, 13)));
    return problems;
  }

  @Override
  public List<Problem> small(Numbers numbers) {
    return List.of(
        problem(numbers, new Sizes(2, 2, 3, 2, 2), false, new int[] {3, 2}),
        problem(numbers, new Sizes(1, 3, 3, 1, 2), true, null));
  }

  @Override
  public List<Problem> severalBlocks(Numbers numbers) {
    return List.of(
        problem(numbers, new Sizes(67, 40, 40, 4, 16), true, null),
        problem(numbers, new Sizes(301, 1, 20, 4, 16), false, numbers.lengths(301, 20)));
  }

  /** Products of thousands. */
  @Override
  public List<Problem> hardNumbers(Numbers numbers) {
    Sizes sizes = new Sizes(2, 3, 5, 1, 4);
    return List.of(
        problem(numbers, sizes, false, null)
            .replacing("q", alternating(80, 2 * 3 * 4))
            .replacing("k", alternating(80, 2 * 5 * 4)));
  }

  /** Once with the keys and once with the values as what is padded. */
  @Override
  public List<Padded> padded(Numbers numbers) {
    Sizes sizes = new Sizes(5, 3, 7, 2, 3);
    int[] lengths = numbers.lengths(5, 7);
    return List.of(
        new Padded(problem(numbers, sizes, false, lengths, "x", "v"), lengths, 7, 6),
        new Padded(problem(numbers, sizes, false, lengths, "k", "x"), lengths, 7, 6));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "q[B, Tq, D] is [2, 3, 4], k[B, Tk, D] [2, 5, 6], v[B, Tk, D] [2, 5, 6]",
            s -> attention(s, s.zeros(2, 5, 6), s.zeros(2, 5, 6), 2, false)),
        new Misfit(
            "q[B, Tq, D] is [2, 3, 4], k[B, Tk, D] [2, 5, 4], v[B, Tk, D] [2, 6, 4]",
            s -> attention(s, s.zeros(2, 5, 4), s.zeros(2, 6, 4), 2, false)),
        new Misfit(
            "3 heads do not divide q[B, Tq, D] [2, 3, 4]",
            s -> attention(s, s.zeros(2, 5, 4), s.zeros(2, 5, 4), 3, false)),
        new Misfit(
            "causal, but there are 3 queries and 5 keys",
            s -> attention(s, s.zeros(2, 5, 4), s.zeros(2, 5, 4), 2, true)),
        new Misfit(
            "lengths are [3] for 2 entries",
            s -> {
              Tensor keys = s.zeros(2, 5, 4);
              Optional<IntTensor> lengths = Optional.of(s.ints(new int[3], 3));
              return new Attention(s.zeros(2, 3, 4), keys, keys, 2, 1f, false, lengths);
            }));
  }

  private static Attention attention(
      TensorScope scope, Tensor keys, Tensor values, int heads, boolean causal) {
    return new Attention(scope.zeros(2, 3, 4), keys, values, heads, 1f, causal, Optional.empty());
  }

  private static Problem problem(
      Numbers numbers, Sizes sizes, boolean causal, int @Nullable [] lengths) {
    return problem(numbers, sizes, causal, lengths, "k", "v");
  }

  private static Problem problem(
      Numbers numbers,
      Sizes sizes,
      boolean causal,
      int @Nullable [] lengths,
      String keys,
      String values) {
    int size = sizes.batch * sizes.keys * sizes.depth();
    return Problem.of(
            (causal ? "causal attention " : "attention ")
                + sizes
                + (lengths == null ? "" : lengthsText(lengths)),
            Math.max(Math.max(sizes.queries, sizes.keys), sizes.width),
            call ->
                new Attention(
                    call.in("q"),
                    call.in(keys),
                    call.in(values),
                    sizes.heads,
                    (float) (1 / Math.sqrt(sizes.width)),
                    causal,
                    Optional.ofNullable(lengths).map(call::ints)))
        .with(
            "q",
            numbers.symmetric(sizes.batch * sizes.queries * sizes.depth()),
            sizes.batch,
            sizes.queries,
            sizes.depth())
        .with(keys, numbers.symmetric(size), sizes.batch, sizes.keys, sizes.depth())
        .with(values, numbers.symmetric(size), sizes.batch, sizes.keys, sizes.depth());
  }
}
