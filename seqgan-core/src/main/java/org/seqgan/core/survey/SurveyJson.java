package org.seqgan.core.survey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.seqgan.api.UserException;
import org.seqgan.core.io.Json;
import org.seqgan.core.io.JsonFault;
import org.seqgan.core.run.DurableFiles;

/**
 * A JSON file of a survey that is being read; every complaint names the file.
 *
 * @param file where it lies
 * @param root all of it
 */
record SurveyJson(Path file, JsonNode root) {
  static final String FORMAT = "format";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /**
   * Reads a file.
   *
   * @param format what its key {@code format} must say
   * @param what it is, in words
   */
  static SurveyJson read(Path file, String format, String what) {
    try {
      return parse(file, Files.readString(file), format, what);
    } catch (IOException e) {
      throw DurableFiles.cannotRead(file, e);
    }
  }

  /** The same of a text that is, or is to be, in the file. */
  static SurveyJson parse(Path file, String text, String format, String what) {
    try {
      JsonNode root = MAPPER.readTree(text);
      SurveyJson json = new SurveyJson(file, root);
      String found = root.path(FORMAT).asText();
      if (!found.equals(format)) {
        throw json.bad(
            "expected %s, a JSON object with \"%s\": \"%s\", found %s"
                .formatted(
                    what, FORMAT, format, found.isEmpty() ? "none" : "\"" + found + "\" there"));
      }
      return json;
    } catch (JsonProcessingException e) {
      throw new UserException(
          UserException.Kind.DATA,
          "%s:%d: expected %s as JSON, found %s; use the file as it was saved"
              .formatted(
                  file,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  what,
                  JsonFault.words(e)),
          e);
    }
  }

  static ObjectNode object(String format) {
    return Json.object().put(FORMAT, format);
  }

  /** The value of a key, which must be of a type. */
  JsonNode field(JsonNode object, String key, JsonNodeType type) {
    JsonNode value = object.path(key);
    if (value.getNodeType() != type) {
      throw bad(
          "expected a value of type %s for \"%s\", found %s"
              .formatted(
                  type.name().toLowerCase(java.util.Locale.ROOT),
                  key,
                  value.isMissingNode() ? "none" : value));
    }
    return value;
  }

  UserException bad(String message) {
    return new UserException(UserException.Kind.DATA, file + ": " + message);
  }
}
