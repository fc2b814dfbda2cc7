package org.seqgan.tasks.music.abc;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.tasks.music.song.MusicException;

/**
 * Reads bar lines of any shape (ABC standard 2.1, section 4.8): rows of {@code |}, {@code [} and
 * {@code ]}, with colons before and after them, and blanks between.
 *
 * <ul>
 *   <li>A colon belongs to the strokes that it touches: {@code | :|} ends a repeat, {@code |: |}
 *       starts one. Between strokes that it touches on both sides it starts one, too.
 *   <li>One that touches none ends a repeat at the beginning, starts one at the end, and does
 *       between strokes what is due: it ends one that has been started.
 *   <li>Two or more that touch none, or strokes on both sides, end one and start another.
 * </ul>
 */
final class AbcBarLine {
  private static final int MOST_REPEATS = 99;

  private final AbcScanner scanner;
  private final boolean inRepeat;
  private final List<Row> rows = new ArrayList<>();

  /**
   * Signs of one kind in a row.
   *
   * @param colons how many colons, or 0 for strokes
   * @param strokes how many strokes
   * @param closing whether a stroke is thick, or there are two
   * @param apart whether there is a blank before
   */
  private record Row(int colons, int strokes, boolean closing, boolean apart) {}

  private AbcBarLine(AbcScanner scanner, boolean inRepeat) {
    this.scanner = scanner;
    this.inRepeat = inRepeat;
  }

  /** Whether a bar line comes next. */
  static boolean isNext(AbcScanner scanner) {
    return scanner.peek() == ':' || isStroke(scanner);
  }

  /** A {@code [} is one before another sign of a bar line, a full stop before a thin line. */
  private static boolean isStroke(AbcScanner scanner) {
    return isStroke(scanner.peek(), scanner.peek(1));
  }

  private static boolean isStroke(char sign, char after) {
    return switch (sign) {
      case '|', ']' -> true;
      case '[' -> after == '|' || after == ']' || after == ':';
      case '.' -> after == '|';
      default -> false;
    };
  }

  /**
   * Passes the bar lines that come next.
   *
   * @param inRepeat whether a repeat has been started that is not ended
   * @throws MusicException if there is a single colon
   */
  static List<AbcEvent.Bar> read(AbcScanner scanner, boolean inRepeat) {
    AbcBarLine line = new AbcBarLine(scanner, inRepeat);
    boolean apart = false;
    do {
      line.rows.add(line.row(apart));
      apart = scanner.passBlanksBefore(AbcBarLine::isNext);
    } while (isNext(scanner));
    return line.bars();
  }

  private Row row(boolean apart) {
    int colons = scanner.count(':');
    if (colons == 1 && rows.isEmpty() && !strokeFollows()) {
      colons += lastColon();
    }
    if (colons > MOST_REPEATS) {
      throw scanner.error("expected fewer than " + MOST_REPEATS + " repeats");
    }
    if (colons > 0) {
      return new Row(colons, 0, false, apart);
    }
    int strokes = 0;
    boolean thick = false;
    while (isStroke(scanner)) {
      char sign = scanner.next();
      thick |= sign == '[' || sign == ']';
      strokes += sign == '.' ? 0 : 1;
    }
    return new Row(0, strokes, thick || strokes > 1, apart);
  }

  /** {@code : :} is {@code ::} with a blank in it. */
  private int lastColon() {
    if (scanner.passBlanksBefore(next -> next.peek() == ':')) {
      return scanner.count(':');
    }
    throw scanner.error("expected a bar line with this colon");
  }

  private boolean strokeFollows() {
    int blanks = scanner.blanks();
    return isStroke(scanner.peek(blanks), scanner.peek(blanks + 1));
  }

  private List<AbcEvent.Bar> bars() {
    List<AbcEvent.Bar> bars = new ArrayList<>();
    int ending = 0;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (row.colons == 0) {
        boolean starts = i + 1 < rows.size() && role(i + 1) == Role.START;
        bars.add(new AbcEvent.Bar(ending, starts, row.closing || ending > 0 || starts));
        ending = 0;
      } else if (role(i) == Role.END) {
        ending = row.colons;
      } else if (role(i) == Role.BOTH) {
        bars.add(new AbcEvent.Bar(Math.max(1, row.colons / 2), true, true));
      }
    }
    return bars;
  }

  private enum Role {
    END,
    START,
    BOTH
  }

  /** What colons do; see the class. */
  private Role role(int at) {
    boolean first = at == 0;
    boolean last = at == rows.size() - 1;
    boolean touchesBefore = !first && !rows.get(at).apart;
    boolean touchesAfter = !last && !rows.get(at + 1).apart;
    if (rows.get(at).colons > 1 && touchesBefore == touchesAfter) {
      return Role.BOTH;
    }
    if (touchesBefore || touchesAfter) {
      return touchesBefore ? Role.START : Role.END;
    }
    if (first || last) {
      return first ? Role.END : Role.START;
    }
    return inRepeat ? Role.END : Role.START;
  }
}
