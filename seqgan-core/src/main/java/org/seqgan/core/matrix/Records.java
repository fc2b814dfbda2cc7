package org.seqgan.core.matrix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.seqgan.api.UserException;
import org.seqgan.core.io.JsonFault;
import org.seqgan.core.run.DurableFiles;

/**
 * Records as JSON files. {@code NaN} and infinities are strings, because JSON has no number for
 * them.
 */
final class Records {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private Records() {}

  /** Writes a file in one step, durably. */
  static void write(Path file, Object value) {
    try {
      DurableFiles.replace(file, MAPPER.writeValueAsString(value) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where it is not such a record
   */
  static <T> T read(Path file, Class<T> type) {
    return read(file, type, Map.of());
  }

  /**
   * Reads a file that an earlier version may have written.
   *
   * @param added values of the components that its record did not have
   * @throws UserException of kind {@code RUN_DIRECTORY} where it is not such a record
   */
  static <T> T read(Path file, Class<T> type, Map<String, Object> added) {
    try {
      JsonNode node = MAPPER.readTree(Files.readString(file));
      if (node instanceof ObjectNode object) {
        added.forEach((key, value) -> object.putIfAbsent(key, MAPPER.valueToTree(value)));
      }
      return MAPPER.treeToValue(node, type);
    } catch (JsonProcessingException e) {
      throw new UserException(
          UserException.Kind.RUN_DIRECTORY,
          "expected %s written by seqgan matrix, found something else: %s; move it away, or choose another --out"
              .formatted(file, JsonFault.words(e)),
          e);
    } catch (IOException e) {
      throw DurableFiles.cannotRead(file, e);
    }
  }
}
