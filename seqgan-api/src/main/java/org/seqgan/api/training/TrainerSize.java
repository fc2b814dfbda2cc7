package org.seqgan.api.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a trainer's options ask of data and memory, told before anything is made.
 *
 * @param batchSize the most sequences that one step computes with at once
 * @param trainingSequences how many different training sequences options ask for at once, by the
 *     option: more than the task has is an error that names the option
 * @param rollsOut whether it asks for rewards of tokens, which may complete every prefix
 */
public record TrainerSize(int batchSize, Map<String, Integer> trainingSequences, boolean rollsOut) {
  /** Copies the map. */
  public TrainerSize {
    trainingSequences = Collections.unmodifiableMap(new LinkedHashMap<>(trainingSequences));
  }
}
