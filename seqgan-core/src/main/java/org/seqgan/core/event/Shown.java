package org.seqgan.core.event;

import java.util.Optional;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.Tune;

/**
 * A sequence as a person sees it.
 *
 * @param text as its task writes it
 * @param tune where it is music
 */
public record Shown(String text, Optional<Tune> tune) {
  /** A sequence of a task, without padding. */
  public static Shown of(Task task, int[] tokens) {
    return new Shown(task.show(tokens), task.tune(tokens));
  }
}
