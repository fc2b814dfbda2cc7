package org.seqgan.core.matrix;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.seqgan.api.UserException;
import org.seqgan.core.io.Json;
import org.seqgan.core.io.JsonFault;
import org.seqgan.core.run.DurableFiles;

/**
 * Records as {@linkplain Json JSON} files. Reading is strict: nothing is taken for something else,
 * and nothing may be null.
 */
final class Records {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              texts ->
                  texts
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
          .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
          .build();

  private Records() {}

  /** Writes a file in one step, durably. */
  static void write(Path file, Object value) {
    DurableFiles.replace(file, Json.line(value) + "\n");
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
      JsonNode node = MAPPER.readTree(Files.readAllBytes(file));
      if (!(node instanceof ObjectNode object)) {
        throw new UserException(UserException.Kind.RUN_DIRECTORY, unlike(file, "no JSON object"));
      }
      if (!isFinite(object)) {
        throw new UserException(
            UserException.Kind.RUN_DIRECTORY, unlike(file, "a number that is too large"));
      }
      added.forEach((key, value) -> object.putIfAbsent(key, MAPPER.valueToTree(value)));
      return MAPPER.treeToValue(object, type);
    } catch (JsonProcessingException e) {
      throw new UserException(
          UserException.Kind.RUN_DIRECTORY,
          unlike(file, "something else: " + JsonFault.words(e)),
          e);
    } catch (IOException e) {
      throw DurableFiles.cannotRead(file, e);
    }
  }

  private static String unlike(Path file, String found) {
    return "expected %s written by seqgan matrix, found %s; move it away, or choose another --out"
        .formatted(file, found);
  }

  /** Whether all its numbers are: one such as 1e999 is read as an infinity. */
  private static boolean isFinite(JsonNode node) {
    if (node.isNumber()) {
      return Double.isFinite(node.doubleValue());
    }
    for (JsonNode child : node) {
      if (!isFinite(child)) {
        return false;
      }
    }
    return true;
  }
}
