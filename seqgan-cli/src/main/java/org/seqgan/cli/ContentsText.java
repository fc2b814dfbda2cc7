package org.seqgan.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.seqgan.api.task.FileContents;
import org.seqgan.api.task.Tune;

/** What was read from a file, for people. */
final class ContentsText {
  private static final String QUOTE = "'";

  private final PrintWriter out;

  ContentsText(PrintWriter out) {
    this.out = out;
  }

  void print(FileContents contents) {
    if (contents instanceof FileContents.Tunes tunes) {
      tunes.tunes().forEach(this::print);
    } else if (contents instanceof FileContents.TokenSequences text) {
      text.sequences().forEach(sequence -> out.println(line(sequence)));
    } else if (contents instanceof FileContents.Arrays arrays) {
      Table table = new Table("array", "shape");
      arrays.arrays().forEach(array -> table.add(shown(array.name()), array.shape().toString()));
      table.print(out);
    }
    printLeftOut(contents.leftOut());
  }

  private void print(FileContents.TitledTune tune) {
    List<Tune.Note> notes = tune.tune().notes();
    out.println("%s: %d notes".formatted(shown(tune.title()), notes.size()));
    Table table = new Table("     start", "    length", "key");
    for (Tune.Note note : notes) {
      table.add(seconds(note.start()), seconds(note.seconds()), String.valueOf(note.pitch()));
    }
    table.print(out);
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%10.4f", seconds);
  }

  /** Tokens parted by spaces; one that has a space, or looks as if quoted, is in quotes. */
  private static String line(List<String> tokens) {
    return tokens.stream().map(ContentsText::token).collect(Collectors.joining(" "));
  }

  private static String token(String token) {
    boolean plain = !token.isEmpty() && token.chars().noneMatch(Character::isWhitespace);
    return plain && !token.startsWith(QUOTE) ? shown(token) : QUOTE + shown(token) + QUOTE;
  }

  private void printLeftOut(List<FileContents.LeftOut> leftOut) {
    if (leftOut.isEmpty()) {
      return;
    }
    out.println("Left out:");
    leftOut.forEach(each -> out.println("  " + shown(each.where()) + ": " + shown(each.why())));
  }

  /** Control characters of a file do nothing to the terminal. */
  private static String shown(String text) {
    return text.codePoints()
        .mapToObj(
            c ->
                Character.isISOControl(c)
                    ? String.format(Locale.ROOT, "\\u%04x", c)
                    : Character.toString(c))
        .collect(Collectors.joining());
  }
}
