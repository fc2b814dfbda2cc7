package org.seqgan.backend.dl4j.exchange;

/**
 * The order of an LSTM's gates in the columns of a matrix: ours is input, forget, output,
 * candidate; DL4J's is candidate, forget, output, input (it calls the candidate the input, and our
 * input the input modulation). So the way there is the way back.
 */
final class Gates {
  private static final int GATES = 4;

  private Gates() {}

  /**
   * The same matrix with its first and its last quarter of columns changed for each other.
   *
   * @param matrix row-major {@code [rows, 4 hidden]}
   */
  static float[] swapped(float[] matrix, int hidden) {
    float[] swapped = matrix.clone();
    for (int row = 0; row < matrix.length; row += GATES * hidden) {
      System.arraycopy(matrix, row, swapped, row + (GATES - 1) * hidden, hidden);
      System.arraycopy(matrix, row + (GATES - 1) * hidden, swapped, row, hidden);
    }
    return swapped;
  }
}
