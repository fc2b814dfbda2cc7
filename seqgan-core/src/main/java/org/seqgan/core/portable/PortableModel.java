package org.seqgan.core.portable;

import java.util.List;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Vocabulary;
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
  /** Copies the list. */
  public PortableModel {
    metrics = List.copyOf(metrics);
  }
}
