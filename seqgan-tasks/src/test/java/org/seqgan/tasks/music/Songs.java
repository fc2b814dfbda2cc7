package org.seqgan.tasks.music;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Tune;
import org.seqgan.tasks.music.song.Keyboard;
import org.seqgan.tasks.music.song.Song;
import org.seqgan.testkit.OneLine;

/** Reads files of music as the tasks do. */
public final class Songs {
  private static final double TEMPO = 120;

  private Songs() {}

  /**
   * The tokens of each song that has a tune on the piano, from its first note to its last.
   *
   * @throws UserException if there is a tune, or a file, that is not read
   */
  public static List<int[]> read(Path file) {
    Library library = Library.read(file, TEMPO);
    library.unreadable().forEach(OneLine::assertIsOne);
    List<int[]> all = new ArrayList<>();
    for (Song song : library.songs()) {
      List<Tune.Note> notes = song.solo(Optional.empty()).notes();
      if (!notes.isEmpty() && notes.stream().allMatch(note -> Keyboard.has(note.pitch()))) {
        all.add(MelodyReading.DEFAULT.grid().tokens(notes));
      }
    }
    for (UserException e : library.unreadable()) {
      throw e;
    }
    return all;
  }
}
