package org.seqgan.cli.sample;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seqgan.api.task.Notation;
import org.seqgan.core.io.Csv;
import org.seqgan.core.io.Json;

/**
 * Sequences as lines of a format.
 *
 * @param format of which files are no lines
 * @param notation how they are shown
 * @param checkpoint where they come from
 * @param warnings what is not as one would expect of the model
 * @param withFiles whether each is written as files too, which then are what people are told of
 */
public record SampleLines(
    SampleFormat format,
    Notation notation,
    String checkpoint,
    List<String> warnings,
    boolean withFiles) {
  private static final List<String> COLUMNS = List.of("number", "text", "tokens", "checkpoint");
  private static final String FILES = "files";

  /** What stands above all. */
  public Optional<String> heading() {
    return format == SampleFormat.CSV ? Optional.of(csv(COLUMNS, FILES)) : Optional.empty();
  }

  /**
   * What is printed of a sequence.
   *
   * @param number counted from 1
   * @param files the names of its files
   */
  public Optional<String> line(int number, int[] tokens, List<String> files) {
    if (format == SampleFormat.TOKENS) {
      return Optional.of(ids(tokens));
    }
    String text = notation.show(tokens);
    return switch (format) {
      case JSON -> Optional.of(json(tokens, text, files));
      case CSV -> Optional.of(csv(fields(number, tokens, text), String.join(" ", files)));
      default -> withFiles ? Optional.empty() : Optional.of(apart(text));
    };
  }

  /** Whether the lines are for people, who are told at the end what was written. */
  public boolean areForPeople() {
    return switch (format) {
      case JSON, CSV, TOKENS -> false;
      case TEXT, MIDI, ABC -> true;
    };
  }

  private List<String> fields(int number, int[] tokens, String text) {
    return List.of(Integer.toString(number), text, ids(tokens), checkpoint);
  }

  private static String ids(int[] tokens) {
    return Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }

  private String csv(List<String> fields, String files) {
    String line = Csv.record(fields);
    return withFiles ? line + "," + Csv.record(List.of(files)) : line;
  }

  /** Every object says where it comes from: each is a line of its own. */
  private String json(int[] tokens, String text, List<String> files) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("tokens", tokens);
    object.put("text", text);
    object.put("checkpoint", checkpoint);
    if (!warnings.isEmpty()) {
      object.put("warnings", warnings);
    }
    if (withFiles) {
      object.put(FILES, files);
    }
    return Json.line(object);
  }

  /** An empty line follows what has several lines itself, as a poem has. */
  private static String apart(String text) {
    return text.indexOf('\n') >= 0 ? text + "\n" : text;
  }
}
