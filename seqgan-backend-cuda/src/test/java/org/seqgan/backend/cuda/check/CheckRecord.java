package org.seqgan.backend.cuda.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.seqgan.api.UserException;
import org.seqgan.backend.cuda.check.Part.State;
import org.seqgan.core.io.Json;
import org.seqgan.core.run.DurableFiles;

/**
 * What a check has measured so far: a JSON file that is written before and after each part, so that
 * a later call goes on with it.
 */
final class CheckRecord {
  private static final String OF = "of";
  private static final String PARTS = "parts";
  private static final String STATE = "state";
  private static final String SECONDS = "seconds";
  private static final String COMPLETE = "complete";

  private final Path file;
  private final ObjectNode node;

  private CheckRecord(Path file, ObjectNode node) {
    this.file = file;
    this.node = node;
  }

  /**
   * The record in a file, or a new one.
   *
   * @param of what is measured, and on which device: a record has figures of one such thing
   * @throws UserException if the file is of something else, or is no record
   */
  static CheckRecord open(Path file, String check, ObjectNode of) {
    if (!Files.exists(file)) {
      ObjectNode node = Json.object().put("check", check);
      node.set(OF, of);
      node.put("began", now());
      node.set(PARTS, Json.object());
      return new CheckRecord(file, node);
    }
    try {
      ObjectNode node = Json.parse(Files.readString(file));
      if (!node.path(OF).equals(of)) {
        throw problem(
            "%s is of something else: %s; work in another folder, or delete it and what lies beside it"
                .formatted(file, difference(node.path(OF), of)));
      }
      return new CheckRecord(file, node);
    } catch (IOException | IllegalArgumentException e) {
      throw problem("%s is no record of a check (%s); delete it".formatted(file, e.getMessage()));
    }
  }

  private static String difference(JsonNode found, ObjectNode expected) {
    return expected.properties().stream()
        .filter(entry -> !entry.getValue().equals(found.path(entry.getKey())))
        .map(
            entry ->
                "%s is %s there, %s here"
                    .formatted(entry.getKey(), found.path(entry.getKey()), entry.getValue()))
        .findFirst()
        .orElse("it names more devices");
  }

  private static UserException problem(String message) {
    return new UserException(UserException.Kind.DATA, message);
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  boolean isComplete() {
    return node.path(COMPLETE).asBoolean();
  }

  boolean isDone(Part part) {
    return state(part).equals(State.DONE.label());
  }

  /** Whether an earlier call began it. */
  boolean isBegun(Part part) {
    return !state(part).isEmpty();
  }

  private String state(Part part) {
    return measured(part.name()).path(STATE).asText();
  }

  /** What a part measured; a missing node where it did not begin. */
  JsonNode measured(String part) {
    return node.path(PARTS).path(part);
  }

  /** Puts what came of a part; the time adds to that of earlier calls which it went on with. */
  void put(Part part, Part.Result result, double seconds) {
    JsonNode before = measured(part.name());
    boolean wentOn = !before.path(STATE).asText().equals(State.FAILED.label());
    ObjectNode measured = Json.object().put(STATE, result.state().label());
    measured.put(SECONDS, seconds + (wentOn ? before.path(SECONDS).asDouble() : 0));
    measured.put("date", now());
    measured.setAll(result.measured());
    ((ObjectNode) node.path(PARTS)).set(part.name(), measured);
  }

  /** What all parts together show, beside them. */
  ObjectNode summary() {
    return node;
  }

  /** Writes the file. */
  void write(List<Part> parts) {
    double seconds = 0;
    ArrayNode failed = node.putArray("failed-parts");
    ArrayNode remaining = node.putArray("remaining");
    for (Part part : parts) {
      seconds += measured(part.name()).path(SECONDS).asDouble();
      if (!isDone(part)) {
        remaining.add(part.name());
      }
      if (isFailed(part)) {
        failed.add(part.name());
      }
    }
    node.put("updated", now());
    node.put(SECONDS, seconds);
    node.put(COMPLETE, remaining.isEmpty());
    DurableFiles.replace(file, Json.pretty(node));
  }

  boolean isFailed(Part part) {
    return state(part).equals(State.FAILED.label());
  }
}
