package org.seqgan.tasks.music.abc;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.seqgan.api.task.Tune;
import org.seqgan.tasks.music.song.Keyboard;
import org.seqgan.tasks.music.song.Omissions;
import org.seqgan.tasks.music.song.Song;

/** Reads ABC that a test wrote. */
public final class Abc {
  static final String FILE = "test.abc";
  private static final double DEFAULT_TEMPO = 120;

  private Abc() {}

  /** The first tune of a text. */
  public static Song song(String text) {
    AbcBook book = AbcBook.parse(FILE, text);
    if (!book.unreadable().isEmpty()) {
      throw book.unreadable().get(0);
    }
    return book.tunes().get(0).song(DEFAULT_TEMPO, new Omissions());
  }

  /** The notes of music in eighths of a tune in C, 4/4. */
  static List<Tune.Note> notes(String music) {
    return notes("M:4/4\nL:1/8\nK:C", music);
  }

  /** The notes of music below more fields. */
  static List<Tune.Note> notes(String fields, String music) {
    return song("X:1\nT:Test\n" + fields + "\n" + music + "\n").voices().get(0).notes();
  }

  /** Names of pitches, in order, such as {@code C4 D4}. */
  public static String pitches(List<Tune.Note> notes) {
    return notes.stream()
        .map(note -> Keyboard.name(Keyboard.key(note.pitch())))
        .collect(Collectors.joining(" "));
  }

  public static String pitches(String music) {
    return pitches(notes(music));
  }

  /** Lengths in eighths, which last a quarter of a second at 120 quarters per minute. */
  static String eighths(String music) {
    return eighths(notes(music));
  }

  static String eighths(List<Tune.Note> notes) {
    return notes.stream()
        .map(note -> String.format(Locale.ROOT, "%.3f", note.seconds() / 0.25))
        .map(text -> text.replaceAll("\\.?0+$", ""))
        .collect(Collectors.joining(" "));
  }
}
