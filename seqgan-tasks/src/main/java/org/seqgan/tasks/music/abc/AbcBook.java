package org.seqgan.tasks.music.abc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seqgan.tasks.music.song.MusicException;
import org.seqgan.tasks.music.song.Omissions;

/**
 * What an ABC file has (ABC standard 2.1, section 2.2): tunes that begin with {@code X:} and end
 * with an empty line. A tune ends, too, where another begins; and fields that end in {@code K:}
 * with music below them are a tune, though {@code X:} is not there. Blocks of text such as from
 * {@code %%begintext} to {@code %%endtext} are left out.
 *
 * @param tunes those that could be read
 * @param unreadable an error for each of the others, and for what is left out between them
 * @param omissions what was left out of all tunes, and between them
 */
public record AbcBook(List<AbcTune> tunes, List<MusicException> unreadable, Omissions omissions) {
  private static final Pattern BEGIN = Pattern.compile("%%begin(\\w+).*");
  private static final Pattern END = Pattern.compile("%%end(\\w+).*");

  /** Fields that may stand in the header of a file: section 3, the table of fields. */
  private static final String OF_FILE_HEADER = "ABCDFGHILMNORSUZm+";

  public AbcBook {
    tunes = List.copyOf(tunes);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * Reads a file.
   *
   * @param file its name, for errors
   * @throws MusicException if there is no tune in it
   */
  public static AbcBook parse(String file, byte[] bytes) {
    Omissions omissions = new Omissions();
    return parse(file, AbcText.lines(file, bytes, omissions), omissions);
  }

  /** Reads a text that has been decoded. */
  public static AbcBook parse(String file, String text) {
    return parse(file, AbcText.of(file, text), new Omissions());
  }

  private static AbcBook parse(String file, List<AbcLine> lines, Omissions omissions) {
    Pages pages = new Pages(omissions);
    Map<String, Integer> lastEnds = lastEnds(lines);
    for (int i = 0; i < lines.size(); i++) {
      Matcher block = BEGIN.matcher(lines.get(i).text());
      if (block.matches()) {
        boolean ends = lastEnds.getOrDefault(block.group(1), -1) > i;
        i =
            ends
                ? pages.block(lines, i, block.group(1))
                : pages.openBlock(lines, i, block.group(1));
      } else {
        pages.add(lines.get(i));
      }
    }
    pages.close();
    if (pages.tunes.isEmpty() && pages.unreadable.isEmpty()) {
      throw new MusicException(
          file, "expected ABC tunes, each beginning with a line X:, found none");
    }
    return new AbcBook(pages.tunes, pages.unreadable, omissions);
  }

  /** The number of the last line that ends a block, by the kind of block. */
  private static Map<String, Integer> lastEnds(List<AbcLine> lines) {
    Map<String, Integer> ends = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher end = END.matcher(lines.get(i).text());
      if (end.matches()) {
        ends.put(end.group(1), i);
      }
    }
    return ends;
  }

  /** Sorts lines into tunes. */
  private static final class Pages {
    private final Omissions omissions;
    private final List<AbcLine> fileHeader = new ArrayList<>();
    private final List<AbcLine> open = new ArrayList<>();
    private final List<AbcTune> tunes = new ArrayList<>();
    private final List<MusicException> unreadable = new ArrayList<>();
    private boolean atTop = true;

    Pages(Omissions omissions) {
      this.omissions = omissions;
    }

    void add(AbcLine line) {
      if (line.text().isBlank()) {
        close();
        return;
      }
      if (line.startsTune()) {
        boolean goesOn = !open.isEmpty() && open.get(0).startsTune();
        close();
        omissions.count(Omissions.Kind.NO_EMPTY_LINE, goesOn ? 1 : 0);
      }
      open.add(line);
    }

    /** Passes a block that has an end. Returns the number of its last line. */
    int block(List<AbcLine> lines, int begin, String kind) {
      omissions.count(Omissions.Kind.DIRECTIVE);
      int at = begin + 1;
      while (!lines.get(at).text().startsWith("%%end" + kind)) {
        at++;
      }
      return at;
    }

    /** Passes a block that has none, up to an empty line. Returns the number of its last line. */
    int openBlock(List<AbcLine> lines, int begin, String kind) {
      unreadable.add(
          lines
              .get(begin)
              .error(
                  "expected %%%%end%s below, found none: left out to the next empty line"
                      .formatted(kind)));
      int at = begin + 1;
      while (at < lines.size() && !lines.get(at).text().isBlank()) {
        at++;
      }
      return at - 1;
    }

    /** Ends what was collected: a tune, or lines outside tunes. */
    void close() {
      if (open.isEmpty()) {
        return;
      }
      boolean numbered = open.get(0).startsTune();
      if (numbered || isTune()) {
        omissions.count(Omissions.Kind.NO_NUMBER, numbered ? 0 : 1);
        tune();
        atTop = false;
      } else {
        open.forEach(this::outside);
      }
      open.clear();
    }

    /** Whether the lines are fields to {@code K:}, and then music. */
    private boolean isTune() {
      for (int i = 0; i < open.size(); i++) {
        AbcLine line = open.get(i);
        if (line.isField() && line.text().charAt(0) == 'K') {
          return open.subList(i + 1, open.size()).stream()
              .anyMatch(below -> !below.isField() && !below.text().startsWith("%"));
        }
        if (!line.isField() && !line.text().startsWith("%")) {
          return false;
        }
      }
      return false;
    }

    private void tune() {
      try {
        AbcTune tune = AbcTuneReader.read(fileHeader, open);
        tunes.add(tune);
        omissions.addAll(tune.omissions());
      } catch (MusicException e) {
        unreadable.add(e);
      }
    }

    private void outside(AbcLine line) {
      boolean comment = line.text().startsWith("%");
      boolean ofHeader = line.isField() && OF_FILE_HEADER.indexOf(line.text().charAt(0)) >= 0;
      if (atTop && (ofHeader || comment)) {
        fileHeader.add(line);
      } else if (!comment) {
        omissions.count(Omissions.Kind.FREE_TEXT);
      }
    }
  }
}
