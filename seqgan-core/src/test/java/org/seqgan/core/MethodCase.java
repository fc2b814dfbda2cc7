package org.seqgan.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A reference case of a method's formula, computed in float64 apart from our code: numbers in, and
 * what follows from them. Cases are in files of the method's name, {@code methods/NAME.json} of the
 * {@linkplain GoldenFile folder of reference numbers}, or {@code NAME.json} where that folder has
 * none of that name. Whatever is missing or malformed is a failure.
 *
 * @param file where it stands
 * @param index of the case in the file
 * @param root the case
 */
public record MethodCase(GoldenFile file, int index, JsonNode root) {
  /** How far results in float32 may be off, of the expected number. */
  public static final double FLOAT = 1e-4;

  /** How far results in float64 may be off, of the expected number. */
  public static final double DOUBLE = 1e-9;

  /** Numbers smaller than this share of the largest of their array count as that large. */
  private static final double FLOOR = 1e-2;

  /** All cases of a method. */
  public static Stream<MethodCase> of(String method) {
    return GoldenFile.method(method)
        .flatMap(
            file -> {
              JsonNode cases = file.at("cases");
              return IntStream.range(0, cases.size())
                  .mapToObj(i -> new MethodCase(file, i, cases.get(i)));
            });
  }

  @Override
  public String toString() {
    return file + ", case " + index;
  }

  private AssertionError malformed(String field, String expected) {
    return new AssertionError("%s: expected '%s' to be %s".formatted(this, field, expected));
  }

  /** What stands under a name. */
  public JsonNode at(String field) {
    JsonNode value = root.get(field);
    if (value == null) {
      throw malformed(field, "there");
    }
    return value;
  }

  /** A number. */
  public double number(String field) {
    return number(field, at(field));
  }

  private double number(String field, JsonNode node) {
    if (!node.isNumber()) {
      throw malformed(field, "a number or an array of numbers");
    }
    return node.doubleValue();
  }

  /** The sizes of the axes of a nested array. */
  public int[] shape(String field) {
    List<Integer> shape = new ArrayList<>();
    for (JsonNode node = at(field); node.isArray(); node = node.get(0)) {
      if (node.isEmpty()) {
        throw malformed(field, "without empty axes");
      }
      shape.add(node.size());
    }
    return shape.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The numbers of a nested array, row-major; a ragged one is a failure. */
  public double[] numbers(String field) {
    List<Double> values = new ArrayList<>();
    flatten(field, at(field), shape(field), 0, values);
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private void flatten(String field, JsonNode node, int[] shape, int axis, List<Double> values) {
    if (axis == shape.length) {
      values.add(number(field, node));
      return;
    }
    if (!node.isArray() || node.size() != shape[axis]) {
      throw malformed(field, "an array with rows of equal length");
    }
    node.forEach(inner -> flatten(field, inner, shape, axis + 1, values));
  }

  /** The numbers of a nested array in float32. */
  public float[] floats(String field) {
    double[] values = numbers(field);
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** Whole numbers of a nested array. */
  public int[] integers(String field) {
    double[] values = numbers(field);
    int[] integers = new int[values.length];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = (int) values[i];
      if (integers[i] != values[i]) {
        throw malformed(field, "whole numbers");
      }
    }
    return integers;
  }

  /** An array of truth values. */
  public boolean[] flags(String field) {
    JsonNode node = at(field);
    boolean[] flags = new boolean[node.size()];
    for (int i = 0; i < flags.length; i++) {
      if (!node.get(i).isBoolean()) {
        throw malformed(field, "an array of true and false");
      }
      flags[i] = node.get(i).booleanValue();
    }
    return flags;
  }

  /** Compares a number with that under a name. */
  public void assertClose(double actual, String field, double tolerance) {
    assertClose(new double[] {actual}, new double[] {number(field)}, field, tolerance);
  }

  /** Compares numbers with those of the array under a name. */
  public void assertClose(double[] actual, String field, double tolerance) {
    assertClose(actual, numbers(field), field, tolerance);
  }

  /** Compares numbers with those of the array under a name, to {@link #FLOAT}. */
  public void assertClose(float[] actual, String field) {
    double[] values = new double[actual.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = actual[i];
    }
    assertClose(values, field, FLOAT);
  }

  private void assertClose(double[] actual, double[] expected, String field, double tolerance) {
    assertThat(actual.length).as("%s: numbers of '%s'", this, field).isEqualTo(expected.length);
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      double scale = Math.max(Math.abs(expected[i]), FLOOR * largest);
      assertThat(Math.abs(actual[i] - expected[i]))
          .as("%s: '%s'[%d], expected %s, found %s", this, field, i, expected[i], actual[i])
          .isLessThanOrEqualTo(tolerance * scale);
    }
  }
}
