package org.seqgan.core.model;

import java.util.List;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.model.Initializer;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.SequenceClassifier;

/**
 * Reads a sequence token by token: an embedding, an LSTM, its state at the last token, dropout, and
 * a linear map to two classes (generated, real).
 *
 * @param vocabularySize V
 * @param embeddingSize E
 * @param hiddenSize H
 * @param keep the probability with which dropout keeps a number of the last state
 * @param l2 lambda of the penalty on the output layer
 */
record LstmClassifier(int vocabularySize, int embeddingSize, int hiddenSize, float keep, float l2)
    implements SequenceClassifier {
  private static final String OUTPUT_WEIGHTS = "out.W";
  private static final String OUTPUT_BIAS = "out.b";
  private static final int CLASSES = 2;

  @Override
  public List<ParameterSpec> parameters() {
    float bound = (float) (1 / Math.sqrt(hiddenSize));
    Initializer spread = new Initializer.Uniform(-bound, bound);
    return List.of(
        ParameterSpec.of(
            "embedding", new Initializer.Uniform(-1, 1), vocabularySize, embeddingSize),
        ParameterSpec.of("lstm.W", spread, embeddingSize, 4 * hiddenSize),
        ParameterSpec.of("lstm.U", spread, hiddenSize, 4 * hiddenSize),
        ParameterSpec.of("lstm.b", spread, 4 * hiddenSize),
        ParameterSpec.of(OUTPUT_WEIGHTS, spread, hiddenSize, CLASSES),
        ParameterSpec.of(OUTPUT_BIAS, new Initializer.Constant(0), CLASSES));
  }

  @Override
  public Variable features(Tape tape, Tokens tokens, IntTensor lengths) {
    Variable states = // (batch, time, hidden)
        tape.lstm(
            tape.embedding(tape.parameter("embedding"), tokens),
            tape.parameter("lstm.W"),
            tape.parameter("lstm.U"),
            tape.parameter("lstm.b"),
            lengths);
    return tape.dropout(last(tape, states, lengths), keep);
  }

  /** {@code [B, T, H]} to what stands at the last token of each sequence, {@code [B, H]}. */
  private Variable last(Tape tape, Variable states, IntTensor lengths) {
    int batch = states.value().dim(0);
    int time = states.value().dim(1);
    // One-hot at the length, by the backend: reading lengths here would make a step wait.
    Variable ends = tape.slice(new Tokens.Ids(lengths).weights(tape, time + 1), 1, 1, time + 1);
    Variable picked = tape.batchedProduct(tape.reshape(ends, batch, 1, time), false, states, false);
    return tape.reshape(picked, batch, hiddenSize);
  }

  @Override
  public Variable classify(Tape tape, Variable features) {
    return tape.linear( // (batch, 2)
        features, tape.parameter(OUTPUT_WEIGHTS), tape.parameter(OUTPUT_BIAS), Activation.IDENTITY);
  }

  @Override
  public List<String> penalised() {
    return List.of(OUTPUT_WEIGHTS, OUTPUT_BIAS);
  }
}
