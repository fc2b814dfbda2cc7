package org.seqgan.core.portable;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.seqgan.api.UserException;
import org.seqgan.api.task.NotationState;
import org.seqgan.core.io.Json;
import org.seqgan.core.io.Safetensors;
import org.seqgan.core.io.StoredZip;
import org.seqgan.core.io.StoredZipWriter;
import org.seqgan.core.run.DurableFiles;

/**
 * A model in one file, {@code NAME.seqgan}: a {@linkplain StoredZip zip without compression} of
 *
 * <ul>
 *   <li>{@code generator.safetensors}, the weights;
 *   <li>{@code vocabulary.json}, the tokens by id;
 *   <li>{@code model.json}, how its sequences are shown and drawn;
 *   <li>{@code provenance.json}, {@link Provenance};
 *   <li>{@code manifest.json}, the number of this format, and size and SHA-256 of the others.
 * </ul>
 *
 * <p>The same model gives the same bytes. What is read may come from anybody: nothing in it is
 * executed, no path in it is opened, sizes are checked before anything is held, and every fault is
 * one line that names the file and the entry.
 */
public final class ModelFile {
  /** Ends the name of such a file, behind a dot. */
  public static final String ENDING = "seqgan";

  private static final int FORMAT = 1;
  private static final String WEIGHTS = "generator.safetensors";
  private static final String VOCABULARY = "vocabulary.json";
  private static final String USAGE = "model.json";
  private static final String PROVENANCE = "provenance.json";
  private static final String MANIFEST = "manifest.json";

  /** How many bytes each may have; the weights as many as the file. */
  private static final Map<String, Integer> MOST_BYTES =
      Map.of(VOCABULARY, 16 << 20, USAGE, 4 << 20, PROVENANCE, 4 << 20, MANIFEST, 1 << 20);

  private ModelFile() {}

  /** Whether a path is meant to be such a file: by its name, or because there is a file. */
  public static boolean isMeant(Path path) {
    return Files.isRegularFile(path)
        || (String.valueOf(path.getFileName()).endsWith("." + ENDING) && !Files.isDirectory(path));
  }

  /**
   * Writes a model. The file appears whole or not at all.
   *
   * @param replaces whether a file that is there may go
   * @throws UserException of kind {@code ENVIRONMENT} where there is one that may not, or it cannot
   *     be written
   */
  public static void write(Path file, PortableModel model, boolean replaces) {
    requireRoom(file, replaces);
    DurableFiles.replace(file, channel -> write(channel, model));
  }

  /**
   * Fails where {@link #write} would because something is there; to be asked before long work.
   *
   * @throws UserException of kind {@code ENVIRONMENT}
   */
  public static void requireRoom(Path file, boolean replaces) {
    if (Files.isDirectory(file) || (Files.exists(file) && !replaces)) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "%s exists already; name another target, or replace it by --force".formatted(file));
    }
  }

  private static void write(FileChannel channel, PortableModel model) throws IOException {
    StoredZipWriter zip = new StoredZipWriter(channel);
    Map<String, StoredZipWriter.Written> written = new LinkedHashMap<>();
    written.put(
        WEIGHTS, zip.add(WEIGHTS, out -> Safetensors.write(out, model.weights(), Map.of())));
    add(zip, VOCABULARY, ModelParts.vocabulary(model), written);
    add(zip, USAGE, ModelParts.usage(model), written);
    add(zip, PROVENANCE, model.provenance().toJson(), written);
    ObjectNode manifest = Json.object().put("format", FORMAT);
    manifest.put("seqgan", model.provenance().build().exported());
    ArrayNode files = manifest.putArray("files");
    written.forEach(
        (name, of) ->
            files
                .addObject()
                .put("name", name)
                .put("bytes", of.bytes())
                .put("sha256", of.sha256()));
    add(zip, MANIFEST, manifest, new LinkedHashMap<>());
    zip.finish();
  }

  private static void add(
      StoredZipWriter zip,
      String name,
      ObjectNode node,
      Map<String, StoredZipWriter.Written> written)
      throws IOException {
    byte[] text = Json.pretty(node).getBytes(UTF_8);
    if (text.length > MOST_BYTES.get(name)) {
      throw new IOException(
          "%s would have %,d bytes, and may have %,d"
              .formatted(name, text.length, MOST_BYTES.get(name)));
    }
    written.put(name, zip.add(name, out -> out.write(ByteBuffer.wrap(text))));
  }

  /**
   * Reads a model.
   *
   * @throws UserException (data) if there is none, or it is not what was written, naming the entry;
   *     or if a later version of this program wrote it
   */
  public static PortableModel read(Path file) {
    try (StoredZip zip = StoredZip.open(file)) {
      requireOurs(file, zip);
      ModelParts.Tokens tokens = parse(zip, VOCABULARY, ModelParts.Tokens::read);
      ModelParts.Usage usage = parse(zip, USAGE, ModelParts.Usage::read);
      Provenance provenance = parse(zip, PROVENANCE, Provenance::read);
      return new PortableModel(
          zip.readSafetensors(WEIGHTS),
          tokens.vocabulary(),
          usage.sequenceLength(),
          new NotationState(tokens.tokens(), usage.notation()),
          usage.decoding(),
          usage.metrics(),
          provenance);
    }
  }

  /**
   * Reads where a model comes from, and nothing else.
   *
   * @throws UserException (data) as {@link #read}
   */
  public static Provenance readProvenance(Path file) {
    try (StoredZip zip = StoredZip.open(file)) {
      requireOurs(file, zip);
      return parse(zip, PROVENANCE, Provenance::read);
    }
  }

  /** The format is looked at first: of a later one nothing else is known. */
  private static void requireOurs(Path file, StoredZip zip) {
    if (!zip.has(MANIFEST)) {
      throw wrong("%s: expected a model with an entry %s, found none".formatted(file, MANIFEST));
    }
    Fields manifest = parse(zip, MANIFEST, fields -> fields);
    String place = zip.place(MANIFEST);
    try {
      int format = manifest.integer("format", 1, Integer.MAX_VALUE);
      if (format > FORMAT) {
        throw wrong(
            "%s: the model is of format %d, this program knows formats up to %d: version %s of it wrote that; use that version or a later one"
                .formatted(file, format, FORMAT, manifest.text("seqgan")));
      }
      List<String> expected = new ArrayList<>(List.of(WEIGHTS, VOCABULARY, USAGE, PROVENANCE));
      for (Fields entry : manifest.objects("files")) {
        String name = entry.text("name");
        if (!expected.remove(name)) {
          throw wrong("%s lists '%s', which this program does not know".formatted(place, name));
        }
        requireContents(file, zip, name, entry);
      }
      if (!expected.isEmpty()) {
        throw wrong("%s does not list %s".formatted(place, expected.get(0)));
      }
    } catch (IllegalArgumentException e) {
      throw wrong("%s: %s".formatted(place, e.getMessage()));
    }
    for (String name : zip.names()) {
      if (!name.equals(WEIGHTS) && !MOST_BYTES.containsKey(name)) {
        throw wrong("%s is unknown: no model has such an entry".formatted(zip.place(name)));
      }
    }
  }

  private static void requireContents(Path file, StoredZip zip, String name, Fields entry) {
    if (!zip.has(name)) {
      throw wrong("%s: entry %s is missing".formatted(file, name));
    }
    if (zip.bytes(name) != entry.whole("bytes")) {
      throw wrong(
          "%s has %,d bytes, expected %,d"
              .formatted(zip.place(name), zip.bytes(name), entry.whole("bytes")));
    }
    if (!zip.sha256(name).equals(entry.text("sha256"))) {
      throw wrong("%s: the contents are not what was written".formatted(zip.place(name)));
    }
  }

  private static <T> T parse(StoredZip zip, String name, Function<Fields, T> reader) {
    byte[] bytes = zip.read(name, MOST_BYTES.get(name));
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return reader.apply(new Fields(Json.parse(text)));
    } catch (CharacterCodingException e) {
      throw wrong("%s: expected UTF-8, found bytes that are not".formatted(zip.place(name)));
    } catch (IllegalArgumentException e) {
      throw wrong("%s: %s".formatted(zip.place(name), e.getMessage()));
    }
  }

  private static UserException wrong(String message) {
    return new UserException(UserException.Kind.DATA, message);
  }
}
