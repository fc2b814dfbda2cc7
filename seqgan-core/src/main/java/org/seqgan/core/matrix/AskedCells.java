package org.seqgan.core.matrix;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Cells that somebody asks for, one after another, by their ids: what a {@link CellQueue} takes
 * where the choice is not its own. Thread-safe.
 */
public final class AskedCells {
  private final Set<String> waiting = new LinkedHashSet<>();

  /** Asks for a cell. One that has been asked for and waits is not asked for twice. */
  public synchronized void ask(String id) {
    waiting.add(id);
  }

  /** Those that nobody has begun to work on, the first to be asked for first. */
  synchronized Set<String> waiting() {
    return new LinkedHashSet<>(waiting);
  }

  /** It is worked on, or nothing is left to do. */
  synchronized void isSeenTo(String id) {
    waiting.remove(id);
  }
}
