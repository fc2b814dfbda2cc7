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

  /**
   * The values of these sequences' tokens: 0 after the end of each, whatever stood there. This same
   * object where nothing did.
   *
   * @throws IllegalArgumentException if there is not one value for each position of the sequences
   */
  public TokenValues upToTheEnds(Sequences sequences) {
    if (count != sequences.count() || time != sequences.time()) {
      throw new IllegalArgumentException(
          "values of tokens are ["
              + count
              + ", "
              + time
              + "], the sequences ["
              + sequences.count()
              + ", "
              + sequences.time()
              + "]");
    }
    float[] ended = values;
    for (int i = 0; i < count; i++) {
      for (int at = i * time + sequences.length(i); at < (i + 1) * time; at++) {
        if (values[at] != 0f) { // true of NaN
          ended = ended == values ? values.clone() : ended;
          ended[at] = 0f;
        }
      }
    }
    return ended == values ? this : new TokenValues(count, time, ended);
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
