package org.seqgan.core.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.core.event.Phase;

/**
 * The state of training after a step: all that a resumed run needs to go on as if nothing had
 * happened.
 *
 * @param phase the phase under way
 * @param step complete steps of that phase
 * @param models arrays by the name of their file, such as {@code generator}: lower-case letters,
 *     digits and hyphens
 * @param state everything else, such as counters, as text
 */
public record Checkpoint(
    Phase phase, int step, Map<String, NamedArrays> models, Map<String, String> state) {
  /** Copies the maps. */
  public Checkpoint {
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
  }

  /** When it was taken. */
  public Position position() {
    return new Position(phase, step);
  }
}
