package org.seqgan.core.model;

import java.util.ArrayList;
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
 * The paper's discriminator: an embedding, a bank of convolutions of many widths with ReLU and max
 * over time, a highway layer, dropout, and a linear map to two classes (generated, real). Initial
 * values follow the authors' code; its gate starts mostly closed (bias -2, as Srivastava et al.
 * advise).
 *
 * @param vocabularySize V
 * @param embeddingSize E
 * @param filterWidths how many tokens each kind of filter covers
 * @param filterCounts how many filters of each width
 * @param keep the probability with which dropout keeps a feature
 * @param l2 lambda of the penalty on the output layer
 */
public record CnnModel(
    int vocabularySize,
    int embeddingSize,
    List<Integer> filterWidths,
    List<Integer> filterCounts,
    float keep,
    float l2)
    implements SequenceClassifier {
  static final String EMBEDDING = "embedding";
  static final String TRANSFORM_WEIGHTS = "highway.W";
  static final String TRANSFORM_BIAS = "highway.b";
  static final String GATE_WEIGHTS = "gate.W";
  static final String GATE_BIAS = "gate.b";
  static final String OUTPUT_WEIGHTS = "out.W";
  static final String OUTPUT_BIAS = "out.b";
  private static final int CLASSES = 2;

  static String filterWeights(int width) {
    return "conv" + width + ".W";
  }

  static String filterBias(int width) {
    return "conv" + width + ".b";
  }

  private int featureCount() {
    return filterCounts.stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public List<ParameterSpec> parameters() {
    int features = featureCount();
    Initializer truncated = new Initializer.TruncatedNormal(0.1f);
    Initializer tenth = new Initializer.Constant(0.1f);
    float glorot = (float) Math.sqrt(6.0 / (features + features));
    Initializer square = new Initializer.Uniform(-glorot, glorot);
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(
        ParameterSpec.of(EMBEDDING, new Initializer.Uniform(-1, 1), vocabularySize, embeddingSize));
    for (int i = 0; i < filterWidths.size(); i++) {
      int width = filterWidths.get(i);
      int count = filterCounts.get(i);
      specs.add(ParameterSpec.of(filterWeights(width), truncated, width * embeddingSize, count));
      specs.add(ParameterSpec.of(filterBias(width), tenth, count));
    }
    specs.add(ParameterSpec.of(TRANSFORM_WEIGHTS, square, features, features));
    specs.add(ParameterSpec.of(TRANSFORM_BIAS, new Initializer.Constant(0), features));
    specs.add(ParameterSpec.of(GATE_WEIGHTS, square, features, features));
    specs.add(ParameterSpec.of(GATE_BIAS, new Initializer.Constant(-2), features));
    specs.add(ParameterSpec.of(OUTPUT_WEIGHTS, truncated, features, CLASSES));
    specs.add(ParameterSpec.of(OUTPUT_BIAS, tenth, CLASSES));
    return List.copyOf(specs);
  }

  @Override
  public Variable features(Tape tape, Tokens tokens, IntTensor lengths) {
    List<Variable> filters = new ArrayList<>();
    for (int width : filterWidths) {
      filters.add(tape.parameter(filterWeights(width)));
      filters.add(tape.parameter(filterBias(width)));
    }
    Variable features = // (batch, features)
        tape.tokenConvMaxPool(tape.parameter(EMBEDDING), tokens, filterWidths, filters, lengths);
    Variable mixed =
        tape.highway( // (batch, features)
            features,
            tape.parameter(TRANSFORM_WEIGHTS),
            tape.parameter(TRANSFORM_BIAS),
            tape.parameter(GATE_WEIGHTS),
            tape.parameter(GATE_BIAS));
    return tape.dropout(mixed, keep);
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
