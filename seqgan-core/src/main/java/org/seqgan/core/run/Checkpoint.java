package org.seqgan.core.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.core.event.Phase;

/**
 * The state of training at a position: all that a resumed run needs to go on as if nothing had
 * happened.
 *
 * @param position when it was taken
 * @param models arrays by the name of their file, such as {@code generator}: lower-case letters,
 *     digits and hyphens
 * @param state everything else, such as counters, as text
 * @param recipe what the run was made with then; empty in checkpoints that were written before
 *     recipes were kept
 */
public record Checkpoint(
    Position position,
    Map<String, NamedArrays> models,
    Map<String, String> state,
    Optional<Recipe> recipe) {
  /** Copies the maps. */
  public Checkpoint {
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
  }

  /** Taken between two steps, by nobody who knows what the run is made with. */
  public Checkpoint(
      Phase phase, int step, Map<String, NamedArrays> models, Map<String, String> state) {
    this(new Position(phase, step), models, state, Optional.empty());
  }

  /** The same state of a run that is made with something. */
  public Checkpoint with(Recipe madeWith) {
    return new Checkpoint(position, models, state, Optional.of(madeWith));
  }

  /** The phase under way. */
  public Phase phase() {
    return position.phase();
  }

  /** Complete steps of that phase. */
  public int step() {
    return position.step();
  }
}
