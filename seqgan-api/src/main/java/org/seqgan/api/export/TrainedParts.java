package org.seqgan.api.export;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.seqgan.api.data.NamedArrays;

/**
 * The trained models of a run, and what one has to know to make them again. What a file does not
 * tell is empty; a run tells everything. Immutable but for the numbers in the arrays.
 *
 * @param generator G
 * @param discriminator D, where the run's trainer has one
 * @param vocabularySize V, the number of tokens
 * @param endToken the token that ends a sequence; empty also where all have full length
 * @param sequenceLength T, the largest number of tokens of a sequence
 * @param settings the configuration that they were trained with: every key with its value as a
 *     configuration file has it, in order
 */
public record TrainedParts(
    Optional<Part> generator,
    Optional<Part> discriminator,
    int vocabularySize,
    OptionalInt endToken,
    OptionalInt sequenceLength,
    Map<String, String> settings) {
  /** Copies the settings. */
  public TrainedParts {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /**
   * A model.
   *
   * @param plugin the name of the generator or discriminator plugin that it is made by
   * @param options those of the plugin that are set: key within its section to value, as a
   *     configuration file has it
   * @param parameters by the names that the plugin gives them
   */
  public record Part(String plugin, Map<String, String> options, NamedArrays parameters) {
    /** Copies the options. */
    public Part {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
  }
}
