package org.seqgan.backend.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.AdamStep;
import org.seqgan.api.operation.Attention;
import org.seqgan.api.operation.ConvMaxPool;
import org.seqgan.api.operation.Dropout;
import org.seqgan.api.operation.Highway;
import org.seqgan.api.operation.LinearCrossEntropy;
import org.seqgan.api.operation.Lstm;
import org.seqgan.api.operation.LstmStep;
import org.seqgan.api.operation.SampleTokens;
import org.seqgan.api.operation.TokenConvMaxPool;
import org.seqgan.api.operation.TokenLogProbabilities;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.random.RandomStream;
import org.seqgan.backend.dl4j.product.Precision;

/**
 * Single operations at the sizes of the paper, in milliseconds. To run them: {@code mvn -Pbenchmark
 * -pl seqgan-backend-dl4j -am -DskipTests verify}; {@code -Djmh.args="highway -p threads=1"}
 * chooses some.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OperationBenchmark {
  private static final int[] WIDTHS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20};
  private static final int[] FILTERS = {100, 200, 200, 200, 200, 100, 100, 100, 100, 100, 160, 160};
  private static final int FEATURES = 1720;
  private static final int BATCH = 64;
  private static final int MANY = 1024;
  private static final int TIME = 20;
  private static final int VOCABULARY = 5000;
  private static final int ROLL_OUT_ROWS = 20_480;

  /** 0 for all processors. */
  @Param("2")
  public int threads;

  /** Of the discriminator's products. */
  @Param({"FLOAT32", "BF16"})
  public Precision precision;

  private final RandomStream random = RandomStream.of(1);
  private TensorBackend backend;
  private TensorScope inputs;

  private Tensor sequences;
  private IntTensor lengths;
  private List<ConvMaxPool.Filters> bank;
  private ConvMaxPool convolution;
  private Forward pooled;
  private Tensor dFeatures;
  private Tensor features;
  private Tensor transform;
  private Tensor gate;
  private Tensor bias;
  private Highway highway;
  private Forward mixed;
  private Tensor manySequences;
  private IntTensor manyLengths;
  private Tensor manyFeatures;
  private Tensor embeddings;
  private IntTensor manyIds;
  private List<AdamStep.Slot> slots;
  private Tensor h;
  private Tensor weights;
  private Tensor vocabularyBias;
  private IntTensor targets;
  private Tensor tokenWeights;
  private Tensor lstmInput;
  private Tensor inputWeights;
  private Tensor recurrentWeights;
  private Tensor gateBias;
  private Lstm lstm;
  private Forward hidden;
  private Tensor dHidden;
  private Tensor states;
  private Tensor cells;
  private Tensor inputTable;
  private IntTensor ids;
  private IntTensor drawn;
  private Attention attention;
  private Forward attended;

  /** Makes all operands. */
  @Setup(Level.Trial)
  public void open() {
    backend =
        new Dl4jBackendProvider()
            .open(new Dl4jOptions(threads, new ByteSize(1L << 30), precision, Map.of()));
    inputs = backend.openScope();
    openDiscriminator();
    openGenerator();
  }

  private void openDiscriminator() {
    sequences = uniform(BATCH, TIME, 64);
    lengths = full(BATCH);
    attention =
        new Attention(sequences, sequences, sequences, 4, 0.25f, true, Optional.of(lengths));
    attended = inputs.run(attention);
    bank = new ArrayList<>();
    for (int i = 0; i < WIDTHS.length; i++) {
      Tensor filters = uniform(WIDTHS[i] * 64, FILTERS[i]);
      bank.add(new ConvMaxPool.Filters(WIDTHS[i], filters, uniform(FILTERS[i])));
    }
    convolution = new ConvMaxPool(sequences, bank, lengths);
    pooled = inputs.run(convolution);
    dFeatures = uniform(BATCH, FEATURES);
    features = uniform(BATCH, FEATURES);
    transform = uniform(FEATURES, FEATURES);
    gate = uniform(FEATURES, FEATURES);
    bias = uniform(FEATURES);
    highway = new Highway(features, transform, bias, gate, bias);
    mixed = inputs.run(highway);
    manySequences = uniform(MANY, TIME, 64);
    manyLengths = full(MANY);
    manyFeatures = uniform(MANY, FEATURES);
    embeddings = uniform(VOCABULARY, 64);
    manyIds = inputs.reshape(ids(MANY * TIME), MANY, TIME);
    slots = new ArrayList<>();
    int[] sizes = {
      FEATURES * FEATURES, FEATURES * FEATURES, VOCABULARY * 64, 800_000, 2 * FEATURES
    };
    for (int size : sizes) {
      slots.add(
          new AdamStep.Slot(uniform(size), uniform(size), inputs.zeros(size), inputs.zeros(size)));
    }
  }

  private void openGenerator() {
    h = uniform(BATCH * TIME, 32);
    weights = uniform(32, VOCABULARY);
    vocabularyBias = uniform(VOCABULARY);
    targets = ids(BATCH * TIME);
    tokenWeights = uniform(BATCH * TIME);
    lstmInput = uniform(BATCH, TIME, 32);
    inputWeights = uniform(32, 128);
    recurrentWeights = uniform(32, 128);
    gateBias = uniform(128);
    lstm = new Lstm(lstmInput, inputWeights, recurrentWeights, gateBias, lengths);
    hidden = inputs.run(lstm);
    dHidden = uniform(BATCH, TIME, 32);
    states = uniform(ROLL_OUT_ROWS, 32);
    cells = uniform(ROLL_OUT_ROWS, 32);
    inputTable = uniform(VOCABULARY, 128);
    ids = ids(ROLL_OUT_ROWS);
    drawn = inputs.allocateInts(ROLL_OUT_ROWS);
  }

  /** Frees everything. */
  @TearDown(Level.Trial)
  public void close() {
    inputs.close();
    backend.close();
  }

  /** 64 sequences, for training. */
  @Benchmark
  public int convMaxPool() {
    return inScope(s -> s.run(convolution).output());
  }

  /** 64 sequences. */
  @Benchmark
  public int convMaxPoolBackward() {
    return inScope(s -> s.gradients(convolution, pooled, dFeatures).get(0));
  }

  /** 1,024 sequences, whose embeddings are known. */
  @Benchmark
  public int convMaxPoolOfMany() {
    return inScope(s -> s.run(new ConvMaxPool(manySequences, bank, manyLengths)).output());
  }

  /** 1,024 sequences of tokens. */
  @Benchmark
  public int tokenConvMaxPoolOfMany() {
    return inScope(s -> s.run(new TokenConvMaxPool(embeddings, manyIds, bank, manyLengths)));
  }

  /** 64 x 1720. */
  @Benchmark
  public int highway() {
    return inScope(s -> s.run(highway).output());
  }

  /** 64 x 1720, with the gradients of both matrices left to {@link #highwayBackwardAndAdam}. */
  @Benchmark
  public int highwayBackward() {
    return inScope(s -> s.gradients(highway, mixed, dFeatures).get(0));
  }

  /** 64 x 1720, and the update of both matrices. */
  @Benchmark
  public int highwayBackwardAndAdam() {
    return inScope(
        s -> {
          List<Tensor> d = s.gradients(highway, mixed, dFeatures);
          AdamStep.Slot first = slots.get(0);
          AdamStep.Slot second = slots.get(1);
          return s.run(
              new AdamStep(
                  List.of(slot(s, transform, d.get(1), first), slot(s, gate, d.get(3), second)),
                  AdamStep.Settings.of(1e-6f, 0f),
                  1));
        });
  }

  private static AdamStep.Slot slot(
      TensorScope s, Tensor parameter, Tensor gradient, AdamStep.Slot moments) {
    return new AdamStep.Slot(
        parameter,
        gradient,
        s.reshape(moments.firstMoment(), FEATURES, FEATURES),
        s.reshape(moments.secondMoment(), FEATURES, FEATURES));
  }

  /** 1,024 x 1720. */
  @Benchmark
  public int highwayOfMany() {
    return inScope(s -> s.run(new Highway(manyFeatures, transform, bias, gate, bias)).output());
  }

  /** 64 x 1720. */
  @Benchmark
  public int dropout() {
    return inScope(
        s -> s.run(new Dropout(features, 0.75f, random.draws(BATCH * FEATURES))).output());
  }

  /** 7.1 million parameters, clipped. */
  @Benchmark
  public int adam() {
    return inScope(s -> s.run(new AdamStep(slots, AdamStep.Settings.of(1e-4f, 5f), 1)));
  }

  /** 1,280 rows over 5,000 tokens. */
  @Benchmark
  public int linearCrossEntropy() {
    return inScope(
        s ->
            s.run(new LinearCrossEntropy(h, weights, vocabularyBias, targets, tokenWeights))
                .output());
  }

  /** 1,280 rows over 5,000 tokens. */
  @Benchmark
  public int tokenLogProbabilities() {
    return inScope(s -> s.run(new TokenLogProbabilities(h, weights, vocabularyBias, targets)));
  }

  /** 64 x 20 x 32. */
  @Benchmark
  public int lstm() {
    return inScope(s -> s.run(lstm).output());
  }

  /** 64 x 20 x 32. */
  @Benchmark
  public int lstmBackward() {
    return inScope(s -> s.gradients(lstm, hidden, dHidden).get(0));
  }

  /** 20,480 rows, as in the longest step of the roll-outs. */
  @Benchmark
  public int lstmStep() {
    return inScope(s -> s.run(new LstmStep(inputTable, ids, recurrentWeights, states, cells)));
  }

  /** 20,480 rows over 5,000 tokens. */
  @Benchmark
  public int sampleTokens() {
    return inScope(
        s -> {
          s.run(
              new SampleTokens(
                  states,
                  weights,
                  vocabularyBias,
                  Decoding.SAMPLE,
                  random.draws(ROLL_OUT_ROWS),
                  drawn));
          return states;
        });
  }

  /** 64 x 20 x 64, 4 heads. */
  @Benchmark
  public int attention() {
    return inScope(s -> s.run(attention).output());
  }

  /** 64 x 20 x 64, 4 heads. */
  @Benchmark
  public int attentionBackward() {
    return inScope(s -> s.gradients(attention, attended, sequences).get(0));
  }

  @FunctionalInterface
  private interface Operation {
    Tensor apply(TensorScope scope);
  }

  private int inScope(Operation operation) {
    try (TensorScope scope = backend.openScope()) {
      return operation.apply(scope).size();
    }
  }

  private Tensor uniform(int... shape) {
    Tensor tensor = inputs.allocate(shape);
    float[] values = new float[tensor.size()];
    random.draws(values.length).fill(values, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - 0.5f) * 0.2f;
    }
    inputs.write(values, tensor);
    return tensor;
  }

  private IntTensor full(int count) {
    int[] all = new int[count];
    Arrays.fill(all, TIME);
    return inputs.ints(all, count);
  }

  private IntTensor ids(int count) {
    int[] all = new int[count];
    for (int i = 0; i < count; i++) {
      all[i] = random.nextInt(VOCABULARY);
    }
    return inputs.ints(all, count);
  }
}
