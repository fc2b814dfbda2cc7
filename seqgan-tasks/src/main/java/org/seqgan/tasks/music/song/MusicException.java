package org.seqgan.tasks.music.song;

import org.seqgan.api.UserException;
import org.seqgan.api.task.FileContents;

/** Music that cannot be read. */
public final class MusicException extends UserException {
  private static final long serialVersionUID = 1;

  private final String where;
  private final String why;

  /**
   * An error of kind data.
   *
   * @param where the file, and the line, track or byte in it
   * @param why what was expected and found
   */
  public MusicException(String where, String why) {
    super(Kind.DATA, where + ": " + why);
    this.where = where;
    this.why = why;
  }

  /** The same for a list. */
  public FileContents.LeftOut leftOut() {
    return new FileContents.LeftOut(where, why);
  }
}
