package org.seqgan.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.AdamSettings;
import org.seqgan.api.backend.AdamSlot;
import org.seqgan.api.backend.ConvolutionFilters;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Gradients;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.testkit.Problem.Call;

/** Calls of every coarse operation on random numbers. */
final class CoarseProblems {
  /** The input that holds the derivative of the loss by the output. */
  static final String OUTPUT_WEIGHTS = "dy";

  private final Numbers numbers;

  private CoarseProblems(long seed) {
    this.numbers = new Numbers(seed);
  }

  /** Differentiable operations, small enough for finite differences by every input. */
  static List<Problem> differentiable(long seed) {
    CoarseProblems make = new CoarseProblems(seed);
    List<Problem> problems = new ArrayList<>();
    for (Activation activation : Activation.values()) {
      problems.add(make.linear(3, 4, 5, activation));
    }
    problems.add(make.lstm(3, 4, 3, 2));
    problems.add(make.linearCrossEntropy(4, 3, 5));
    problems.add(make.convMaxPool(3, 5, 2, new int[] {1, 2, 5}, new int[] {2, 3, 1}));
    problems.add(make.highway(3, 4));
    problems.add(make.dropout(3, 5, 0.7f));
    problems.add(make.softmaxCrossEntropy(4, 3));
    return problems;
  }

  /** Every coarse operation with sizes that fit no block and no vector. */
  static List<Problem> oddSizes(long seed) {
    CoarseProblems make = new CoarseProblems(seed);
    List<Problem> problems = new ArrayList<>(differentiable(seed));
    int[][] sizes = {{1, 1, 1}, {1, 67, 3}, {13, 3, 67}, {67, 13, 1}, {5, 130, 33}};
    for (int[] size : sizes) {
      for (Activation activation : Activation.values()) {
        problems.add(make.linear(size[0], size[1], size[2], activation));
      }
      problems.add(make.linearCrossEntropy(size[0], size[1], size[2] + 1));
      problems.add(make.tokenLogProbabilities(size[0], size[1], size[2] + 1));
      problems.add(make.lstmStep(size[0], size[1], size[2]));
      problems.add(make.lstm(size[0], Math.min(size[1], 13), size[2], 7));
      problems.add(make.highway(size[0], size[1]));
      problems.add(make.softmaxCrossEntropy(size[0], size[2] + 1));
      problems.add(make.dropout(size[0], size[2], 0.75f));
    }
    problems.add(make.lstm(1, 1, 1, 1));
    problems.add(make.lstm(67, 5, 13, 32));
    problems.add(make.convMaxPool(1, 1, 1, new int[] {1}, new int[] {1}));
    problems.add(make.convMaxPool(13, 7, 3, new int[] {1, 3, 7}, new int[] {1, 13, 5}));
    problems.add(make.convMaxPool(5, 13, 33, new int[] {2, 2, 13}, new int[] {3, 17, 67}));
    problems.add(make.adam(0f, 1, 3, 13));
    problems.add(make.adam(0.5f, 67, 1, 130));
    problems.add(make.adam(1e6f, 67));
    return problems;
  }

  /** Every coarse operation with sizes that a backend spreads over several blocks of work. */
  static List<Problem> severalBlocks(long seed) {
    CoarseProblems make = new CoarseProblems(seed);
    return List.of(
        make.linear(257, 300, 129, Activation.TANH),
        make.lstm(65, 20, 32, 32),
        make.lstmStep(1030, 501, 32),
        make.sampleTokens(1000, 32, 501, Decoding.SAMPLE),
        make.sampleTokens(1000, 32, 501, new Decoding(0.7f, 50, 0.9f)),
        make.tokenLogProbabilities(700, 32, 501),
        make.linearCrossEntropy(700, 32, 501),
        make.convMaxPool(65, 20, 16, new int[] {1, 2, 3, 20}, new int[] {50, 60, 70, 33}),
        make.highway(257, 130),
        make.dropout(257, 301, 0.75f),
        make.softmaxCrossEntropy(1025, 2),
        make.adam(5f, 100_000, 33, 70_001));
  }

  /** Logits of 80 and -80, all equal, and forbidden by a bias of -1e30. */
  static List<Problem> hardNumbers(long seed) {
    CoarseProblems make = new CoarseProblems(seed);
    float[][] biases = {new float[67], new float[67], new float[67]};
    for (int v = 0; v < 67; v++) {
      biases[0][v] = v % 2 == 0 ? 80 : -80;
      biases[2][v] = v % 3 == 0 ? -1e30f : 0;
    }
    List<Problem> problems = new ArrayList<>();
    for (float[] bias : biases) {
      float[] noWeights = new float[5 * 67];
      Problem crossEntropy = make.linearCrossEntropy(13, 5, 67);
      problems.add(crossEntropy.replacing("W", noWeights).replacing("b", bias));
      Problem likelihood = make.tokenLogProbabilities(13, 5, 67);
      problems.add(likelihood.replacing("W", noWeights).replacing("b", bias));
      problems.add(make.softmaxCrossEntropy(1, 67).replacing("logits", bias));
    }
    problems.add(make.linear(3, 5, 67, Activation.SIGMOID).replacing("b", biases[0]));
    problems.add(make.linear(3, 5, 67, Activation.TANH).replacing("b", biases[0]));
    problems.add(make.lstm(3, 5, 2, 3).replacing("x", alternating(80, 3 * 5 * 2)));
    problems.add(make.highway(3, 5).replacing("x", alternating(80, 3 * 5)));
    return problems;
  }

  private static float[] alternating(float size, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i % 2 == 0 ? size : -size;
    }
    return values;
  }

  private Problem linear(int n, int i, int o, Activation activation) {
    String name = "linear [" + n + ", " + i + "] to " + o + " " + activation;
    return new Problem(name, Math.max(n, Math.max(i, o)), call -> linear(call, activation))
        .with("x", numbers.symmetric(n * i), n, i)
        .with("W", numbers.symmetric(i * o), i, o)
        .with("b", numbers.symmetric(o), o)
        .with(OUTPUT_WEIGHTS, numbers.symmetric(n * o), n, o);
  }

  private static void linear(Call call, Activation activation) {
    Tensor y = call.scope().linear(call.in("x"), call.in("W"), call.in("b"), activation);
    Gradients.Linear gradients =
        call.scope()
            .linearBackward(call.in("x"), call.in("W"), activation, y, call.in(OUTPUT_WEIGHTS));
    call.output(y);
    call.gradient("x", gradients.x());
    call.gradient("W", gradients.weights());
    call.gradient("b", gradients.bias());
  }

  /** One problem of this kind; its lengths are the first that {@link Numbers} of the seed gives. */
  static Problem lstm(long seed, int batch, int time, int features, int hidden) {
    return new CoarseProblems(seed).lstm(batch, time, features, hidden);
  }

  private Problem lstm(int batch, int time, int features, int hidden) {
    int[] lengths = numbers.lengths(batch, time);
    String name =
        "lstm [" + batch + ", " + time + ", " + features + "] to " + hidden + lengthsText(lengths);
    int depth = Math.max(batch * time, Math.max(features, 4 * hidden));
    return new Problem(name, depth, call -> lstm(call, lengths))
        .with("x", numbers.symmetric(batch * time * features), batch, time, features)
        .with("W", numbers.symmetric(features * 4 * hidden), features, 4 * hidden)
        .with("U", numbers.symmetric(hidden * 4 * hidden), hidden, 4 * hidden)
        .with("b", numbers.symmetric(4 * hidden), 4 * hidden)
        .with(OUTPUT_WEIGHTS, numbers.symmetric(batch * time * hidden), batch, time, hidden);
  }

  private static void lstm(Call call, int[] lengthsOnHost) {
    IntTensor lengths = call.ints(lengthsOnHost);
    Forward forward =
        call.scope().lstm(call.in("x"), call.in("W"), call.in("U"), call.in("b"), lengths);
    Gradients.Lstm gradients =
        call.scope()
            .lstmBackward(
                call.in("x"),
                call.in("W"),
                call.in("U"),
                lengths,
                forward,
                call.in(OUTPUT_WEIGHTS));
    call.output(forward.output());
    call.gradient("x", gradients.x());
    call.gradient("W", gradients.inputWeights());
    call.gradient("U", gradients.recurrentWeights());
    call.gradient("b", gradients.bias());
  }

  /** Two steps, so that what the first left in h and c is read. */
  private Problem lstmStep(int n, int vocabulary, int hidden) {
    int[] ids = numbers.ids(n, vocabulary);
    String name = "lstmStep of " + n + " rows, V=" + vocabulary + ", H=" + hidden;
    return new Problem(
            name,
            4 * hidden,
            call -> {
              IntTensor tokens = call.ints(ids);
              for (int step = 0; step < 2; step++) {
                call.scope()
                    .lstmStep(call.in("table"), tokens, call.in("U"), call.in("h"), call.in("c"));
              }
              call.out("h", call.in("h"));
              call.out("c", call.in("c"));
            })
        .with("table", numbers.symmetric(vocabulary * 4 * hidden), vocabulary, 4 * hidden)
        .with("U", numbers.symmetric(hidden * 4 * hidden), hidden, 4 * hidden)
        .with("h", numbers.symmetric(n * hidden), n, hidden)
        .with("c", numbers.symmetric(n * hidden), n, hidden)
        .changing("h", "c");
  }

  private Problem sampleTokens(int n, int hidden, int vocabulary, Decoding decoding) {
    RandomDraws draws = numbers.stream().draws(n);
    String name = "sampleTokens of " + n + " rows, V=" + vocabulary + ", " + decoding;
    return new Problem(
            name,
            hidden,
            call -> {
              IntTensor tokens = call.scope().allocateInts(n);
              call.scope()
                  .sampleTokens(call.in("h"), call.in("W"), call.in("b"), decoding, draws, tokens);
              call.out("tokens", tokens);
            })
        .with("h", numbers.symmetric(n * hidden), n, hidden)
        .with("W", numbers.symmetric(hidden * vocabulary), hidden, vocabulary)
        .with("b", numbers.symmetric(vocabulary), vocabulary);
  }

  private Problem tokenLogProbabilities(int n, int hidden, int vocabulary) {
    int[] targets = numbers.ids(n, vocabulary);
    String name = "tokenLogProbabilities of " + n + " rows, H=" + hidden + ", V=" + vocabulary;
    return new Problem(
            name,
            Math.max(hidden, vocabulary),
            call ->
                call.out(
                    "log-probabilities",
                    call.scope()
                        .tokenLogProbabilities(
                            call.in("h"), call.in("W"), call.in("b"), call.ints(targets))))
        .with("h", numbers.symmetric(n * hidden), n, hidden)
        .with("W", numbers.symmetric(hidden * vocabulary), hidden, vocabulary)
        .with("b", numbers.symmetric(vocabulary), vocabulary);
  }

  private Problem linearCrossEntropy(int n, int hidden, int vocabulary) {
    int[] targets = numbers.ids(n, vocabulary);
    float[] tokenWeights = numbers.symmetric(n);
    tokenWeights[n - 1] = n > 1 ? 0 : 1;
    String name = "linearCrossEntropy of " + n + " rows, H=" + hidden + ", V=" + vocabulary;
    int depth = Math.max(n, Math.max(hidden, vocabulary));
    return new Problem(name, depth, call -> linearCrossEntropy(call, targets, tokenWeights))
        .with("h", numbers.symmetric(n * hidden), n, hidden)
        .with("W", numbers.symmetric(hidden * vocabulary), hidden, vocabulary)
        .with("b", numbers.symmetric(vocabulary), vocabulary)
        .with(OUTPUT_WEIGHTS, new float[] {1}, 1);
  }

  private static void linearCrossEntropy(Call call, int[] targets, float[] tokenWeights) {
    Gradients.CrossEntropy result =
        call.scope()
            .linearCrossEntropy(
                call.in("h"),
                call.in("W"),
                call.in("b"),
                call.ints(targets),
                call.scope().tensor(tokenWeights, tokenWeights.length));
    call.output(result.loss());
    call.out("log-probabilities", result.logProbabilities());
    call.gradient("h", result.h());
    call.gradient("W", result.weights());
    call.gradient("b", result.bias());
  }

  /** One problem of this kind; its lengths are the first that {@link Numbers} of the seed gives. */
  static Problem convMaxPool(
      long seed, int batch, int time, int features, int[] widths, int[] outputs) {
    return new CoarseProblems(seed).convMaxPool(batch, time, features, widths, outputs);
  }

  private Problem convMaxPool(int batch, int time, int features, int[] widths, int[] outputs) {
    int[] lengths = numbers.lengths(batch, time);
    int sum = Arrays.stream(outputs).sum();
    String name =
        "convMaxPool ["
            + batch
            + ", "
            + time
            + ", "
            + features
            + "], widths "
            + Arrays.toString(widths)
            + lengthsText(lengths);
    int depth = Math.max(batch, Math.max(time * features, sum));
    Problem problem =
        new Problem(name, depth, call -> convMaxPool(call, widths, lengths))
            .with("x", numbers.symmetric(batch * time * features), batch, time, features)
            .with(OUTPUT_WEIGHTS, numbers.symmetric(batch * sum), batch, sum);
    for (int i = 0; i < widths.length; i++) {
      int rows = widths[i] * features;
      problem
          .with("W" + i, numbers.symmetric(rows * outputs[i]), rows, outputs[i])
          .with("b" + i, numbers.symmetric(outputs[i]), outputs[i]);
    }
    return problem;
  }

  private static void convMaxPool(Call call, int[] widths, int[] lengthsOnHost) {
    IntTensor lengths = call.ints(lengthsOnHost);
    List<ConvolutionFilters> bank = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      bank.add(new ConvolutionFilters(widths[i], call.in("W" + i), call.in("b" + i)));
    }
    Forward forward = call.scope().convMaxPool(call.in("x"), bank, lengths);
    Gradients.ConvMaxPool gradients =
        call.scope()
            .convMaxPoolBackward(call.in("x"), bank, lengths, forward, call.in(OUTPUT_WEIGHTS));
    call.output(forward.output());
    call.gradient("x", gradients.x());
    for (int i = 0; i < widths.length; i++) {
      call.gradient("W" + i, gradients.filters().get(i).weights());
      call.gradient("b" + i, gradients.filters().get(i).bias());
    }
  }

  private Problem highway(int n, int width) {
    return new Problem(
            "highway [" + n + ", " + width + "]", Math.max(n, width), CoarseProblems::highway)
        .with("x", numbers.symmetric(n * width), n, width)
        .with("Wt", numbers.symmetric(width * width), width, width)
        .with("bt", numbers.symmetric(width), width)
        .with("Wg", numbers.symmetric(width * width), width, width)
        .with("bg", numbers.symmetric(width), width)
        .with(OUTPUT_WEIGHTS, numbers.symmetric(n * width), n, width);
  }

  private static void highway(Call call) {
    Forward forward =
        call.scope()
            .highway(call.in("x"), call.in("Wt"), call.in("bt"), call.in("Wg"), call.in("bg"));
    Gradients.Highway gradients =
        call.scope()
            .highwayBackward(
                call.in("x"), call.in("Wt"), call.in("Wg"), forward, call.in(OUTPUT_WEIGHTS));
    call.output(forward.output());
    call.gradient("x", gradients.x());
    call.gradient("Wt", gradients.transformWeights());
    call.gradient("bt", gradients.transformBias());
    call.gradient("Wg", gradients.gateWeights());
    call.gradient("bg", gradients.gateBias());
  }

  private Problem dropout(int n, int width, float keep) {
    RandomDraws draws = numbers.stream().draws(n * width);
    return new Problem(
            "dropout [" + n + ", " + width + "] keeping " + keep,
            1,
            call -> {
              call.output(call.scope().dropout(call.in("x"), keep, draws));
              call.gradient("x", call.scope().dropout(call.in(OUTPUT_WEIGHTS), keep, draws));
            })
        .with("x", numbers.symmetric(n * width), n, width)
        .with(OUTPUT_WEIGHTS, numbers.symmetric(n * width), n, width);
  }

  private Problem softmaxCrossEntropy(int n, int classes) {
    int[] labels = numbers.ids(n, classes);
    return new Problem(
            "softmaxCrossEntropy [" + n + ", " + classes + "]",
            Math.max(n, classes),
            call -> {
              Gradients.Softmax result =
                  call.scope().softmaxCrossEntropy(call.in("logits"), call.ints(labels));
              call.output(result.loss());
              call.out("probabilities", result.probabilities());
              call.gradient("logits", result.logits());
            })
        .with("logits", numbers.symmetric(n * classes), n, classes)
        .with(OUTPUT_WEIGHTS, new float[] {1}, 1);
  }

  /** Three steps over parameters of the given sizes. */
  private Problem adam(float clipNorm, int... sizes) {
    Problem problem =
        new Problem(
            "adam over " + Arrays.toString(sizes) + ", clipped at " + clipNorm,
            Arrays.stream(sizes).sum(),
            call -> adam(call, sizes.length, clipNorm));
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

  private static void adam(Call call, int slotCount, float clipNorm) {
    List<AdamSlot> slots = new ArrayList<>();
    for (int i = 0; i < slotCount; i++) {
      slots.add(
          new AdamSlot(call.in("p" + i), call.in("g" + i), call.in("m" + i), call.in("v" + i)));
    }
    AdamSettings settings = AdamSettings.of(0.01f, clipNorm);
    for (int step = 1; step <= 3; step++) {
      call.out("norm at step " + step, call.scope().adam(slots, settings, step));
    }
    for (int i = 0; i < slotCount; i++) {
      call.out("p" + i, slots.get(i).parameter());
      call.out("m" + i, slots.get(i).firstMoment());
      call.out("v" + i, slots.get(i).secondMoment());
    }
  }

  private static String lengthsText(int[] lengths) {
    return lengths.length > 5 ? ", mixed lengths" : ", lengths " + Arrays.toString(lengths);
  }
}
