package org.seqgan.api.task;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link Notation} is made of, without the data that it was made from: it is written into
 * models that travel. Immutable.
 *
 * @param tokens V texts, by id; a special token has any
 * @param settings everything else, by key, in the words of the task
 */
public record NotationState(List<String> tokens, Map<String, String> settings) {
  /** Copies both; settings are in the order of their keys. */
  public NotationState {
    tokens = List.copyOf(tokens);
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }
}
