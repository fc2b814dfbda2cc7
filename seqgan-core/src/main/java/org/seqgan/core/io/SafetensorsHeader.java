package org.seqgan.core.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;

/**
 * The JSON object at the head of a safetensors file, checked as the format's description demands:
 * the arrays fill the bytes after it without a hole or an overlap.
 *
 * @param entries the arrays, in the order of the header
 * @param metadata the strings under {@code __metadata__}, in order
 */
record SafetensorsHeader(List<SafetensorsEntry> entries, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final String F32 = "F32";
  private static final int ALIGNMENT = 8;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  SafetensorsHeader {
    entries = List.copyOf(entries);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Parses and checks a header.
   *
   * @param json the header, padding included
   * @param dataBytes how many bytes follow it in the file
   * @throws MalformedFileException saying what is wrong
   */
  static SafetensorsHeader parse(byte[] json, long dataBytes) throws MalformedFileException {
    if (json.length == 0 || json[0] != '{') {
      throw new MalformedFileException("its header does not begin with '{'");
    }
    SafetensorsHeader header;
    try (JsonParser parser = JSON.createParser(strictUtf8(json))) {
      header = parseObject(parser);
      if (parser.nextToken() != null) {
        throw new MalformedFileException("its header goes on after the JSON object");
      }
    } catch (MalformedFileException e) {
      throw e;
    } catch (JsonProcessingException e) {
      throw new MalformedFileException("its header is not JSON: " + JsonFault.words(e));
    } catch (IOException e) {
      throw new MalformedFileException("its header is not UTF-8");
    }
    header.checkLayout(dataBytes);
    return header;
  }

  /** The header of a file to write, padded with blanks so that the data are aligned. */
  static byte[] format(NamedArrays arrays, Map<String, String> metadata) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(METADATA);
        // Sorted, so that equal metadata give equal bytes whatever map they come in.
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long begin = 0;
      for (Map.Entry<String, FloatArray> entry : Safetensors.inOrder(arrays).entrySet()) {
        begin = formatArray(json, entry.getKey(), entry.getValue(), begin);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalArgumentException("no JSON can be made of " + arrays.names(), e);
    }
    while (bytes.size() % ALIGNMENT != 0) {
      bytes.write(' ');
    }
    return bytes.toByteArray();
  }

  private static long formatArray(JsonGenerator json, String name, FloatArray array, long begin)
      throws IOException {
    if (name.equals(METADATA)) {
      throw new IllegalArgumentException("an array cannot be called " + METADATA);
    }
    long end = begin + (long) Float.BYTES * array.values().length;
    json.writeObjectFieldStart(name);
    json.writeStringField("dtype", F32);
    json.writeFieldName("shape");
    json.writeArray(array.shape(), 0, array.shape().length);
    json.writeFieldName("data_offsets");
    json.writeArray(new long[] {begin, end}, 0, 2);
    json.writeEndObject();
    return end;
  }

  /** Jackson alone would guess UTF-16 and UTF-32 too, which the format does not allow. */
  private static Reader strictUtf8(byte[] json) {
    return new InputStreamReader(
        new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder());
  }

  private static SafetensorsHeader parseObject(JsonParser parser) throws IOException {
    List<SafetensorsEntry> entries = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    expect(parser.nextToken(), JsonToken.START_OBJECT, "its header");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (name.equals(METADATA)) {
        parseMetadata(parser, metadata);
      } else {
        entries.add(parseEntry(parser, name));
      }
    }
    return new SafetensorsHeader(entries, metadata);
  }

  private static void parseMetadata(JsonParser parser, Map<String, String> metadata)
      throws IOException {
    expect(parser.nextToken(), JsonToken.START_OBJECT, METADATA);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      expect(parser.nextToken(), JsonToken.VALUE_STRING, METADATA + " '" + key + "'");
      metadata.put(key, parser.getText());
    }
  }

  private static SafetensorsEntry parseEntry(JsonParser parser, String name) throws IOException {
    String what = "array '" + name + "'";
    String dtype = "";
    List<Integer> shape = List.of();
    long[] offsets = {};
    Set<String> missing = new LinkedHashSet<>(List.of("dtype", "shape", "data_offsets"));
    expect(parser.nextToken(), JsonToken.START_OBJECT, what);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "dtype" -> {
          expect(parser.currentToken(), JsonToken.VALUE_STRING, "the dtype of " + what);
          dtype = parser.getText();
        }
        case "shape" -> shape = parseShape(parser, what);
        case "data_offsets" -> offsets = parseNumbers(parser, "data_offsets of " + what);
        default -> throw new MalformedFileException(what + " has an unknown field '" + field + "'");
      }
      missing.remove(field);
    }
    if (!missing.isEmpty()) {
      throw new MalformedFileException(what + " has no " + missing.iterator().next());
    }
    if (offsets.length != 2) {
      throw new MalformedFileException(
          "data_offsets of " + what + " are " + offsets.length + " numbers, expected 2");
    }
    return new SafetensorsEntry(name, dtype, shape, offsets[0], offsets[1]);
  }

  private static List<Integer> parseShape(JsonParser parser, String what) throws IOException {
    long[] sizes = parseNumbers(parser, "the shape of " + what);
    List<Integer> shape = new ArrayList<>();
    for (int axis = 0; axis < sizes.length; axis++) {
      if (sizes[axis] > Integer.MAX_VALUE) {
        throw new MalformedFileException(
            "axis " + axis + " of " + what + " has size " + sizes[axis] + ", which is too large");
      }
      shape.add((int) sizes[axis]);
    }
    return shape;
  }

  private static long[] parseNumbers(JsonParser parser, String what) throws IOException {
    expect(parser.currentToken(), JsonToken.START_ARRAY, what);
    List<Long> numbers = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
      long number = parser.getLongValue();
      if (number < 0) {
        throw new MalformedFileException(what + " has the negative number " + number);
      }
      numbers.add(number);
    }
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private static void expect(JsonToken found, JsonToken expected, String what)
      throws MalformedFileException {
    if (found != expected) {
      throw new MalformedFileException(
          what + ": expected " + words(expected) + ", found " + words(found));
    }
  }

  private static String words(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a fraction";
      case VALUE_TRUE, VALUE_FALSE -> "a truth value";
      case VALUE_NULL -> "null";
      default -> "the end of an object or array";
    };
  }

  private void checkLayout(long dataBytes) throws MalformedFileException {
    for (SafetensorsEntry entry : entries) {
      checkSize(entry);
    }
    List<SafetensorsEntry> byPlace = new ArrayList<>(entries);
    byPlace.sort(
        Comparator.comparingLong(SafetensorsEntry::begin).thenComparingLong(SafetensorsEntry::end));
    long at = 0;
    for (SafetensorsEntry entry : byPlace) {
      if (entry.begin() != at) {
        throw new MalformedFileException(
            "array '"
                + entry.name()
                + "' begins at byte "
                + entry.begin()
                + " of the data, expected "
                + at
                + " (no hole, no overlap)");
      }
      at = entry.end();
    }
    if (at != dataBytes) {
      throw new MalformedFileException(
          "its arrays take " + at + " bytes, but " + dataBytes + " follow the header");
    }
  }

  private static void checkSize(SafetensorsEntry entry) throws MalformedFileException {
    if (!entry.dtype().equals(F32)) {
      throw new MalformedFileException(
          "array '"
              + entry.name()
              + "' has dtype "
              + entry.dtype()
              + "; only F32 is read: convert it to float32");
    }
    long expected;
    try {
      expected = Math.multiplyExact((long) Float.BYTES, entry.elementCount());
    } catch (ArithmeticException e) {
      throw new MalformedFileException(
          "array '" + entry.name() + "' has more elements than can be counted");
    }
    if (entry.end() < entry.begin() || entry.end() - entry.begin() != expected) {
      throw new MalformedFileException(
          "array '"
              + entry.name()
              + "' lies at bytes "
              + entry.begin()
              + " to "
              + entry.end()
              + ", but its shape takes "
              + expected
              + " bytes");
    }
  }
}
