package org.seqgan.tasks.oracle;

import java.nio.file.Path;
import java.util.Optional;
import org.seqgan.api.data.ArraySize;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.plugin.Option;
import org.seqgan.tasks.DataChoice;

/** Options of the task "oracle". Defaults are the paper's, section "Synthetic Data Experiments". */
public record OracleOptions(
    @Option(description = "tokens of the oracle", defaultValue = "5000", min = 2)
        int vocabularySize,
    @Option(description = "tokens of a sequence", defaultValue = "20", min = 1) int sequenceLength,
    @Option(description = "width of the oracle's embedding", defaultValue = "32", min = 1)
        int embeddingSize,
    @Option(description = "width of the oracle's LSTM state", defaultValue = "32", min = 1)
        int hiddenSize,
    @Option(
            description = "input at the first step; also an ordinary token",
            defaultValue = "0",
            min = 0)
        int startToken,
    @Option(description = "sequences to train on", defaultValue = "10000", min = 1)
        int trainingSequences,
    @Option(
            description = "held-out sequences for choosing among models; not in the paper",
            defaultValue = "2000",
            min = 1)
        int validationSequences,
    @Option(description = "held-out sequences for reporting", defaultValue = "10000", min = 1)
        int testSequences,
    @Option(
            description = "standard deviation of the parameters of a fresh oracle",
            defaultValue = "1.0",
            min = 0)
        double deviation,
    @Option(
            description =
                "seed of a fresh oracle; not the run's, so that runs of all seeds share one oracle",
            defaultValue = "1")
        long oracleSeed,
    @Option(
            description =
                "the oracle's parameters: corpus (the authors', what 'seqgan data fetch oracle' brought),"
                    + " or a file as their target_params.pkl or *.safetensors; without it a fresh"
                    + " oracle is made",
            words = DataChoice.CORPUS)
        Optional<Path> parameters) {
  /** Checks what no single option can tell. */
  public OracleOptions {
    if (startToken >= vocabularySize) {
      throw new IllegalArgumentException(
          "start-token is " + startToken + ", expected below vocabulary-size " + vocabularySize);
    }
    if (!(deviation >= 0) || Double.isInfinite(deviation)) {
      throw new IllegalArgumentException(
          "deviation is " + deviation + ", expected a finite number of at least 0");
    }
    int numbers = ParameterSpec.MOST_NUMBERS;
    checkProduct("vocabulary-size x embedding-size", vocabularySize, embeddingSize, numbers);
    checkProduct("vocabulary-size x hidden-size", vocabularySize, hiddenSize, numbers);
    checkProduct("4 x hidden-size x embedding-size", 4L * hiddenSize, embeddingSize, numbers);
    checkProduct("4 x hidden-size x hidden-size", 4L * hiddenSize, hiddenSize, numbers);
    int tokens = ArraySize.MOST;
    checkProduct("training-sequences x sequence-length", trainingSequences, sequenceLength, tokens);
    checkProduct(
        "validation-sequences x sequence-length", validationSequences, sequenceLength, tokens);
    checkProduct("test-sequences x sequence-length", testSequences, sequenceLength, tokens);
  }

  /** One array holds at most so many elements. */
  private static void checkProduct(String what, long one, long other, int most) {
    if (ArraySize.times(one, other) > most) {
      throw new IllegalArgumentException(
          what + " is " + one + " x " + other + ", expected a product of at most " + most);
    }
  }

  OracleSizes sizes() {
    return new OracleSizes(vocabularySize, embeddingSize, hiddenSize);
  }
}
