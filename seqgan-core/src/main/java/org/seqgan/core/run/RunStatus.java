package org.seqgan.core.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seqgan.api.UserException;
import org.seqgan.api.metric.Better;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.WarningKind;
import org.seqgan.core.io.Json;

/**
 * How a run stands: the contents of {@code status.json}.
 *
 * @param state whether it goes on
 * @param message why it failed, where it did
 * @param position the steps that are complete
 * @param fraction how much of the next step is done, 0 to 1; 1 of a run that has finished
 * @param plan the number of steps of each phase; empty before training starts
 * @param started when the run was created
 * @param updated when this was written
 * @param pid the process that wrote it
 * @param description what was known before
 * @param warnings in order
 * @param lineage what ties it to earlier processes, and to other runs
 */
public record RunStatus(
    State state,
    Optional<String> message,
    Position position,
    double fraction,
    Map<Phase, Integer> plan,
    Instant started,
    Instant updated,
    long pid,
    RunDescription description,
    List<Warning> warnings,
    Lineage lineage) {
  /** That which is written; format 1 had no such number, and no lineage. */
  private static final int FORMAT = 2;

  private static final String FORMAT_KEY = "format";

  /** Copies the collections. */
  public RunStatus {
    Map<Phase, Integer> copy = new TreeMap<>();
    copy.putAll(plan);
    plan = Collections.unmodifiableMap(copy);
    warnings = List.copyOf(warnings);
  }

  /** Of a run without a lineage. */
  public RunStatus(
      State state,
      Optional<String> message,
      Position position,
      double fraction,
      Map<Phase, Integer> plan,
      Instant started,
      Instant updated,
      long pid,
      RunDescription description,
      List<Warning> warnings) {
    this(
        state,
        message,
        position,
        fraction,
        plan,
        started,
        updated,
        pid,
        description,
        warnings,
        Lineage.UNKNOWN);
  }

  /** Whether a run goes on. */
  public enum State {
    /** It does, or its process was killed (see {@link RunLayout#inUse()}). */
    RUNNING,
    /** Every step of the plan is done. */
    FINISHED,
    /** It was stopped, and can be resumed. */
    INTERRUPTED,
    /** An error ended it. */
    FAILED;

    /** The name in files and on screens. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Something that was not well.
   *
   * @param position when it began
   * @param last the last step in which it was seen, or the one in which it was over
   * @param kind what it is a symptom of; empty for a remark about where a run begins or goes on,
   *     and in statuses that were written before warnings had kinds
   * @param message what was measured when it began, what that means and what to do
   * @param times in how many steps it was seen
   * @param over whether it has been absent since
   */
  public record Warning(
      Position position,
      Position last,
      Optional<WarningKind> kind,
      String message,
      int times,
      boolean over) {
    /** A remark about where a run begins or goes on, which is no symptom of training. */
    static Warning remark(Position position, String message) {
      return new Warning(position, position, Optional.empty(), message, 1, false);
    }

    /** Whether two are about the same: one is then a later state of the other. */
    boolean continues(Warning other) {
      return position.equals(other.position)
          && kind.equals(other.kind)
          && message.equals(other.message);
    }

    /** When, in words. */
    public String when() {
      String from =
          times == 1 ? position.toString() : "%d times, %s to %s".formatted(times, position, last);
      return over ? from + ", then over" : from;
    }

    /** Its kind, or that it has none, in a word. */
    public String label() {
      return kind.map(WarningKind::label).orElse("note");
    }

    private ObjectNode toJson() {
      ObjectNode node = position.write(Json.object()).put("message", message);
      kind.ifPresent(
          symptom ->
              node.put("kind", symptom.label())
                  .put("last-step", last.step())
                  .put("times", times)
                  .put("over", over));
      return node;
    }

    /** As a line of JSON. */
    String line() {
      return Json.line(toJson());
    }

    private static Warning read(JsonNode node) {
      Position position = Position.read(node);
      String message = text(node, "message");
      if (!node.has("kind")) {
        return remark(position, message);
      }
      return new Warning(
          position,
          new Position(position.phase(), Json.field(node, "last-step").intValue()),
          Optional.of(constant(WarningKind.class, text(node, "kind").replace('-', '_'))),
          message,
          Json.field(node, "times").intValue(),
          Json.field(node, "over").booleanValue());
    }
  }

  /**
   * Reads a status file.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} for a file that is no status
   */
  public static RunStatus read(Path file) {
    try {
      ObjectNode node = Json.parse(Files.readString(file));
      if (node.has(FORMAT_KEY)) {
        FileFormat.check(node, FORMAT, file);
      }
      return fromJson(node);
    } catch (IOException e) {
      throw DurableFiles.cannotReadRun(file, e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new UserException(
          UserException.Kind.RUN_DIRECTORY,
          "expected the status of a run in " + file + ": " + e.getMessage(),
          e);
    }
  }

  /** Whether a file is such a status. */
  static boolean isThatOfARun(Path file) {
    try {
      read(file);
      return true;
    } catch (UserException e) {
      return false;
    }
  }

  /** This status as JSON, over several lines. */
  String toJson() {
    ObjectNode node = Json.object().put(FORMAT_KEY, FORMAT).put("state", state.label());
    message.ifPresent(text -> node.put("message", text));
    position.write(node).put("fraction", fraction);
    ObjectNode steps = node.putObject("plan");
    plan.forEach((phase, count) -> steps.put(phase.label(), count));
    node.put("started", started.toString()).put("updated", updated.toString()).put("pid", pid);
    lineage.write(node);
    putDescription(node);
    ArrayNode list = node.putArray("warnings");
    warnings.forEach(warning -> list.add(warning.toJson()));
    return Json.pretty(node);
  }

  private void putDescription(ObjectNode node) {
    node.put("version", description.version());
    ArrayNode metrics = node.putArray("metrics");
    for (MetricNote note : description.metrics()) {
      metrics
          .addObject()
          .put("name", note.name())
          .put("better", note.better().name().toLowerCase(Locale.ROOT))
          .put("how", note.how());
    }
    ArrayNode provenance = node.putArray("provenance");
    description.provenance().forEach(provenance::add);
  }

  private static RunStatus fromJson(ObjectNode node) {
    Map<Phase, Integer> plan = new TreeMap<>();
    Json.field(node, "plan")
        .properties()
        .forEach(entry -> plan.put(phase(entry.getKey()), entry.getValue().intValue()));
    List<Warning> warnings = new ArrayList<>();
    for (JsonNode warning : Json.field(node, "warnings")) {
      warnings.add(Warning.read(warning));
    }
    return new RunStatus(
        constant(State.class, text(node, "state")),
        Optional.ofNullable(node.get("message")).map(JsonNode::asText),
        Position.read(node),
        Json.number(Json.field(node, "fraction")),
        plan,
        Instant.parse(text(node, "started")),
        Instant.parse(text(node, "updated")),
        Json.field(node, "pid").longValue(),
        description(node),
        warnings,
        Lineage.read(node));
  }

  private static RunDescription description(ObjectNode node) {
    List<MetricNote> metrics = new ArrayList<>();
    for (JsonNode note : Json.field(node, "metrics")) {
      metrics.add(
          new MetricNote(
              text(note, "name"), constant(Better.class, text(note, "better")), text(note, "how")));
    }
    List<String> provenance = new ArrayList<>();
    Json.field(node, "provenance").forEach(line -> provenance.add(line.asText()));
    return new RunDescription(text(node, "version"), metrics, provenance);
  }

  private static Phase phase(String label) {
    return Phase.labelled(label)
        .orElseThrow(() -> new IllegalArgumentException("unknown phase '" + label + "'"));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String label) {
    return Enum.valueOf(type, label.toUpperCase(Locale.ROOT));
  }

  private static String text(JsonNode node, String key) {
    return Json.field(node, key).asText();
  }
}
