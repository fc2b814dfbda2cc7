package org.seqgan.tasks.text;

import java.lang.Character.UnicodeScript;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.seqgan.tasks.TextLines;

/** What can be seen of a text before it is taken apart into tokens. Filled line by line. */
final class TextTraits {
  private static final Set<UnicodeScript> WITHOUT_SPACES =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR,
          UnicodeScript.TIBETAN);

  private static final double MOST_SPACED = 0.1;
  private static final int NARROWEST_PAGE = 50;
  private static final int WIDEST_PAGE = 120;

  private final Map<UnicodeScript, Long> letters = new EnumMap<>(UnicodeScript.class);
  private final Lengths all = new Lengths();
  private final Lengths followed = new Lengths(); // of lines with another below
  private long blankLines;
  private long paragraphs;
  private long visible;
  private long words; // in the sense of white space between them
  private final Smiles smiles = new Smiles();
  private long spacedLines; // with white space between other characters
  private boolean ascii = true;
  private boolean capitals;
  private int previous; // length of the line before, 0 where that was blank

  private TextTraits() {}

  /**
   * Reads files.
   *
   * @throws org.seqgan.api.UserException (data) if one cannot be read or is not UTF-8 text
   */
  static TextTraits of(List<Path> files) {
    TextTraits traits = new TextTraits();
    for (Path file : files) {
      TextLines.read(file, line -> traits.accept(line.text()));
      traits.previous = 0;
    }
    return traits;
  }

  /**
   * Reads a column of tables; a field counts as a line.
   *
   * @throws org.seqgan.api.UserException (data) if one cannot be read or is no such table
   */
  static TextTraits of(List<Path> files, TextLayout table) {
    TextTraits traits = new TextTraits();
    Passages.read(files, table, passage -> traits.accept(passage.text()));
    return traits;
  }

  private void accept(String line) {
    if (line.isBlank()) {
      blankLines++;
      previous = 0;
      return;
    }
    int length = line.codePointCount(0, line.length());
    if (previous > 0) {
      followed.add(previous);
    } else {
      paragraphs++;
    }
    all.add(length);
    previous = length;
    look(line);
    smiles.add(line.strip());
  }

  private void look(String text) {
    long wordsBefore = words;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = text.codePointAt(i);
      ascii &= character < 128;
      boolean space = Character.isWhitespace(character) || Character.isSpaceChar(character);
      if (!space) {
        visible++;
        words += inWord ? 0 : 1;
        if (Character.isLetter(character)) {
          capitals |= Character.isUpperCase(character);
          letters.merge(UnicodeScript.of(character), 1L, Long::sum);
        }
      }
      inWord = !space;
    }
    spacedLines += words > wordsBefore + 1 ? 1 : 0;
  }

  /** Whether there is nothing but white space. */
  boolean isBlank() {
    return all.isEmpty();
  }

  /** Whether there are capital letters. */
  boolean hasCapitals() {
    return capitals;
  }

  /** The encoding, in words. */
  String encoding() {
    return ascii ? "UTF-8 (all of it ASCII)" : "UTF-8";
  }

  /**
   * Whether most letters are of scripts that put no spaces between words, and no spaces were put
   * between their characters either, as some corpora have them.
   */
  boolean isWithoutSpaces() {
    long unspaced =
        letters.entrySet().stream()
            .filter(entry -> WITHOUT_SPACES.contains(entry.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    return 2 * unspaced > letterCount() && visible > 2 * words;
  }

  /** Whether hardly a line has a space in it, so that a line is no sentence. */
  boolean isWithoutWords() {
    return spacedLines <= MOST_SPACED * all.count();
  }

  /** How many lines have a space in them, in words. */
  String spacedLines() {
    return spacedLines == 0
        ? "no line has a space in it"
        : String.format(
            Locale.ROOT, "only %,d of %,d lines have a space in them", spacedLines, all.count());
  }

  /** Whether the lines are molecules. */
  boolean isSmiles() {
    return smiles.areLikely();
  }

  /**
   * Whether the lines are those of a page: blank lines between paragraphs of several lines, most of
   * which are filled. Verses are not: their lines are short or differ in length.
   */
  boolean isWrapped() {
    int width = all.quantile(0.95);
    boolean page = width >= NARROWEST_PAGE && width <= WIDEST_PAGE;
    boolean severalLines = blankLines > 0 && !followed.isEmpty() && all.count() >= 2 * paragraphs;
    return page && severalLines && followed.shareFrom(width * 7 / 10) >= 0.6;
  }

  private long letterCount() {
    return letters.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The scripts of its letters, the most frequent first, with their shares. */
  String scripts() {
    long count = letterCount();
    if (count == 0) {
      return "none";
    }
    return letters.entrySet().stream()
        .sorted(Map.Entry.<UnicodeScript, Long>comparingByValue().reversed())
        .limit(4)
        .map(entry -> share(entry.getKey(), 100.0 * entry.getValue() / count))
        .collect(Collectors.joining(", "));
  }

  private static String share(UnicodeScript script, double percent) {
    String name = script.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    return capital + (percent < 1 ? " below 1%" : String.format(Locale.ROOT, " %.0f%%", percent));
  }
}
