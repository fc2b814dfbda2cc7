package org.seqgan.cli.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.seqgan.core.SeqGan;
import org.seqgan.core.io.Json;

/**
 * The description of all that {@link ServeApi} answers, in OpenAPI 3.1
 * (https://spec.openapis.org/oas/v3.1.0).
 *
 * @param mostSequences that one request may ask for
 * @param names of the models
 */
record OpenApi(int mostSequences, List<String> names) {
  private static final String JSON = "application/json";

  ObjectNode document() {
    ObjectNode document = Json.object().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "seqgan serve")
        .put("summary", "Sequences from trained generators.")
        .put("version", SeqGan.version());
    ObjectNode paths = document.putObject("paths");
    paths.putObject("/v1/models/{name}/sequences").set("post", sequences());
    get(paths, "/v1/models", "models", "The models that are served.", JSON, modelsSchema());
    get(paths, "/healthz", "health", "Whether the server answers.", JSON, statusSchema());
    addProblem(
        get(paths, "/readyz", "readiness", "Whether models may be asked.", JSON, statusSchema()),
        503,
        "Models are being opened, or the server is stopping.");
    get(
        paths,
        "/metrics",
        "metrics",
        "Counters and histograms for Prometheus, in its text format.",
        Exposition.CONTENT_TYPE,
        type("string"));
    get(paths, "/openapi.json", "description", "This description.", JSON, type("object"));
    ObjectNode problem = type("object");
    problem
        .putObject("properties")
        .set("error", type("string").put("description", "What is wrong, in one line."));
    problem.putArray("required").add("error");
    document.putObject("components").putObject("schemas").set("Problem", problem);
    return document;
  }

  private static ObjectNode get(
      ObjectNode paths, String path, String id, String summary, String type, ObjectNode schema) {
    ObjectNode operation = paths.putObject(path).putObject("get");
    operation.put("operationId", id).put("summary", summary);
    ObjectNode answer = operation.putObject("responses").putObject("200");
    answer.put("description", summary);
    answer.putObject("content").putObject(type).set("schema", schema);
    return operation;
  }

  // ---- sequences ----

  private ObjectNode sequences() {
    ObjectNode operation =
        Json.object()
            .put("operationId", "sequences")
            .put("summary", "Draws sequences.")
            .put(
                "description",
                "What is drawn depends on the request alone, and is what 'seqgan sample' draws with"
                    + " the same seed and options.");
    ObjectNode name = operation.putArray("parameters").addObject();
    name.put("name", "name").put("in", "path").put("required", true);
    ObjectNode nameSchema = type("string");
    names.forEach(nameSchema.putArray("enum")::add);
    name.set("schema", nameSchema);
    ObjectNode body = operation.putObject("requestBody").put("required", true);
    ObjectNode schema = type("object").put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    for (RequestField field : RequestField.values()) {
      properties.set(field.key(), field.schema(mostSequences));
    }
    body.putObject("content").putObject(JSON).set("schema", schema);
    ObjectNode answer = operation.putObject("responses").putObject("200");
    answer.put("description", "The sequences.");
    ObjectNode headers = answer.putObject("headers");
    headers
        .putObject(SequenceHandler.SEED)
        .put("description", "The seed with which they were drawn.")
        .set("schema", type("integer").put("format", "int64"));
    headers
        .putObject(SequenceHandler.FIRST)
        .put("description", "Which of the seed's sequences is the first, counted from 0.")
        .set("schema", type("integer"));
    headers
        .putObject(SequenceHandler.CHECKPOINT)
        .put("description", "The checkpoint of which they are.")
        .set("schema", type("string"));
    ObjectNode content = answer.putObject("content");
    content.putObject(JSON).set("schema", sequencesSchema());
    content.putObject("application/x-ndjson").set("schema", lineSchema());
    content.putObject("text/plain").set("schema", type("string"));
    content.putObject("text/csv").set("schema", type("string"));
    addProblem(operation, 400, "Something in the request is wrong.");
    addProblem(operation, 404, "No model has this name.");
    addProblem(operation, 413, "The body is too long.");
    addProblem(operation, 415, "The body is not application/json.");
    addProblem(operation, 429, "Too many requests wait; ask again after Retry-After seconds.");
    addProblem(operation, 500, "The model cannot be opened, or does not work.");
    addProblem(operation, 503, "It was not drawn in time, or the server is stopping.");
    return operation;
  }

  private static void addProblem(ObjectNode operation, int status, String description) {
    ObjectNode answer =
        ((ObjectNode) operation.get("responses")).putObject(Integer.toString(status));
    answer.put("description", description);
    answer
        .putObject("content")
        .putObject(JSON)
        .putObject("schema")
        .put("$ref", "#/components/schemas/Problem");
  }

  private static ObjectNode sequencesSchema() {
    ObjectNode sequence = type("object");
    ObjectNode ofSequence = sequence.putObject("properties");
    ofSequence.set("tokens", array(type("integer")));
    ofSequence.set("text", type("string"));
    require(sequence, "tokens", "text");
    ObjectNode schema = type("object");
    ObjectNode properties = schema.putObject("properties");
    properties.set("model", type("string"));
    properties.set("checkpoint", type("string"));
    properties.set("seed", type("integer").put("format", "int64"));
    properties.set("first", type("integer"));
    properties.set("warnings", array(type("string")));
    properties.set("sequences", array(sequence));
    require(schema, "model", "checkpoint", "seed", "first", "sequences");
    return schema;
  }

  /** A line of a stream: a sequence, or at the end why there are no more. */
  private static ObjectNode lineSchema() {
    ObjectNode schema = type("object");
    ObjectNode properties = schema.putObject("properties");
    properties.set("tokens", array(type("integer")));
    properties.set("text", type("string"));
    properties.set("checkpoint", type("string"));
    properties.set("warnings", array(type("string")));
    properties.set(
        "error",
        type("string").put("description", "Why there are no more; alone, in the last line."));
    return schema;
  }

  private static ObjectNode modelsSchema() {
    ObjectNode decoding = type("object");
    ObjectNode ofDecoding = decoding.putObject("properties");
    ofDecoding.set("temperature", type("number"));
    ofDecoding.set("top-k", type("integer"));
    ofDecoding.set("top-p", type("number"));
    require(decoding, "temperature", "top-k", "top-p");
    ObjectNode model = type("object");
    ObjectNode properties = model.putObject("properties");
    properties.set("name", type("string"));
    properties.set("task", type("string"));
    properties.set("checkpoint", type("string"));
    properties.set("sequence-length", type("integer"));
    properties.set("vocabulary-size", type("integer"));
    properties.set("parameter-bytes", type("integer"));
    properties.set("decoding", decoding);
    properties.set("warnings", array(type("string")));
    properties.set("open", type("boolean"));
    require(
        model,
        "name",
        "task",
        "checkpoint",
        "sequence-length",
        "vocabulary-size",
        "parameter-bytes",
        "decoding",
        "warnings",
        "open");
    ObjectNode schema = type("object");
    schema.putObject("properties").set("models", array(model));
    require(schema, "models");
    return schema;
  }

  private static ObjectNode statusSchema() {
    ObjectNode schema = type("object");
    schema.putObject("properties").set("status", type("string"));
    require(schema, "status");
    return schema;
  }

  private static ObjectNode type(String type) {
    return Json.object().put("type", type);
  }

  private static ObjectNode array(ObjectNode items) {
    ObjectNode array = type("array");
    array.set("items", items);
    return array;
  }

  private static void require(ObjectNode schema, String... names) {
    for (String name : names) {
      schema.withArray("required").add(name);
    }
  }
}
