package org.seqgan.tasks.poems;

import java.util.List;
import java.util.StringJoiner;

/** How a quatrain is written. */
public enum PoemLayout {
  /** Line below line, read from left to right. */
  LINES {
    @Override
    String write(List<String> characters) {
      StringJoiner poem = new StringJoiner("\n");
      for (int from = 0; from < characters.size(); from += LINE) {
        int to = Math.min(from + LINE, characters.size());
        poem.add(String.join("", characters.subList(from, to)));
      }
      return poem.toString();
    }
  },
  /** The traditional layout: each line a column, read downwards, the first one on the right. */
  COLUMNS {
    @Override
    String write(List<String> characters) {
      int columns = (characters.size() + LINE - 1) / LINE;
      StringJoiner poem = new StringJoiner("\n");
      for (int row = 0; row < Math.min(LINE, characters.size()); row++) {
        StringJoiner across = new StringJoiner(BETWEEN_COLUMNS);
        for (int column = columns - 1; column >= 0; column--) {
          int at = column * LINE + row;
          across.add(at < characters.size() ? characters.get(at) : BETWEEN_COLUMNS);
        }
        poem.add(across.toString());
      }
      return poem.toString();
    }
  };

  /** Characters of a line. */
  static final int LINE = 5;

  /** An ideographic space, as wide as a character. */
  private static final String BETWEEN_COLUMNS = "\u3000";

  /** The characters, in lines; the last line may be shorter. */
  abstract String write(List<String> characters);
}
