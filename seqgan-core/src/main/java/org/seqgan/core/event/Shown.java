package org.seqgan.core.event;

import java.util.Optional;
import org.seqgan.api.task.Notation;
import org.seqgan.api.task.Tune;

/**
 * A sequence as a person sees it.
 *
 * @param text as its task writes it
 * @param tune where it is music
 */
public record Shown(String text, Optional<Tune> tune) {
  /** A sequence, without padding. */
  public static Shown of(Notation notation, int[] tokens) {
    return new Shown(notation.show(tokens), notation.tune(tokens));
  }
}
