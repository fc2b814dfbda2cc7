package org.seqgan.core.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON as everything here is written: keys in the order they were put, numbers with every digit,
 * and {@code NaN} and the infinities as strings, because JSON has no number for them.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  /** An empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Puts a number, finite or not. */
  public static ObjectNode put(ObjectNode node, String key, double value) {
    return Double.isFinite(value) ? node.put(key, value) : node.put(key, Double.toString(value));
  }

  /**
   * A number as {@link #put} wrote it.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static double number(JsonNode value) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    return switch (value.asText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new IllegalArgumentException("expected a number, found " + value);
    };
  }

  /** Reads one object; throws {@link IllegalArgumentException} for anything else. */
  public static ObjectNode parse(String text) {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(JsonFault.words(e), e);
    }
    throw new IllegalArgumentException("expected a JSON object");
  }

  /** The field of an object; throws {@link IllegalArgumentException} where it is absent. */
  public static JsonNode field(JsonNode object, String key) {
    JsonNode value = object.get(key);
    if (value == null || value.isNull()) {
      throw new IllegalArgumentException("key '" + key + "' is missing");
    }
    return value;
  }

  /** On one line: a node, a map, a list, or a record of those, of text and of numbers. */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With a line for each key, ending in a newline. */
  public static String pretty(JsonNode node) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
