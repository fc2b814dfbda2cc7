package org.seqgan.core.statistics;

import java.util.stream.IntStream;

/**
 * The significance test of the SeqGAN paper: Welch's t-test over the generated sequences of one run
 * of each method.
 *
 * <p>It overstates. It asks whether two trained generators differ, not whether two methods do: all
 * sequences of a run share one initialisation and one course of training, so that thousands of them
 * count as one run. Two runs of the same method with different seeds can differ with a p as small
 * as one likes, given enough sequences.
 */
public final class PerSequenceTest {
  /** What to say wherever its p is shown. */
  public static final String WARNING =
      "The paper's test takes every generated sequence of one run for an independent observation."
          + " It tells two trained generators apart, not two methods: two seeds of the same method"
          + " can pass it. Read the test over seeds instead.";

  private PerSequenceTest() {}

  /** Tests two runs by the values of their sequences. */
  public static TestResult of(float[] first, float[] second) {
    return WelchTest.of(widened(first), widened(second));
  }

  private static double[] widened(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(index -> values[index]).toArray();
  }
}
