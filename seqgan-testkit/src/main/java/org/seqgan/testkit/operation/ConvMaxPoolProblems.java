package org.seqgan.testkit.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.ConvMaxPool;
import org.seqgan.testkit.operation.Problem.Call;

/** Random inputs for {@link ConvMaxPool}. */
final class ConvMaxPoolProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(
        problem(numbers, 1, 1, 1, new int[] {1}, new int[] {1}),
        problem(numbers, 13, 7, 3, new int[] {1, 3, 7}, new int[] {1, 13, 5}),
        problem(numbers, 5, 13, 33, new int[] {2, 2, 13}, new int[] {3, 17, 67}));
  }

  /** Inputs in [-3, 3), so that few windows tie within a step of differences. */
  @Override
  public List<Problem> small(Numbers numbers) {
    Problem problem = problem(numbers, 3, 5, 2, new int[] {1, 2, 5}, new int[] {2, 3, 1});
    float[] x = problem.values("x");
    for (int i = 0; i < x.length; i++) {
      x[i] *= 3;
    }
    return List.of(problem.replacing("x", x));
  }

  @Override
  public List<Problem> severalBlocks(Numbers numbers) {
    return List.of(
        problem(numbers, 65, 20, 16, new int[] {1, 2, 3, 20}, new int[] {50, 60, 70, 33}));
  }

  @Override
  public List<Misfit> misfits() {
    return List.of(
        new Misfit(
            "filter width 5, but there are 4 positions: a width must be 1 to T",
            s -> misfit(s, new ConvMaxPool.Filters(5, s.zeros(15, 6), s.zeros(6)))),
        new Misfit(
            "width 2 with W[width * E, F] [7, 6] and b[F] [6], but E is 3",
            s -> misfit(s, new ConvMaxPool.Filters(2, s.zeros(7, 6), s.zeros(6)))));
  }

  private static ConvMaxPool misfit(TensorScope scope, ConvMaxPool.Filters filters) {
    return new ConvMaxPool(scope.zeros(2, 4, 3), List.of(filters), scope.ints(new int[] {4, 1}, 2));
  }

  @Override
  public List<Padded> padded(Numbers numbers) {
    int[] lengths = numbers.lengths(13, 5);
    Problem problem = problem(numbers, 5, 3, new int[] {1, 3, 5}, new int[] {2, 9, 4}, lengths);
    return List.of(new Padded(problem, lengths, 5, 3));
  }

  private static Problem problem(
      Numbers numbers, int batch, int time, int features, int[] widths, int[] outputs) {
    return problem(numbers, time, features, widths, outputs, numbers.lengths(batch, time));
  }

  private static Problem problem(
      Numbers numbers, int time, int features, int[] widths, int[] outputs, int[] lengths) {
    int batch = lengths.length;
    int sum = Arrays.stream(outputs).sum();
    Problem problem =
        Problem.of(
                "convMaxPool ["
                    + batch
                    + ", "
                    + time
                    + ", "
                    + features
                    + "], widths "
                    + Arrays.toString(widths)
                    + lengthsText(lengths),
                Math.max(batch, Math.max(time * features, sum)),
                call -> new ConvMaxPool(call.in("x"), bank(call, widths), call.ints(lengths)))
            .with("x", numbers.symmetric(batch * time * features), batch, time, features);
    return withFilters(problem, numbers, features, widths, outputs);
  }

  /** Adds the inputs that {@link #bank} takes. */
  static Problem withFilters(
      Problem problem, Numbers numbers, int features, int[] widths, int[] outputs) {
    for (int i = 0; i < widths.length; i++) {
      int rows = widths[i] * features;
      problem
          .with("W" + i, numbers.symmetric(rows * outputs[i]), rows, outputs[i])
          .with("b" + i, numbers.symmetric(outputs[i]), outputs[i]);
    }
    return problem;
  }

  static List<ConvMaxPool.Filters> bank(Call call, int[] widths) {
    List<ConvMaxPool.Filters> bank = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      bank.add(new ConvMaxPool.Filters(widths[i], call.in("W" + i), call.in("b" + i)));
    }
    return bank;
  }
}
