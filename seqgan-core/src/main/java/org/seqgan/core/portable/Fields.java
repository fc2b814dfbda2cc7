package org.seqgan.core.portable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.core.io.Json;

/**
 * The fields of a JSON object of a stranger's: each is of the type that is asked for, or an {@link
 * IllegalArgumentException} says what was expected and found.
 */
record Fields(JsonNode object) {
  private static final int LONGEST_SHOWN = 60;

  String text(String key) {
    return text("key '" + key + "'", Json.field(object, key));
  }

  Optional<String> optionalText(String key) {
    JsonNode value = object.get(key);
    return value == null || value.isNull()
        ? Optional.empty()
        : Optional.of(text("key '" + key + "'", value));
  }

  private static String text(String what, JsonNode value) {
    if (!value.isTextual()) {
      throw wrong(what, "a text", value);
    }
    return value.textValue();
  }

  int integer(String key, int least, int most) {
    JsonNode value = Json.field(object, key);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong("key '" + key + "'", "a whole number", value);
    }
    if (value.intValue() < least || value.intValue() > most) {
      throw wrong("key '" + key + "'", least + " to " + most, value);
    }
    return value.intValue();
  }

  long whole(String key) {
    JsonNode value = Json.field(object, key);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong("key '" + key + "'", "a whole number", value);
    }
    return value.longValue();
  }

  float number(String key) {
    JsonNode value = Json.field(object, key);
    if (!value.isNumber()) {
      throw wrong("key '" + key + "'", "a number", value);
    }
    return value.floatValue();
  }

  Fields object(String key) {
    return new Fields(objectAt("key '" + key + "'", Json.field(object, key)));
  }

  private static ObjectNode objectAt(String what, JsonNode value) {
    if (value instanceof ObjectNode inner) {
      return inner;
    }
    throw wrong(what, "an object", value);
  }

  List<Fields> objects(String key) {
    List<Fields> objects = new ArrayList<>();
    for (JsonNode element : array(key)) {
      objects.add(new Fields(objectAt("an element of '" + key + "'", element)));
    }
    return objects;
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array(key)) {
      texts.add(text("element %d of '%s'".formatted(texts.size() + 1, key), element));
    }
    return texts;
  }

  private JsonNode array(String key) {
    JsonNode value = Json.field(object, key);
    if (!value.isArray()) {
      throw wrong("key '" + key + "'", "a list", value);
    }
    return value;
  }

  /** All fields, which are texts. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            entry ->
                texts.put(entry.getKey(), text("key '" + entry.getKey() + "'", entry.getValue())));
    return texts;
  }

  /** All fields, which are numbers as {@link Json#put} writes them. */
  Map<String, Double> numbers() {
    Map<String, Double> numbers = new LinkedHashMap<>();
    object
        .properties()
        .forEach(entry -> numbers.put(entry.getKey(), Json.number(entry.getValue())));
    return numbers;
  }

  private static IllegalArgumentException wrong(String what, String expected, JsonNode found) {
    String text = found.isContainerNode() ? "something else" : found.toString();
    return new IllegalArgumentException(
        "%s: expected %s, found %s"
            .formatted(
                what,
                expected,
                text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text));
  }
}
