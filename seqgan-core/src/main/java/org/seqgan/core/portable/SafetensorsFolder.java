package org.seqgan.core.portable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.seqgan.api.UserException;
import org.seqgan.api.task.NotationState;
import org.seqgan.core.io.Json;
import org.seqgan.core.io.Safetensors;
import org.seqgan.core.run.DurableFiles;

/**
 * A model as plain files, for people who work in another language: {@code generator.safetensors},
 * {@code vocabulary.json}, {@code config.json}, and {@code README.md}, a card for people. The same
 * model gives the same bytes.
 */
public final class SafetensorsFolder {
  private static final String WEIGHTS = "generator.safetensors";
  private static final String VOCABULARY = "vocabulary.json";
  private static final String CONFIG = "config.json";
  private static final String PROVENANCE = "provenance";
  private static final long MOST_BYTES = 16 << 20;

  private SafetensorsFolder() {}

  /**
   * Writes the folder, each file whole or not at all.
   *
   * @param replaces whether files of these names may be replaced, in a folder that is there
   * @return the files
   * @throws UserException of kind {@code ENVIRONMENT} where something is there that may not go, or
   *     cannot be written
   */
  public static List<Path> write(Path folder, PortableModel model, boolean replaces) {
    requireRoom(folder, replaces);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(folder, e);
    }
    Path weights = folder.resolve(WEIGHTS);
    Path vocabulary = folder.resolve(VOCABULARY);
    Path config = folder.resolve(CONFIG);
    Path card = folder.resolve("README.md");
    Safetensors.write(weights, model.weights(), Map.of());
    DurableFiles.replace(vocabulary, Json.pretty(ModelParts.vocabulary(model)));
    DurableFiles.replace(config, Json.pretty(config(model)));
    DurableFiles.replace(card, ModelCard.of(model));
    return List.of(weights, vocabulary, config, card);
  }

  /**
   * Reads a folder, perhaps changed by another program since.
   *
   * @throws UserException of kind {@code DATA} where a file is missing, or is not what {@link
   *     #write} writes, naming it
   */
  public static PortableModel read(Path folder) {
    ModelParts.Tokens tokens = parse(folder.resolve(VOCABULARY), ModelParts.Tokens::read);
    Path config = folder.resolve(CONFIG);
    ModelParts.Usage usage = parse(config, ModelParts.Usage::read);
    Provenance provenance = parse(config, node -> Provenance.read(node.object(PROVENANCE)));
    return new PortableModel(
        Safetensors.read(folder.resolve(WEIGHTS)),
        tokens.vocabulary(),
        usage.sequenceLength(),
        new NotationState(tokens.tokens(), usage.notation()),
        usage.decoding(),
        usage.metrics(),
        provenance);
  }

  private static <T> T parse(Path file, Function<Fields, T> reader) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IllegalArgumentException("expected at most %,d bytes".formatted(MOST_BYTES));
      }
      return reader.apply(new Fields(Json.parse(Files.readString(file))));
    } catch (IllegalArgumentException e) {
      throw new UserException(UserException.Kind.DATA, "%s: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw DurableFiles.cannotRead(file, e);
    }
  }

  private static ObjectNode config(PortableModel model) {
    ObjectNode node = ModelParts.usage(model);
    node.set(PROVENANCE, model.provenance().toJson());
    return node;
  }

  /**
   * Fails where {@link #write} would because something is there; to be asked before long work.
   *
   * @throws UserException of kind {@code ENVIRONMENT}
   */
  public static void requireRoom(Path folder, boolean replaces) {
    boolean free =
        Files.isDirectory(folder)
            ? replaces || DurableFiles.isEmpty(folder)
            : !Files.exists(folder);
    if (!free) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "%s exists already; name another folder, or replace its files by --force"
              .formatted(folder));
    }
  }
}
