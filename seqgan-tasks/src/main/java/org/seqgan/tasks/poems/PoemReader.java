package org.seqgan.tasks.poems;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.seqgan.api.task.FileContents.LeftOut;
import org.seqgan.tasks.CharacterTokenizer;
import org.seqgan.tasks.LetterCase;
import org.seqgan.tasks.TextLines.Line;
import org.seqgan.tasks.Tokenizer;

/**
 * Collects quatrains from lines of text. Punctuation and spaces do not count. A quatrain is a line
 * of twenty characters, or consecutive lines of five or ten that are twenty together, with no other
 * such line before or behind but one of five before, a title. So a poem of eight verses is none. A
 * line that starts with {@code #} is a comment. Every other line is left out and counted.
 */
final class PoemReader {
  /** Characters of a quatrain. */
  static final int QUATRAIN = 20;

  private static final int COUPLET = 10;
  private static final String COMMENT = "#";
  private static final Pattern NO_CHARACTER = Pattern.compile("[\\p{P}\\p{Z}]");
  private static final Tokenizer CHARACTERS = new CharacterTokenizer(LetterCase.KEEP);

  private final Consumer<LeftOut> listener;
  private final Map<List<String>, String> poems = new LinkedHashMap<>(); // to their places
  private final List<Verse> run = new ArrayList<>(); // of lines of five or ten characters
  private int read;
  private int leftOut;
  private Optional<String> firstLeftOut = Optional.empty();

  /**
   * A line.
   *
   * @param characters those that count
   */
  private record Verse(Line line, List<String> characters) {
    int size() {
      return characters.size();
    }
  }

  /** A reader that counts what it leaves out. */
  PoemReader() {
    this(leftOut -> {});
  }

  /**
   * A reader that tells what it leaves out.
   *
   * @param listener gets each line and each poem that is left out
   */
  PoemReader(Consumer<LeftOut> listener) {
    this.listener = listener;
  }

  /** Takes the next line. */
  void accept(Line line) {
    if (line.number() == 1) {
      endRun();
    }
    if (line.text().startsWith(COMMENT)) {
      listener.accept(new LeftOut(line.place(), "a comment"));
      return;
    }
    List<String> characters = characters(line.text());
    if (characters.size() == PoemLayout.LINE || characters.size() == COUPLET) {
      run.add(new Verse(line, characters));
      return;
    }
    endRun();
    if (characters.size() == QUATRAIN) {
      add(characters, line);
    } else if (!line.isBlank()) {
      leaveOut(new Verse(line, characters), "");
    }
  }

  /** The characters of a text that count. */
  static List<String> characters(String text) {
    return CHARACTERS.tokenize(text).stream()
        .filter(character -> !NO_CHARACTER.matcher(character).matches())
        .toList();
  }

  /** Judges the lines of five or ten characters before one that is none. */
  private void endRun() {
    int together = run.stream().mapToInt(Verse::size).sum();
    if (together == PoemLayout.LINE + QUATRAIN && run.get(0).size() == PoemLayout.LINE) {
      leaveOut(run.remove(0), ", the title of a quatrain");
      together = QUATRAIN;
    }
    if (together == QUATRAIN) {
      add(run.stream().flatMap(verse -> verse.characters().stream()).toList(), run.get(0).line());
    } else {
      String context = run.size() == 1 ? "" : ", %d with the lines around it".formatted(together);
      run.forEach(verse -> leaveOut(verse, context));
    }
    run.clear();
  }

  /** Leaves out a line that, if nothing else is said about it, is no part of anything. */
  private void leaveOut(Verse verse, String context) {
    leftOut++;
    String characters = "%d characters%s".formatted(verse.size(), context);
    String place = verse.line().place();
    listener.accept(
        new LeftOut(
            place,
            context.isEmpty()
                ? "%s, which belong to no quatrain of %d".formatted(characters, QUATRAIN)
                : characters));
    if (firstLeftOut.isEmpty()) {
      firstLeftOut = Optional.of("%s has %s".formatted(place, characters));
    }
  }

  private void add(List<String> characters, Line first) {
    String before = poems.putIfAbsent(characters, first.place());
    if (before != null) {
      listener.accept(new LeftOut(first.place(), "repeats the quatrain of " + before));
    }
    read++;
  }

  /** What was found, once all lines were taken. */
  Found found() {
    endRun();
    return new Found(List.copyOf(poems.keySet()), read, leftOut, firstLeftOut);
  }

  /**
   * What the files hold.
   *
   * @param poems the different quatrains, in the order of the files
   * @param read how many quatrains there are, the same one counted each time
   * @param leftOut how many lines belong to no quatrain
   * @param firstLeftOut the first of these lines, and how many characters it has
   */
  record Found(List<List<String>> poems, int read, int leftOut, Optional<String> firstLeftOut) {
    /** One line for the report. */
    String summary() {
      String counts =
          "%d quatrains of %d characters; removed: %d that occur before; left out: %d lines that belong to no quatrain"
              .formatted(read, QUATRAIN, read - poems.size(), leftOut);
      return firstLeftOut.map(first -> counts + " (first: " + first + ")").orElse(counts);
    }
  }
}
