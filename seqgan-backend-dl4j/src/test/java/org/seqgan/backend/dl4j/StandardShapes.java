package org.seqgan.backend.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.seqgan.api.backend.AdamSettings;
import org.seqgan.api.backend.AdamSlot;
import org.seqgan.api.backend.ConvolutionFilters;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.random.RandomStream;

/**
 * Times the operations at the sizes of the paper. Run its main method; the argument is the number
 * of threads and the precision. Prints the median and the least of repeated runs, in milliseconds.
 */
final class StandardShapes {
  private static final int REPEATS = 30;
  private static final int WARM_UP = 20;
  private static final int[] WIDTHS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20};
  private static final int[] FILTERS = {100, 200, 200, 200, 200, 100, 100, 100, 100, 100, 160, 160};

  private final TensorBackend backend;
  private final TensorScope inputs;
  private final RandomStream random = RandomStream.of(1);
  private final List<String> lines = new ArrayList<>();

  private StandardShapes(TensorBackend backend) {
    this.backend = backend;
    this.inputs = backend.openScope();
  }

  /** Prints the table. */
  public static void main(String[] arguments) {
    int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
    Precision precision =
        arguments.length > 1 ? Precision.valueOf(arguments[1]) : Precision.FLOAT32;
    Dl4jOptions options = new Dl4jOptions(threads, new ByteSize(1L << 30), precision, Map.of());
    Dl4jBackendProvider provider = new Dl4jBackendProvider();
    StringBuilder report = new StringBuilder();
    provider.availability(options).details().forEach(line -> report.append(line).append('\n'));
    try (TensorBackend backend = provider.open(options)) {
      StandardShapes shapes = new StandardShapes(backend);
      shapes.discriminator();
      shapes.generator();
      shapes.lines.forEach(line -> report.append(line).append('\n'));
      report.append(backend.memory()).append('\n');
    }
    System.out.print(report);
  }

  private void discriminator() {
    Tensor x = uniform(64, 20, 64);
    IntTensor lengths = lengths(64, 20);
    List<ConvolutionFilters> bank = new ArrayList<>();
    for (int i = 0; i < WIDTHS.length; i++) {
      bank.add(
          new ConvolutionFilters(
              WIDTHS[i], uniform(WIDTHS[i] * 64, FILTERS[i]), uniform(FILTERS[i])));
    }
    time("convMaxPool, 64 sequences", scope -> scope.convMaxPool(x, bank, lengths));
    Forward pooled = inputs.convMaxPool(x, bank, lengths);
    Tensor dPooled = uniform(64, 1720);
    time(
        "convMaxPoolBackward, 64 sequences",
        scope -> scope.convMaxPoolBackward(x, bank, lengths, pooled, dPooled));
    Tensor wide = uniform(64, 1720);
    Tensor transform = uniform(1720, 1720);
    Tensor gate = uniform(1720, 1720);
    Tensor bias = uniform(1720);
    time("highway, 64 x 1720", scope -> scope.highway(wide, transform, bias, gate, bias));
    Forward mixed = inputs.highway(wide, transform, bias, gate, bias);
    time(
        "highwayBackward, 64 x 1720",
        scope -> scope.highwayBackward(wide, transform, gate, mixed, dPooled));
    time("dropout, 64 x 1720", scope -> scope.dropout(wide, 0.75f, random.draws(64 * 1720)));
    int[] sizes = {1720 * 1720, 1720 * 1720, 5000 * 64, 800_000, 1720 * 2};
    List<AdamSlot> slots = new ArrayList<>();
    for (int size : sizes) {
      slots.add(new AdamSlot(uniform(size), uniform(size), inputs.zeros(size), inputs.zeros(size)));
    }
    time("adam, 7.1 M", scope -> scope.adam(slots, AdamSettings.of(1e-4f, 5f), 1));
    Tensor many = uniform(1024, 20, 64);
    IntTensor manyLengths = lengths(1024, 20);
    time("convMaxPool, 1024 sequences", scope -> scope.convMaxPool(many, bank, manyLengths));
    Tensor embeddings = uniform(5000, 64);
    IntTensor manyIds = inputs.ints(ids(20_480, 5000), 1024, 20);
    time(
        "tokenConvMaxPool, 1024 sequences",
        scope -> scope.tokenConvMaxPool(embeddings, manyIds, bank, manyLengths));
    Tensor manyWide = uniform(1024, 1720);
    time("highway, 1024 x 1720", s -> s.highway(manyWide, transform, bias, gate, bias));
  }

  private void generator() {
    Tensor h = uniform(1280, 32);
    Tensor weights = uniform(32, 5000);
    Tensor bias = uniform(5000);
    IntTensor targets = inputs.ints(ids(1280, 5000), 1280);
    Tensor tokenWeights = uniform(1280);
    time(
        "linearCrossEntropy, 1280 x 32 x 5000",
        scope -> scope.linearCrossEntropy(h, weights, bias, targets, tokenWeights));
    time(
        "tokenLogProbabilities, 1280 x 32 x 5000",
        scope -> scope.tokenLogProbabilities(h, weights, bias, targets));
    Tensor x = uniform(64, 20, 32);
    Tensor input = uniform(32, 128);
    Tensor recurrent = uniform(32, 128);
    Tensor gateBias = uniform(128);
    IntTensor lengths = lengths(64, 20);
    time("lstm, 64 x 20 x 32", scope -> scope.lstm(x, input, recurrent, gateBias, lengths));
    Forward forward = inputs.lstm(x, input, recurrent, gateBias, lengths);
    Tensor dOutput = uniform(64, 20, 32);
    time(
        "lstmBackward, 64 x 20 x 32",
        scope -> scope.lstmBackward(x, input, recurrent, lengths, forward, dOutput));
    int rows = 20_480;
    Tensor state = uniform(rows, 32);
    Tensor cells = uniform(rows, 32);
    Tensor table = uniform(5000, 128);
    IntTensor ids = inputs.ints(ids(rows, 5000), rows);
    time("lstmStep, 20480 x 32", scope -> scope.lstmStep(table, ids, recurrent, state, cells));
    IntTensor sampled = inputs.allocateInts(rows);
    time(
        "sampleTokens, 20480 x 32 x 5000",
        scope ->
            scope.sampleTokens(state, weights, bias, Decoding.SAMPLE, random.draws(rows), sampled));
    List<AdamSlot> slots = new ArrayList<>();
    for (int size : new int[] {5000 * 32, 32 * 5000, 5000, 2 * 32 * 128, 128}) {
      slots.add(new AdamSlot(uniform(size), uniform(size), inputs.zeros(size), inputs.zeros(size)));
    }
    time("adam, 0.33 M", scope -> scope.adam(slots, AdamSettings.of(1e-2f, 5f), 1));
  }

  private void time(String name, Consumer<TensorScope> operation) {
    double[] milliseconds = new double[REPEATS];
    for (int i = -WARM_UP; i < REPEATS; i++) {
      long start = System.nanoTime();
      try (TensorScope scope = backend.openScope()) {
        operation.accept(scope);
      }
      if (i >= 0) {
        milliseconds[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(milliseconds);
    lines.add(
        String.format(
            Locale.ROOT, "%-42s %8.3f %8.3f", name, milliseconds[REPEATS / 2], milliseconds[0]));
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

  private IntTensor lengths(int count, int length) {
    int[] lengths = new int[count];
    Arrays.fill(lengths, length);
    return inputs.ints(lengths, count);
  }

  private int[] ids(int count, int bound) {
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = random.nextInt(bound);
    }
    return ids;
  }
}
