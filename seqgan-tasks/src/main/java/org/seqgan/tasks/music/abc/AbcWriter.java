package org.seqgan.tasks.music.abc;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.seqgan.tasks.music.song.Keyboard;

/**
 * Writes a sequence as an ABC tune; a step is an eighth note, and eight of them a bar. Accidentals
 * are written so that a reader for which they reach all octaves and one for which they reach one
 * octave see the same notes.
 */
public final class AbcWriter {
  private static final int STEPS_PER_BAR = 8;
  private static final int BARS_PER_LINE = 4;
  private static final double EIGHTHS_OF_A_SECOND_STEP = 60;
  private static final String[] NAMES = {
    "C", "^C", "D", "^D", "E", "F", "^F", "G", "^G", "A", "^A", "B"
  };

  private final StringBuilder out = new StringBuilder();
  private final Set<Character> raised = new HashSet<>();

  private AbcWriter() {}

  /**
   * The text of a file with one tune.
   *
   * @param tokens see {@link Keyboard}
   * @param step seconds
   */
  public static String text(int[] tokens, double step) {
    AbcWriter writer = new AbcWriter();
    writer.header(step);
    for (int start = 0; start < tokens.length; start += STEPS_PER_BAR) {
      writer.bar(tokens, start, Math.min(start + STEPS_PER_BAR, tokens.length));
    }
    return writer.out.append('\n').toString();
  }

  private void header(double step) {
    String tempo =
        String.format(Locale.ROOT, "%.6f", EIGHTHS_OF_A_SECOND_STEP / step)
            .replaceAll("\\.?0+$", "");
    out.append("X:1\nT:seqgan\nM:4/4\nL:1/8\nQ:1/8=%s\nK:C\n".formatted(tempo));
  }

  private void bar(int[] tokens, int start, int end) {
    raised.clear();
    int from = start;
    while (from < end) {
      int to = from + 1;
      while (to < end && tokens[to] == tokens[from]) {
        to++;
      }
      boolean held = to < tokens.length && tokens[to] == tokens[from];
      note(tokens[from], to - from, held);
      from = to;
    }
    boolean last = end == tokens.length;
    boolean endsLine = (end / STEPS_PER_BAR) % BARS_PER_LINE == 0;
    out.append(last ? "|]" : endsLine ? "|\n" : "|");
  }

  private void note(int token, int steps, boolean held) {
    out.append(token == Keyboard.REST ? "z" : pitch(Keyboard.midi(token)));
    if (steps > 1) {
      out.append(steps);
    }
    if (held && token != Keyboard.REST) {
      out.append('-');
    }
  }

  private String pitch(int midi) {
    String name = NAMES[midi % 12];
    char letter = name.charAt(name.length() - 1);
    String accidental = "";
    if (name.length() > 1) {
      raised.add(letter);
      accidental = "^";
    } else if (raised.contains(letter)) {
      accidental = "=";
    }
    int octave = midi / 12 - 5;
    return octave <= 0
        ? accidental + letter + ",".repeat(-octave)
        : accidental + Character.toLowerCase(letter) + "'".repeat(octave - 1);
  }
}
