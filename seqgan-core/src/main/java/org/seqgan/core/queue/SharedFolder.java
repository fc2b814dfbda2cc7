package org.seqgan.core.queue;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * A folder that several machines see, and the few things that a queue does with it. Names are
 * relative to it, with {@code /} between their parts.
 *
 * <p>{@link #make} and {@link #move} are decided in one place, the server: of several that ask at a
 * time one at most is told that it succeeded. What {@link #read}, {@link #exists} and {@link #list}
 * tell may be a while old. Whatever throws may have been done nonetheless, because a reply can be
 * lost.
 */
public interface SharedFolder {
  /**
   * Makes a folder.
   *
   * @return whether this call made it; false where there was something of that name
   */
  boolean make(String name) throws IOException;

  /** The text of a file; empty where there is none. */
  Optional<String> read(String name) throws IOException;

  /** Writes a file in the place of an earlier one, in one step. One process writes a file. */
  void replace(String name, String text) throws IOException;

  /** Whether there is a file or a folder of a name. */
  boolean exists(String name) throws IOException;

  /** The names in a folder; none where it is missing. */
  Set<String> list(String name) throws IOException;

  /**
   * Moves a folder, with all that is in it, in one step.
   *
   * @throws IOException where it cannot, and where there is something of the new name
   */
  void move(String from, String to) throws IOException;

  /** Deletes a folder with all that is in it, or nothing where there is none. */
  void delete(String name) throws IOException;
}
