package org.seqgan.api.data;

/**
 * One number for each token of a batch, {@code [batch, time]}: a reward, or a log-probability in
 * nats. Positions after the end of a sequence hold 0.
 *
 * @param count how many sequences
 * @param time T, the number of positions
 * @param values row-major {@code [count, time]}; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity, not by value
public record TokenValues(int count, int time, float[] values) {
  /** Checks the sizes. */
  public TokenValues {
    if (values.length != (long) count * time) {
      throw new IllegalArgumentException(
          "values[" + values.length + "] are not [" + count + ", " + time + "]");
    }
  }

  /** The value of sequence {@code i} at position {@code t}, counted from 0. */
  public float get(int i, int t) {
    return values[i * time + t];
  }

  /** The sum over sequence {@code i}. */
  public double sum(int i) {
    double sum = 0;
    for (int t = 0; t < time; t++) {
      sum += values[i * time + t];
    }
    return sum;
  }

  /** The sum over all sequences. */
  public double sum() {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += sum(i);
    }
    return sum;
  }
}
