package org.seqgan.tasks.music.song;

import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The tokens of a tune: the 88 keys of the piano, 1 (A0) to 88 (C8), and 0 for a rest, which is
 * also the input at the first step.
 */
public final class Keyboard {
  /** The token of silence. */
  public static final int REST = 0;

  /** V: the keys and the rest. */
  public static final int TOKENS = 89;

  private static final int BELOW_LOWEST = 20;
  private static final int SEMITONES = 12;
  private static final String[] NAMES = {
    "C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"
  };

  private Keyboard() {}

  /** Whether a MIDI note number, 0 to 127, is a key. */
  public static boolean has(int midi) {
    return midi > BELOW_LOWEST && midi < BELOW_LOWEST + TOKENS;
  }

  public static int key(int midi) {
    return midi - BELOW_LOWEST;
  }

  public static int midi(int key) {
    return key + BELOW_LOWEST;
  }

  /** Such as {@code F#5}; middle C is C4. A rest is {@code -}. */
  public static String name(int token) {
    if (token == REST) {
      return "-";
    }
    int midi = midi(token);
    return NAMES[midi % SEMITONES] + (midi / SEMITONES - 1);
  }

  /** The token that {@link #name} calls so, in capital letters or small ones; empty if none is. */
  public static OptionalInt token(String name) {
    return IntStream.range(0, TOKENS)
        .filter(token -> name(token).equalsIgnoreCase(name))
        .findFirst();
  }
}
