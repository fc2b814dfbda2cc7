package org.seqgan.core.metric;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.seqgan.api.UserCache;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.core.io.Safetensors;
import org.seqgan.core.io.Sha256;

/**
 * The language models that were trained on real data, each in a file {@code
 * language-models/HASH.safetensors} of the user's cache. The hash is of all that its parameters
 * follow from: data, vocabulary, options, seed and the name of the backend.
 *
 * <p>A file is what its own checksum says it is, or it is trained anew, with a warning. It appears
 * whole or not at all; two processes that train the same model write the same bytes, and the later
 * one replaces the earlier. Where nothing can be written, the model is trained and not kept, with a
 * warning too.
 *
 * @param cache the user's
 * @param warnings takes each warning, a line
 */
record LanguageModelCache(UserCache cache, Consumer<String> warnings) {
  /** Raised when training changes. */
  private static final int VERSION = 1;

  private static final String CHECKSUM = "sha256";
  private static final String TRAINED = "trained";

  /** The parameters of a model that is trained on some data, here or earlier. */
  NamedArrays trained(LanguageModel model, Sequences data) {
    Path file = file(model, data);
    if (Files.exists(file)) {
      try {
        return read(file, model);
      } catch (UserException e) {
        warnings.accept(e.getMessage() + "; this language model is trained anew, and replaces it");
      }
    }
    NamedArrays parameters = model.train(data);
    try {
      keep(model, data, parameters);
    } catch (IOException | UserException e) {
      warnings.accept(
          UserException.line(
              "a language model was trained, but cannot be kept in %s for the next time: %s; name another folder in %s"
                  .formatted(file.getParent(), e, UserCache.VARIABLE)));
    }
    return parameters;
  }

  /** Where the model of some data is, or would be. */
  Path file(LanguageModel model, Sequences data) {
    return cache.root().resolve("language-models").resolve(hash(model, data) + ".safetensors");
  }

  private static String recipe(LanguageModel model) {
    return "%s of %s, sequences of %d, on %s, version %d"
        .formatted(
            model.options(), model.vocabulary(), model.time(), model.backend().name(), VERSION);
  }

  private static String hash(LanguageModel model, Sequences data) {
    return Sha256.of(recipe(model).getBytes(UTF_8), data.lengths(), data.tokens());
  }

  /** Of the bits of all arrays in the order of their names, with names and shapes. */
  private static String checksum(NamedArrays parameters) {
    StringBuilder all = new StringBuilder();
    for (Map.Entry<String, FloatArray> array : new TreeMap<>(parameters.arrays()).entrySet()) {
      float[] values = array.getValue().values();
      ByteBuffer bytes =
          ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      all.append(array.getKey());
      for (int size : array.getValue().shape()) {
        all.append(' ').append(size);
      }
      all.append(' ').append(Sha256.of(bytes.array())).append('\n');
    }
    return Sha256.of(all.toString().getBytes(UTF_8));
  }

  private static NamedArrays read(Path file, LanguageModel model) {
    NamedArrays parameters = Safetensors.read(file);
    Map<String, String> metadata = Safetensors.readMetadata(file);
    if (!checksum(parameters).equals(metadata.get(CHECKSUM))) {
      throw new UserException(
          UserException.Kind.DATA, file + " is not what was written there: its checksum differs");
    }
    if (!recipe(model).equals(metadata.get(TRAINED))) {
      throw new UserException(
          UserException.Kind.DATA, file + " holds a model that was trained in another way");
    }
    return parameters;
  }

  /** Puts parameters into the file of some data. */
  void keep(LanguageModel model, Sequences data, NamedArrays parameters) throws IOException {
    Path file = file(model, data);
    Files.createDirectories(file.getParent());
    // Of a name of its own, for another process may be writing the same model.
    Path unfinished = Files.createTempFile(file.getParent(), "new", ".tmp");
    try {
      Safetensors.write(
          unfinished, parameters, Map.of(CHECKSUM, checksum(parameters), TRAINED, recipe(model)));
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
