package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.core.GoldenFile;

/**
 * What a model gives, as PyTorch computed it in float64, in a {@linkplain GoldenFile file of
 * reference numbers}. Whatever is malformed is a failure.
 *
 * @param file where it comes from
 * @param root its contents
 */
record GoldenCase(Path file, JsonNode root) {
  private static final double RELATIVE = 1e-4;

  /**
   * Elements smaller than this share of their array's largest are compared as if they were that
   * large.
   */
  private static final double FLOOR = 1e-2;

  /** All files whose name begins with a prefix; a folder without one is a failure. */
  static Stream<GoldenCase> files(String prefix) {
    return GoldenFile.all(prefix).map(golden -> new GoldenCase(golden.path(), golden.root()));
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }

  JsonNode at(String... path) {
    JsonNode node = root;
    for (String name : path) {
      node = node.get(name);
      if (node == null) {
        throw new AssertionError(file + " has no '" + String.join(".", path) + "'");
      }
    }
    return node;
  }

  int integer(String... path) {
    JsonNode node = at(path);
    if (!node.isInt()) {
      throw new AssertionError(
          file + ": '" + String.join(".", path) + "' is no whole number: " + node);
    }
    return node.intValue();
  }

  double number(String... path) {
    return number(at(path), String.join(".", path));
  }

  private double number(JsonNode node, String what) {
    if (!node.isNumber()) {
      throw new AssertionError(file + ": '" + what + "' is no number: " + node);
    }
    return node.doubleValue();
  }

  List<Integer> integers(String... path) {
    List<Integer> values = new ArrayList<>();
    for (JsonNode node : at(path)) {
      values.add(node.intValue());
    }
    return values;
  }

  /** A nested array of numbers; a ragged one is a failure. */
  FloatArray array(String... path) {
    String what = String.join(".", path);
    JsonNode node = at(path);
    List<Integer> shape = new ArrayList<>();
    for (JsonNode inner = node; inner.isArray(); inner = inner.get(0)) {
      if (inner.isEmpty()) {
        throw new AssertionError(file + ": '" + what + "' has an empty axis");
      }
      shape.add(inner.size());
    }
    if (shape.isEmpty()) {
      throw new AssertionError(file + ": '" + what + "' is no array");
    }
    List<Double> values = new ArrayList<>();
    flatten(node, shape, 0, values, what);
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return new FloatArray(shape.stream().mapToInt(Integer::intValue).toArray(), floats);
  }

  private void flatten(
      JsonNode node, List<Integer> shape, int axis, List<Double> values, String what) {
    if (axis == shape.size()) {
      values.add(number(node, what));
      return;
    }
    if (!node.isArray() || node.size() != shape.get(axis)) {
      throw new AssertionError(file + ": '" + what + "' is ragged at axis " + axis);
    }
    node.forEach(inner -> flatten(inner, shape, axis + 1, values, what));
  }

  Sequences tokens() {
    FloatArray array = array("tokens");
    int[] tokens = new int[array.values().length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = (int) array.values()[i];
    }
    return Sequences.ofFullLength(tokens, array.shape()[1]);
  }

  TokenValues tokenValues(String... path) {
    FloatArray array = array(path);
    return new TokenValues(array.shape()[0], array.shape()[1], array.values());
  }

  void assertClose(double actual, String... path) {
    double expected = number(path);
    assertThat(Math.abs(actual - expected) / Math.abs(expected))
        .as("%s %s: expected %s, found %s", file, String.join(".", path), expected, actual)
        .isLessThanOrEqualTo(RELATIVE);
  }

  void assertClose(float[] actual, float[] expected, String what) {
    assertThat(actual.length)
        .as("%s %s: number of elements", file, what)
        .isEqualTo(expected.length);
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      double tolerance = RELATIVE * Math.max(Math.abs(expected[i]), FLOOR * largest);
      assertThat(Math.abs((double) actual[i] - expected[i]))
          .as("%s %s[%d]: expected %s, found %s", file, what, i, expected[i], actual[i])
          .isLessThanOrEqualTo(tolerance);
    }
  }
}
