package org.seqgan.core.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.seqgan.core.io.Json;
import org.seqgan.core.io.Sha256;

/**
 * What a checkpoint consists of. The file ends with a hash of its own contents, because a flipped
 * digit in the state would otherwise go unseen.
 *
 * <p>Format 2 is written. Format 1, which had neither batches nor a recipe, is read too.
 *
 * @param position when the checkpoint was taken
 * @param files its files of arrays
 * @param state everything else
 * @param recipe what the run was made with
 */
record Manifest(
    Position position, List<Entry> files, Map<String, String> state, Optional<Recipe> recipe) {
  static final String FILE = "manifest.json";
  private static final int FORMAT = 2;
  private static final String RECIPE = "made-with";
  private static final Pattern MODEL_NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
  private static final String OWN_HASH = "manifest-sha256";

  /**
   * A file of arrays.
   *
   * @param name the name of the model
   * @param file the name of the file
   */
  record Entry(String name, String file, long bytes, String sha256) {
    private static Entry fromJson(JsonNode node) {
      String name = Json.field(node, "name").asText();
      checkName(name);
      String file = Json.field(node, "file").asText();
      // Whoever sent a run may have written anything: no other file is read for it.
      if (!file.equals(fileOf(name))) {
        throw new IllegalArgumentException(
            "expected the file %s of model '%s' in %s, found '%s'"
                .formatted(fileOf(name), name, FILE, file));
      }
      return new Entry(
          name, file, Json.field(node, "bytes").longValue(), Json.field(node, "sha256").asText());
    }

    /** Throws {@link IllegalArgumentException} where a file is not the one that was written. */
    void verify(Path path) throws IOException {
      if (!Files.isRegularFile(path)) {
        throw new IllegalArgumentException(file + " is missing");
      }
      long size = Files.size(path);
      if (size != bytes) {
        throw new IllegalArgumentException(
            "expected " + bytes + " bytes in " + file + ", found " + size);
      }
      if (!Sha256.of(path).equals(sha256)) {
        throw new IllegalArgumentException("the contents of " + file + " are not what was written");
      }
    }
  }

  /**
   * Insists on a name that is a part of a file's name and nothing else.
   *
   * @throws IllegalArgumentException where a model has another
   */
  static void checkName(String name) {
    if (!MODEL_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("model name '" + name + "' does not match " + MODEL_NAME);
    }
  }

  /** The name of the file of a model, in the folder of the manifest. */
  static String fileOf(String name) {
    return name + ".safetensors";
  }

  /**
   * An entry for the file of a model that has just been written.
   *
   * @param sha256 of the bytes that were meant to be in it
   */
  static Entry entry(String name, Path file, String sha256) throws IOException {
    return new Entry(name, fileOf(name), Files.size(file), sha256);
  }

  void write(Path file) {
    ObjectNode node = toJson();
    node.put(OWN_HASH, hash(node));
    DurableFiles.replace(file, Json.pretty(node));
  }

  /**
   * Reads a manifest; throws {@link IllegalArgumentException} where it is damaged, {@link
   * NewerFormatException} where a later version of this program wrote it.
   */
  static Manifest read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(FILE + " is missing");
    }
    ObjectNode node = Json.parse(Files.readString(file));
    FileFormat.check(node, FORMAT, file);
    String expected = Json.field(node, OWN_HASH).asText();
    node.remove(OWN_HASH);
    if (!hash(node).equals(expected)) {
      throw new IllegalArgumentException("the contents of " + FILE + " are not what was written");
    }
    return fromJson(node);
  }

  private ObjectNode toJson() {
    ObjectNode node = position.write(Json.object().put("format", FORMAT));
    ArrayNode list = node.putArray("files");
    for (Entry entry : files) {
      list.addObject()
          .put("name", entry.name)
          .put("file", entry.file)
          .put("bytes", entry.bytes)
          .put("sha256", entry.sha256);
    }
    ObjectNode values = node.putObject("state");
    state.forEach(values::put);
    recipe.ifPresent(madeWith -> madeWith.write(node.putObject(RECIPE)));
    return node;
  }

  private static Manifest fromJson(ObjectNode node) {
    List<Entry> files = new ArrayList<>();
    for (JsonNode entry : Json.field(node, "files")) {
      files.add(Entry.fromJson(entry));
    }
    Map<String, String> state = new LinkedHashMap<>();
    Json.field(node, "state")
        .properties()
        .forEach(entry -> state.put(entry.getKey(), entry.getValue().asText()));
    Optional<Recipe> recipe = Optional.ofNullable(node.get(RECIPE)).map(Recipe::read);
    return new Manifest(Position.read(node), files, state, recipe);
  }

  private static String hash(ObjectNode node) {
    return Sha256.of(Json.line(node).getBytes(UTF_8));
  }
}
