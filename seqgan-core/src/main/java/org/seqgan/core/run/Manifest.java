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
import org.seqgan.core.io.Sha256;

/**
 * What a checkpoint consists of. The file ends with a hash of its own contents, because a flipped
 * digit in the state would otherwise go unseen.
 *
 * @param position when the checkpoint was taken
 * @param files its files of arrays
 * @param state everything else
 */
record Manifest(Position position, List<Entry> files, Map<String, String> state) {
  static final String FILE = "manifest.json";
  private static final int FORMAT = 1;
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

  static Entry entry(String name, Path file) throws IOException {
    return new Entry(name, file.getFileName().toString(), Files.size(file), Sha256.of(file));
  }

  void write(Path file) {
    ObjectNode node = toJson();
    node.put(OWN_HASH, hash(node));
    DurableFiles.replace(file, Json.pretty(node));
  }

  /** Reads a manifest; throws {@link IllegalArgumentException} where it is damaged. */
  static Manifest read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(FILE + " is missing");
    }
    ObjectNode node = Json.parse(Files.readString(file));
    JsonNode format = Json.field(node, "format");
    if (format.asInt() != FORMAT) {
      throw new IllegalArgumentException(
          "expected format " + FORMAT + " in " + FILE + ", found " + format);
    }
    String expected = Json.field(node, OWN_HASH).asText();
    node.remove(OWN_HASH);
    if (!hash(node).equals(expected)) {
      throw new IllegalArgumentException("the contents of " + FILE + " are not what was written");
    }
    return fromJson(node);
  }

  private ObjectNode toJson() {
    ObjectNode node = Json.object().put("format", FORMAT);
    node.put("phase", position.phase().label()).put("step", position.step());
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
    return new Manifest(Position.read(node), files, state);
  }

  private static String hash(ObjectNode node) {
    return Sha256.of(Json.line(node).getBytes(UTF_8));
  }
}
