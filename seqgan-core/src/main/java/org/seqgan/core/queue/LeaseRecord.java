package org.seqgan.core.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import org.seqgan.core.io.Json;

/**
 * What the holder of a lease tells the others. It tells no time: clocks differ.
 *
 * @param holder who has it
 * @param attempt the number of the attempt that it is for
 * @param length for how long it may be silent, as another measures that by a clock of its own
 * @param count how often it was renewed
 */
public record LeaseRecord(Holder holder, int attempt, Duration length, long count) {
  String text() {
    ObjectNode node = Json.object();
    node.put("holder", holder.name()).put("machine", holder.machine()).put("pid", holder.pid());
    node.put("token", holder.token()).put("attempt", attempt);
    node.put("milliseconds", length.toMillis()).put("count", count);
    return Json.line(node) + "\n";
  }

  /** Reads one; empty for what is none, such as one that was half written. */
  static Optional<LeaseRecord> parse(String text) {
    try {
      ObjectNode node = Json.parse(text);
      Holder holder =
          new Holder(
              word(node, "holder"),
              word(node, "machine"),
              number(node, "pid"),
              word(node, "token"));
      Duration length = Duration.ofMillis(number(node, "milliseconds"));
      int attempt = Math.toIntExact(number(node, "attempt"));
      return Optional.of(new LeaseRecord(holder, attempt, length, number(node, "count")));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static String word(ObjectNode node, String key) {
    JsonNode value = Json.field(node, key);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(key + " is no text");
    }
    return value.textValue();
  }

  private static long number(ObjectNode node, String key) {
    JsonNode value = Json.field(node, key);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw new IllegalArgumentException(key + " is no number from 0");
    }
    return value.longValue();
  }
}
