package org.seqgan.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.model.Model;
import org.seqgan.api.random.RandomStream;

/**
 * The slopes of a model's loss along directions of one of its arrays, at {@link NormalParameters}.
 * How far rounding moves the loss is measured: over steps so short that a smooth function is
 * straight, second differences of the loss are nothing else.
 */
final class LossSlopes {
  private static final double STRAIGHT = 0x1p-16;
  private static final int SECOND_DIFFERENCES = 9;
  private static final double LONGEST_STEP = 0x1p-3;

  /** Half a unit in the last place of a float32 between 1 and 2. */
  private static final double UNIT_ROUNDOFF = 0x1p-24;

  private final Model model;
  private final NamedArrays start;
  private final DoubleSupplier loss;
  private final RandomStream stream;
  private final double lossAtStart;
  private final double rounding;

  /**
   * Slopes of a model, whose parameters are other ones after it was asked for any.
   *
   * @param start the parameters where slopes are taken
   * @param loss the loss of the model as it is when asked
   * @param stream for directions
   */
  LossSlopes(Model model, NamedArrays start, DoubleSupplier loss, RandomStream stream) {
    this.model = model;
    this.start = start;
    this.loss = loss;
    this.stream = stream;
    this.lossAtStart = lossAt(Map.of(), 0);
    this.rounding =
        Math.max(measuredRounding(), UNIT_ROUNDOFF * Math.max(1, Math.abs(lossAtStart)));
  }

  /**
   * The median second difference: if roundings are normal with deviation s, that is 1.65 s. A
   * median, lest a kink be taken for rounding.
   */
  private double measuredRounding() {
    Map<String, float[]> direction = new LinkedHashMap<>();
    start.arrays().forEach((name, array) -> direction.put(name, randomSigns(name)));
    double[] values = new double[SECOND_DIFFERENCES + 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = lossAt(direction, (i - values.length / 2) * STRAIGHT);
    }
    double[] differences = new double[SECOND_DIFFERENCES];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = Math.abs(values[i] - 2 * values[i + 1] + values[i + 2]);
    }
    Arrays.sort(differences);
    return differences[SECOND_DIFFERENCES / 2];
  }

  /** Where slopes are taken. */
  NamedArrays start() {
    return start;
  }

  /**
   * A direction of an array: -1, 0 or 1 for each element, not all 0. An element with a kink nearby
   * is not part of every direction.
   */
  float[] randomSigns(String array) {
    float[] signs = new float[start.get(array).values().length];
    boolean some = false;
    while (!some) {
      for (int i = 0; i < signs.length; i++) {
        signs[i] = stream.nextInt(3) - 1f;
        some |= signs[i] != 0;
      }
    }
    return signs;
  }

  /** The elements of an array, or as many as asked for at random, where there are more. */
  int[] elements(String array, int most) {
    int[] order = stream.permutation(start.get(array).values().length);
    return Arrays.copyOf(order, Math.min(most, order.length));
  }

  /**
   * Along a direction of elements -1, 0 and 1.
   *
   * @param scale how large such a slope is
   */
  Slope along(String array, float[] direction, double scale) {
    double elements = 0;
    for (float element : direction) {
      elements += Math.abs(element);
    }
    // At most about as far for all elements as for one.
    double halvings = Math.ceil(Math.log(elements) / Math.log(4));
    return Slope.of(
        step -> lossAt(Map.of(array, direction), step),
        lossAtStart,
        rounding,
        LONGEST_STEP * Math.pow(0.5, halvings),
        scale);
  }

  /** By one element. */
  Slope byElement(String array, int i, double scale) {
    float[] direction = new float[start.get(array).values().length];
    direction[i] = 1;
    return along(array, direction, scale);
  }

  private double lossAt(Map<String, float[]> direction, double step) {
    Map<String, FloatArray> arrays = new LinkedHashMap<>(start.arrays());
    direction.forEach(
        (name, signs) -> {
          float[] values = start.get(name).values().clone();
          for (int i = 0; i < values.length; i++) {
            values[i] += (float) step * signs[i];
          }
          arrays.put(name, new FloatArray(start.get(name).shape(), values));
        });
    model.setParameters(new NamedArrays(arrays));
    return loss.getAsDouble();
  }

  /** The name of an element, such as {@code W[3, 7]}. */
  String nameOf(String array, int i) {
    int[] shape = start.get(array).shape();
    List<Integer> place = new ArrayList<>();
    int rest = i;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      place.add(0, rest % shape[axis]);
      rest /= shape[axis];
    }
    return array + place;
  }

  static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(x -> x * x).sum());
  }
}
