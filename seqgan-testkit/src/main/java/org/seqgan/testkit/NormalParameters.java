package org.seqgan.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.model.Model;
import org.seqgan.api.random.RandomStream;

/**
 * Parameters from a normal distribution with mean 0. Models start near zero, where every token is
 * about as probable as any other, and what a wrong model does cannot be told from what a right one
 * does; N(0, 1) is far from that.
 */
final class NormalParameters {
  /**
   * Values are whole multiples of this. To add a power of two that is not too short, {@link
   * Slope#SHORTEST_STEP}, is then exact in float32, so that differences of losses are taken over
   * the step that was meant.
   */
  private static final double GRID = 0x1p-12;

  private NormalParameters() {}

  /** Overwrites every array of a model, each from a stream of its own name. */
  static void give(Model model, double deviation, RandomStream stream) {
    Map<String, FloatArray> drawn = new LinkedHashMap<>();
    model
        .parameters()
        .arrays()
        .forEach(
            (name, array) ->
                drawn.put(
                    name,
                    new FloatArray(
                        array.shape(),
                        normal(array.values().length, deviation, stream.split(name)))));
    NamedArrays given = new NamedArrays(drawn);
    model.setParameters(given);
    ModelChecks.assertSame("parameters that were set", given, model.parameters());
  }

  /** By Box and Muller (1958), the cosine of each pair. */
  private static float[] normal(int count, double deviation, RandomStream stream) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      double radius = Math.sqrt(-2 * Math.log(1 - (double) stream.nextUniform()));
      double value = deviation * radius * Math.cos(2 * Math.PI * stream.nextUniform());
      values[i] = (float) (GRID * Math.rint(value / GRID));
    }
    return values;
  }
}
