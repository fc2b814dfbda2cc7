package org.seqgan.api.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A part of a schedule that can be tried by itself, to estimate what the whole takes.
 *
 * @param options of the trainer, by their keys, that leave nothing but this part and give it enough
 *     steps to be timed
 * @param steps how often the schedule has a step of such a training
 */
public record Excerpt(Map<String, String> options, long steps) {
  /** Copies the map. */
  public Excerpt {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }
}
