package org.seqgan.core.survey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seqgan.core.io.Json;
import org.seqgan.core.run.DurableFiles;

/**
 * What says where the items of a survey are from. Judges must not see it.
 *
 * @param survey the id of the survey
 * @param seed of the choice and the order of the items
 * @param sources where items are from; real data first
 * @param items in the order in which they are shown
 * @param remarks what a reader of the result has to know, a line each
 */
public record SurveyKey(
    String survey, long seed, List<String> sources, List<Entry> items, List<String> remarks) {
  private static final String FORMAT = "seqgan survey key 1";

  /** Copies the lists. */
  public SurveyKey {
    sources = List.copyOf(sources);
    items = List.copyOf(items);
    remarks = List.copyOf(remarks);
  }

  /**
   * An item.
   *
   * @param id on the page
   * @param source where it is from
   * @param text what it says, for the reader of the key
   */
  public record Entry(String id, String source, String text) {}

  /**
   * Writes a file, or replaces it.
   *
   * @throws org.seqgan.api.UserException of kind {@code ENVIRONMENT} where it cannot be written
   */
  public void write(Path file) {
    ObjectNode root = SurveyJson.object(FORMAT).put("survey", survey).put("seed", seed);
    sources.forEach(root.putArray("sources")::add);
    remarks.forEach(root.putArray("remarks")::add);
    ArrayNode array = root.putArray("items");
    for (Entry item : items) {
      array.addObject().put("id", item.id).put("source", item.source).put("text", item.text);
    }
    DurableFiles.replace(file, Json.pretty(root));
  }

  /**
   * Reads a file.
   *
   * @throws org.seqgan.api.UserException (data) where it is missing or no key
   */
  public static SurveyKey read(Path file) {
    SurveyJson json = SurveyJson.read(file, FORMAT, "the key of a survey");
    JsonNode root = json.root();
    List<Entry> items = new ArrayList<>();
    for (JsonNode item : json.field(root, "items", JsonNodeType.ARRAY)) {
      items.add(
          new Entry(
              json.field(item, "id", JsonNodeType.STRING).asText(),
              json.field(item, "source", JsonNodeType.STRING).asText(),
              json.field(item, "text", JsonNodeType.STRING).asText()));
    }
    List<String> sources = texts(json.field(root, "sources", JsonNodeType.ARRAY));
    for (Entry item : items) {
      if (!sources.contains(item.source)) {
        throw json.bad(
            "expected one of the sources %s for item %s, found '%s'"
                .formatted(sources, item.id, item.source));
      }
    }
    return new SurveyKey(
        json.field(root, "survey", JsonNodeType.STRING).asText(),
        json.field(root, "seed", JsonNodeType.NUMBER).longValue(),
        sources,
        items,
        texts(json.field(root, "remarks", JsonNodeType.ARRAY)));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** The ids of the items of a source, in the order in which they are shown. */
  List<String> itemsOf(String source) {
    return items.stream().filter(item -> item.source.equals(source)).map(Entry::id).toList();
  }
}
