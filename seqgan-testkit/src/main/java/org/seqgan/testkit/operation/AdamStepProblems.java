package org.seqgan.testkit.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seqgan.api.operation.AdamStep;
import org.seqgan.testkit.operation.Problem.Call;

/** Random inputs for {@link AdamStep}. */
final class AdamStepProblems extends OperationProblems {
  @Override
  public List<Problem> oddSizes(Numbers numbers) {
    return List.of(
        problem(numbers, 0f, 1, 3, 13),
        problem(numbers, 0.5f, 67, 1, 130),
        problem(numbers, 1e6f, 67));
  }

  @Override
  public List<Problem> severalBlocks(Numbers numbers) {
    return List.of(problem(numbers, 5f, 100_000, 33, 70_001));
  }

  @Override
  public List<Misfit> misfits() {
    AdamStep.Settings settings = AdamStep.Settings.of(0.1f, 0f);
    return List.of(
        new Misfit(
            "parameter is [2], gradient [3], moments [2] and [2]",
            s ->
                new AdamStep(
                    List.of(new AdamStep.Slot(s.zeros(2), s.zeros(3), s.zeros(2), s.zeros(2))),
                    settings,
                    1)),
        new Misfit("step is 0, counted from 1", s -> new AdamStep(List.of(), settings, 0)));
  }

  /** Three steps over parameters of the given sizes. */
  private static Problem problem(Numbers numbers, float clipNorm, int... sizes) {
    AdamStep.Settings settings = AdamStep.Settings.of(0.01f, clipNorm);
    Problem problem =
        Problem.repeated(
            "adamStep over " + Arrays.toString(sizes) + ", clipped at " + clipNorm,
            Arrays.stream(sizes).sum(),
            3,
            (call, step) -> new AdamStep(slots(call, sizes.length), settings, step));
    for (int i = 0; i < sizes.length; i++) {
      problem
          .with("p" + i, numbers.symmetric(sizes[i]), sizes[i])
          .with("g" + i, numbers.symmetric(sizes[i]), sizes[i])
          .with("m" + i, numbers.symmetric(sizes[i]), sizes[i])
          .with("v" + i, numbers.unit(sizes[i]), sizes[i])
          .changing("p" + i, "m" + i, "v" + i);
    }
    return problem;
  }

  /** Every second one has a penalty. */
  private static List<AdamStep.Slot> slots(Call call, int count) {
    List<AdamStep.Slot> slots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      slots.add(
          new AdamStep.Slot(
              call.in("p" + i),
              call.in("g" + i),
              call.in("m" + i),
              call.in("v" + i),
              i % 2 == 0 ? 0f : 0.2f));
    }
    return slots;
  }
}
