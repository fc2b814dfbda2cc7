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
  private static final String OWN_HASH = "manifest-sha256";

  /**
   * A file of arrays.
   *
   * @param name the name of the model
   * @param file the name of the file
   */
  record Entry(String name, String file, long bytes, String sha256) {
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
   * An entry for a file that has just been written.
   *
   * @param sha256 of the bytes that were meant to be in it
   */
  static Entry entry(String name, Path file, String sha256) throws IOException {
    return new Entry(name, file.getFileName().toString(), Files.size(file), sha256);
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
    Json.checkFormat(node, FORMAT, file);
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
      files.add(
          new Entry(
              Json.field(entry, "name").asText(),
              Json.field(entry, "file").asText(),
              Json.field(entry, "bytes").longValue(),
              Json.field(entry, "sha256").asText()));
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
