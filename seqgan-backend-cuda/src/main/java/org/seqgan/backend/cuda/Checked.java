package org.seqgan.backend.cuda;

import org.seqgan.backend.cuda.driver.Download;

/**
 * Kernels that look up rows by ids, which may be wrong; the device tells by number which it was.
 */
enum Checked {
  GATHER_ROWS("gatherRows"),
  SCATTER_ADD_ROWS("scatterAddRows"),
  LSTM_STEP("lstmStep"),
  TOKEN_LOG_PROBABILITIES("tokenLogProbabilities"),
  LINEAR_CROSS_ENTROPY("linearCrossEntropy"),
  SOFTMAX_CROSS_ENTROPY("softmaxCrossEntropy"),
  TOKEN_CONV_MAX_POOL("tokenConvMaxPool");

  private final String operation;

  Checked(String operation) {
    this.operation = operation;
  }

  /** Its number for a kernel: 0 means that nothing was wrong. */
  int code() {
    return ordinal() + 1;
  }

  /** The error that a kernel found. */
  static IndexOutOfBoundsException error(Download.Fault fault) {
    return new IndexOutOfBoundsException(
        "%s (cuda): id %d at %d is not a row of a table of %d"
            .formatted(
                values()[fault.operation() - 1].operation,
                fault.id(),
                fault.position(),
                fault.rows()));
  }
}
