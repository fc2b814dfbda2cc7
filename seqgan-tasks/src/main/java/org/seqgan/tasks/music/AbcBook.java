package org.seqgan.tasks.music;

import java.util.ArrayList;
import java.util.List;

/**
 * What an ABC file has (ABC standard 2.1, section 2.2): tunes that begin with {@code X:} and end
 * with an empty line.
 *
 * @param tunes those that could be read
 * @param unreadable an error for each of the others
 * @param omissions what was left out of all tunes, and between them
 */
record AbcBook(List<AbcTune> tunes, List<MusicException> unreadable, AbcOmissions omissions) {
  AbcBook {
    tunes = List.copyOf(tunes);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * Reads a file.
   *
   * @param file its name, for errors
   * @throws MusicException if there is no tune in it
   */
  static AbcBook parse(String file, String text) {
    Pages pages = new Pages();
    int number = 0;
    for (String line : text.split("\r\n|\r|\n", -1)) {
      pages.add(new AbcLine(file, ++number, line));
    }
    pages.close();
    if (pages.tunes.isEmpty() && pages.unreadable.isEmpty()) {
      throw new MusicException(
          file, "expected ABC tunes, each beginning with a line X:, found none");
    }
    return new AbcBook(pages.tunes, pages.unreadable, pages.omissions);
  }

  /** Sorts lines into tunes. */
  private static final class Pages {
    private final List<AbcLine> fileHeader = new ArrayList<>();
    private final List<AbcLine> open = new ArrayList<>();
    private final List<AbcTune> tunes = new ArrayList<>();
    private final List<MusicException> unreadable = new ArrayList<>();
    private final AbcOmissions omissions = new AbcOmissions();
    private boolean atTop = true;

    void add(AbcLine line) {
      boolean starts = line.text().startsWith("X:");
      if (!open.isEmpty() && !line.text().isBlank()) {
        open.add(line);
      } else if (starts) {
        open.add(line);
        atTop = false;
      } else if (line.text().isBlank()) {
        close();
      } else {
        outside(line);
      }
    }

    private void outside(AbcLine line) {
      boolean directive = line.text().startsWith("%");
      if (atTop && (line.isField() || directive)) {
        fileHeader.add(line);
      } else if (!directive) {
        omissions.count(AbcOmissions.Kind.FREE_TEXT);
      }
    }

    void close() {
      if (open.isEmpty()) {
        return;
      }
      try {
        AbcTune tune = AbcTuneReader.read(fileHeader, open);
        tunes.add(tune);
        omissions.addAll(tune.omissions());
      } catch (MusicException e) {
        unreadable.add(e);
      }
      open.clear();
    }
  }
}
