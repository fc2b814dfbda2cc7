package org.seqgan.core.portable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.export.TrainedParts;
import org.seqgan.api.task.NotationState;

/**
 * A trained generator with all that one needs to use it where its data are not. Immutable but for
 * the numbers in the arrays.
 *
 * @param weights of the generator, by the names that its plugin gives them
 * @param vocabulary the ids of its tokens
 * @param sequenceLength T
 * @param notation how its sequences are shown and read, in the words of its task
 * @param decoding how it is sampled where nobody says otherwise
 * @param metrics by which it was evaluated
 * @param provenance where it comes from; its configuration names task and generator
 */
public record PortableModel(
    NamedArrays weights,
    Vocabulary vocabulary,
    int sequenceLength,
    NotationState notation,
    Decoding decoding,
    List<String> metrics,
    Provenance provenance) {
  private static final String GENERATOR = "generator.";

  /** Copies the list. */
  public PortableModel {
    metrics = List.copyOf(metrics);
  }

  /**
   * The generator with the configuration that it was trained with, for a run to be made of it.
   *
   * @throws UserException of kind {@code DATA} where the configuration names no generator
   */
  public TrainedParts parts() {
    Map<String, String> options = new LinkedHashMap<>();
    provenance
        .configuration()
        .forEach(
            (key, value) -> {
              if (key.startsWith(GENERATOR)) {
                options.put(key.substring(GENERATOR.length()), value);
              }
            });
    String plugin = options.remove("name");
    if (plugin == null) {
      throw new UserException(UserException.Kind.DATA, "its configuration names no generator");
    }
    return new TrainedParts(
        Optional.of(new TrainedParts.Part(plugin, options, weights)),
        Optional.empty(),
        vocabulary.size(),
        vocabulary.endToken(),
        OptionalInt.of(sequenceLength),
        provenance.configuration());
  }
}
