package org.seqgan.cli.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import org.seqgan.core.io.Json;

/**
 * What the body of a request for sequences may have: read by {@link SequenceRequest}, and told by
 * {@link OpenApi}.
 */
enum RequestField {
  COUNT("count", "integer", "How many sequences."),
  PREFIX(
      "prefix",
      "string",
      "What every sequence begins with, as the model's task writes it. Without it, whole"
          + " sequences."),
  SEED(
      "seed",
      "integer",
      "The same seed draws the same sequences, those of 'seqgan sample --seed'; of more, the first"
          + " are those of fewer. Without it, sequences that nobody has had; the answer tells their"
          + " seed and first."),
  FIRST(
      "first",
      "integer",
      "The first of the seed's sequences, counted from 0, for one who goes on with a seed."),
  TEMPERATURE(
      "temperature", "number", "Divides the logits; above 0. Without it, what the model says."),
  TOP_K(
      "top-k",
      "integer",
      "Draw from the k likeliest tokens; 0 for all. Without it, what the model says."),
  TOP_P(
      "top-p",
      "number",
      "Draw from the likeliest tokens of this mass, above 0 and at most 1. Without it, what the"
          + " model says."),
  FORMAT("format", "string", "How sequences are given."),
  STREAM(
      "stream",
      "boolean",
      "Whether lines are sent as sequences are drawn: of format json, an object a line.");

  /** What a request gets that says nothing. */
  static final int USUAL_COUNT = 10;

  /** As far as sequences of a seed can be counted. */
  static final int MOST_FIRST = 1 << 30;

  private final String key;
  private final String type;
  private final String description;

  RequestField(String key, String type, String description) {
    this.key = key;
    this.type = type;
    this.description = description;
  }

  /** Its name in JSON. */
  String key() {
    return key;
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(RequestField::key).toList();
  }

  /**
   * Its schema.
   *
   * @param mostSequences that one request may ask for
   */
  ObjectNode schema(int mostSequences) {
    ObjectNode schema = Json.object().put("type", type).put("description", description);
    switch (this) {
      case COUNT ->
          schema
              .put("minimum", 1)
              .put("maximum", mostSequences)
              .put("default", Math.min(USUAL_COUNT, mostSequences));
      case SEED -> schema.put("format", "int64");
      case TEMPERATURE -> schema.put("exclusiveMinimum", 0);
      case FIRST -> schema.put("minimum", 0).put("maximum", MOST_FIRST).put("default", 0);
      case TOP_K -> schema.put("minimum", 0);
      case TOP_P -> schema.put("exclusiveMinimum", 0).put("maximum", 1);
      case FORMAT -> {
        SequenceRequest.FORMATS.keySet().forEach(schema.putArray("enum")::add);
        schema.put("default", "json");
      }
      case STREAM -> schema.put("default", false);
      case PREFIX -> {}
    }
    return schema;
  }
}
