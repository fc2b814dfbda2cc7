package org.seqgan.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.cli.sample.SampleFormat;
import org.seqgan.core.io.Json;
import org.seqgan.core.registry.Spelling;
import org.seqgan.core.serve.ServedModel;

/**
 * What a client asks for.
 *
 * @param count how many sequences
 * @param prefix what each begins with
 * @param range which of the sequences of a seed; empty for some that nobody has had
 * @param decoding what the client says of it
 * @param format how sequences are given
 * @param stream whether they are sent as they are drawn
 */
record SequenceRequest(
    int count,
    Optional<String> prefix,
    Optional<ServedModel.Range> range,
    Wish decoding,
    SampleFormat format,
    boolean stream) {
  /** The formats that are lines, by their names here. */
  static final Map<String, SampleFormat> FORMATS = formats();

  private static Map<String, SampleFormat> formats() {
    Map<String, SampleFormat> formats = new LinkedHashMap<>();
    for (SampleFormat format :
        new SampleFormat[] {
          SampleFormat.JSON, SampleFormat.TEXT, SampleFormat.CSV, SampleFormat.TOKENS
        }) {
      formats.put(format.name().toLowerCase(Locale.ROOT), format);
    }
    return formats;
  }

  /** How tokens are to be drawn, as far as it is said. */
  record Wish(Optional<Float> temperature, Optional<Integer> topK, Optional<Float> topP) {
    /**
     * What is said, and in the place of what is not what a model says.
     *
     * @throws UserException if a number is out of its range
     */
    Decoding over(Decoding usual) {
      try {
        return new Decoding(
            temperature.orElse(usual.temperature()),
            topK.orElse(usual.topK()),
            topP.orElse(usual.topP()));
      } catch (IllegalArgumentException e) {
        throw wrong(String.valueOf(e.getMessage()));
      }
    }
  }

  /**
   * Reads the body of a request.
   *
   * @param body what it does not say is as usual
   * @param mostSequences that one request may ask for
   * @throws UserException if it has anything that is not known, or a value that is wrong
   */
  static SequenceRequest parse(ObjectNode body, int mostSequences) {
    for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
      requireKnown(names.next());
    }
    Fields fields = new Fields(body);
    long count =
        fields
            .whole(RequestField.COUNT, 1, mostSequences)
            .orElse((long) Math.min(RequestField.USUAL_COUNT, mostSequences));
    Optional<Long> topK = fields.whole(RequestField.TOP_K, 0, Integer.MAX_VALUE);
    Wish wish =
        new Wish(
            fields.number(RequestField.TEMPERATURE),
            topK.map(Math::toIntExact),
            fields.number(RequestField.TOP_P));
    wish.over(Decoding.SAMPLE);
    SampleFormat format =
        fields.text(RequestField.FORMAT).map(SequenceRequest::format).orElse(SampleFormat.JSON);
    boolean stream = fields.yes(RequestField.STREAM);
    if (stream && format != SampleFormat.JSON) {
      throw wrong("stream is for format json, whose lines can tell of an error; leave one out");
    }
    Optional<Long> seed = fields.whole(RequestField.SEED, Long.MIN_VALUE, Long.MAX_VALUE);
    Optional<Long> first = fields.whole(RequestField.FIRST, 0, RequestField.MOST_FIRST);
    if (first.isPresent() && seed.isEmpty()) {
      throw wrong("first is one of the sequences of a seed, which is missing; give both");
    }
    return new SequenceRequest(
        (int) count,
        fields.text(RequestField.PREFIX),
        seed.map(chosen -> new ServedModel.Range(chosen, first.orElse(0L).intValue())),
        wish,
        format,
        stream);
  }

  private static void requireKnown(String name) {
    if (!RequestField.keys().contains(name)) {
      throw wrong(
          "unknown field '%s'%s"
              .formatted(
                  name,
                  Spelling.suggestion(name, RequestField.keys())
                      .map(known -> "; did you mean '%s'?".formatted(known))
                      .orElse("; there are " + String.join(", ", RequestField.keys()))));
    }
  }

  private static SampleFormat format(String name) {
    SampleFormat format = FORMATS.get(name);
    if (format == null) {
      throw wrong(
          "format: expected one of %s, found '%s'"
              .formatted(String.join(", ", FORMATS.keySet()), name));
    }
    return format;
  }

  private static UserException wrong(String message) {
    return new UserException(UserException.Kind.CONFIGURATION, message);
  }

  /** The fields of a body; one that is {@code null} is not there. */
  private record Fields(ObjectNode body) {
    private Optional<JsonNode> find(RequestField field) {
      @Nullable JsonNode value = body.get(field.key());
      return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    Optional<Long> whole(RequestField field, long least, long most) {
      return find(field)
          .map(
              value -> {
                if (!value.isIntegralNumber()
                    || !value.canConvertToLong()
                    || value.longValue() < least
                    || value.longValue() > most) {
                  throw expected(
                      field, "a whole number from %d to %d".formatted(least, most), value);
                }
                return value.longValue();
              });
    }

    /** As the command line reads it, so that it is the same number. */
    Optional<Float> number(RequestField field) {
      return find(field)
          .map(
              value -> {
                float number = value.isNumber() ? Float.parseFloat(value.asText()) : Float.NaN;
                if (!Float.isFinite(number)) {
                  throw expected(field, "a number", value);
                }
                return number;
              });
    }

    Optional<String> text(RequestField field) {
      return find(field)
          .map(
              value -> {
                if (!value.isTextual()) {
                  throw expected(field, "a text", value);
                }
                return value.textValue();
              });
    }

    boolean yes(RequestField field) {
      return find(field)
          .map(
              value -> {
                if (!value.isBoolean()) {
                  throw expected(field, "true or false", value);
                }
                return value.booleanValue();
              })
          .orElse(false);
    }

    private static UserException expected(RequestField field, String what, JsonNode found) {
      String shown = Json.line(found);
      return wrong(
          "%s: expected %s, found %s"
              .formatted(
                  field.key(), what, shown.length() > 40 ? shown.substring(0, 40) + "..." : shown));
    }
  }
}
