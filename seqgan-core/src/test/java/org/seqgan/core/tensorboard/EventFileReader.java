package org.seqgan.core.tensorboard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads event files by the published formats and shares no code with what writes them: the checksum
 * is computed bit by bit, and a session that starts takes away what came after it, as TensorBoard
 * does.
 */
final class EventFileReader {
  private final Map<String, Map<Long, Float>> scalars = new TreeMap<>();
  private final Map<String, Map<Long, List<String>>> texts = new TreeMap<>();
  private final Map<String, String> plugins = new TreeMap<>();

  /** All files of a folder, in the order of their names. */
  static EventFileReader ofFolder(Path folder) throws IOException {
    EventFileReader reader = new EventFileReader();
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.sorted().toList();
    }
    for (Path file : files) {
      if (!file.getFileName().toString().contains("tfevents")) {
        throw new IOException("TensorBoard would not look at " + file);
      }
      reader.read(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN));
    }
    return reader;
  }

  Map<Long, Float> scalars(String tag) {
    return scalars.getOrDefault(tag, Map.of());
  }

  Map<Long, List<String>> texts(String tag) {
    return texts.getOrDefault(tag, Map.of());
  }

  Map<String, String> plugins() {
    return plugins;
  }

  private void read(ByteBuffer file) throws IOException {
    while (file.hasRemaining()) {
      byte[] length = new byte[8];
      file.get(length);
      check(length, file.getInt());
      byte[] record =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      file.get(record);
      check(record, file.getInt());
      event(fields(record));
    }
  }

  private static void check(byte[] bytes, int masked) throws IOException {
    int unmasked = Integer.rotateLeft(masked - 0xa282ead8, 15);
    int remainder = -1;
    for (byte each : bytes) {
      remainder ^= each & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        remainder = remainder >>> 1 ^ ((remainder & 1) == 0 ? 0 : 0x82F63B78);
      }
    }
    if (~remainder != unmasked) {
      throw new IOException("the checksum is wrong");
    }
  }

  private void event(Map<Integer, List<Object>> event) {
    long step = event.containsKey(2) ? (Long) event.get(2).get(0) : 0;
    if (event.containsKey(7) && inner(event, 7).get(1).get(0).equals(1L)) {
      scalars.values().forEach(values -> values.keySet().removeIf(at -> at >= step));
      texts.values().forEach(values -> values.keySet().removeIf(at -> at >= step));
    }
    if (event.containsKey(5)) {
      inner(event, 5)
          .getOrDefault(1, List.of())
          .forEach(value -> value(step, fields((byte[]) value)));
    }
  }

  private void value(long step, Map<Integer, List<Object>> value) {
    String tag = text(value.get(1).get(0));
    if (value.containsKey(2)) {
      scalars.computeIfAbsent(tag, key -> new TreeMap<>()).put(step, (Float) value.get(2).get(0));
    }
    if (value.containsKey(9)) {
      plugins.put(tag, text(inner(inner(value, 9), 1).get(1).get(0)));
    }
    if (value.containsKey(8) && inner(value, 8).containsKey(8)) {
      texts
          .computeIfAbsent(tag, key -> new TreeMap<>())
          .put(step, inner(value, 8).get(8).stream().map(EventFileReader::text).toList());
    }
  }

  private static Map<Integer, List<Object>> inner(Map<Integer, List<Object>> fields, int number) {
    return fields((byte[]) fields.get(number).get(0));
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }

  /** The fields of a message by number: varints, floats, doubles and bytes. */
  private static Map<Integer, List<Object>> fields(byte[] message) {
    Map<Integer, List<Object>> fields = new TreeMap<>();
    ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      long key = varint(bytes);
      Object value =
          switch ((int) key & 7) {
            case 0 -> varint(bytes);
            case 1 -> bytes.getDouble();
            case 2 -> {
              byte[] content = new byte[(int) varint(bytes)];
              bytes.get(content);
              yield content;
            }
            case 5 -> bytes.getFloat();
            default -> throw new IllegalArgumentException("no such way to write a field");
          };
      fields.computeIfAbsent((int) (key >>> 3), number -> new ArrayList<>()).add(value);
    }
    return fields;
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
