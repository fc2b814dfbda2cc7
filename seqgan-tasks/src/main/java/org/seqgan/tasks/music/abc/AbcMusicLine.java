package org.seqgan.tasks.music.abc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.seqgan.tasks.music.song.Omissions;

/** Reads one line of the music of a tune (ABC standard 2.1, section 4) into its current voice. */
final class AbcMusicLine {
  private static final String NOTES = "ABCDEFGabcdefg";
  private static final int LAST_ENDING = 99;
  private static final int MOST_DOTS = 3;
  private static final int MOST_OCTAVES = 9;

  /** Decorations that say where to go on (section 4.14); what they ask for is not played. */
  private static final Set<String> JUMPS =
      Set.of(
          "segno",
          "coda",
          "d.s.",
          "d.c.",
          "dacoda",
          "dacapo",
          "fine",
          "d.c.alcoda",
          "d.c.alfine",
          "d.s.alcoda",
          "d.s.alfine");

  private final AbcTuneReader tune;
  private final AbcLine line;
  private final AbcScanner scanner;

  AbcMusicLine(AbcTuneReader tune, AbcLine line) {
    this.tune = tune;
    this.line = line;
    this.scanner = new AbcScanner(line);
  }

  void read() {
    try {
      while (!scanner.done()) {
        element();
      }
    } catch (ArithmeticException e) {
      throw scanner.error("this length has no place in a fraction of 64 bits");
    }
  }

  private void element() {
    char c = scanner.peek();
    switch (c) {
      case ' ', '\t', '`', '\\', '$' -> scanner.next();
      case '"' -> quoted();
      case '!', '+' -> decoration();
      case '{' -> graceNotes();
      case '(' -> slurOrTuplet();
      case ')' -> {
        scanner.next();
        tune.leaveOut(Omissions.Kind.SLUR);
      }
      case '-' -> {
        tune.voice().tie(scanner);
        scanner.next();
      }
      case '>', '<' -> brokenRhythm();
      case '[' -> bracket();
      case '|', ':', ']' -> bar();
      case 'z', 'x' -> rest();
      case 'Z', 'X' -> bars();
      case 'y' -> {
        scanner.next();
        scanner.length();
      }
      case '#', '*', ';', '?', '@' -> {
        scanner.next();
        tune.leaveOut(Omissions.Kind.RESERVED);
      }
      default -> noteOrMark(c);
    }
  }

  private void noteOrMark(char c) {
    if (startsNote(c)) {
      note();
    } else if (AbcBarLine.isNext(scanner)) {
      bar();
    } else if (isMark(c)) {
      scanner.next();
      tune.leaveOut(Omissions.Kind.DECORATION);
    } else {
      throw scanner.error("expected a note, a rest or a bar line, found " + excerpt(c));
    }
  }

  private static boolean isMark(char c) {
    return c == '.' || c == '~' || (c >= 'H' && c <= 'W') || (c >= 'h' && c <= 'w');
  }

  private static String excerpt(char c) {
    return AbcLine.excerpt(String.valueOf(c));
  }

  private static boolean startsNote(char c) {
    return c == '^' || c == '_' || c == '=' || NOTES.indexOf(c) >= 0;
  }

  private void quoted() {
    scanner.next();
    scanner.until('"', "chord symbol");
    tune.leaveOut(Omissions.Kind.CHORD_SYMBOL);
  }

  /** A mark that opens no decoration was a line break, or the sign of a chord, before ABC 2. */
  private void decoration() {
    Optional<String> mark = scanner.takeMarked(scanner.peek());
    if (mark.isPresent()) {
      boolean jump = JUMPS.contains(mark.get().toLowerCase(Locale.ROOT));
      tune.leaveOut(jump ? Omissions.Kind.JUMP : Omissions.Kind.DECORATION);
    } else {
      scanner.next();
      tune.leaveOut(Omissions.Kind.RESERVED);
    }
  }

  private void graceNotes() {
    scanner.next();
    scanner.until('}', "group of grace notes");
    tune.leaveOut(Omissions.Kind.GRACE_NOTES);
  }

  private void slurOrTuplet() {
    scanner.next();
    if (scanner.atDigit()) {
      tuplet();
    } else {
      tune.leaveOut(Omissions.Kind.SLUR);
    }
  }

  /** {@code (p:q:r}: p notes in the time of q, for the next r notes (section 4.13). */
  private void tuplet() {
    int p = scanner.number();
    boolean hasTime = scanner.take(':');
    int q = hasTime && scanner.atDigit() ? scanner.number() : defaultTime(p);
    int r = hasTime && scanner.take(':') && scanner.atDigit() ? scanner.number() : p;
    tune.voice().startTuplet(new Fraction(q, p), r);
  }

  private int defaultTime(int p) {
    return switch (p) {
      case 2, 4, 8 -> 3;
      case 3, 6 -> 2;
      case 5, 7, 9 -> tune.voice().settings().meter().compound() ? 3 : 2;
      default ->
          throw scanner.error(
              "expected a tuplet of 2 to 9 notes, or one that says its time as (11:8 does");
    };
  }

  private void brokenRhythm() {
    char sign = scanner.peek();
    int dots = scanner.count(sign);
    if (dots > MOST_DOTS) {
      throw scanner.error("expected at most " + MOST_DOTS + " signs " + sign + " in a row");
    }
    tune.voice().breakRhythm(scanner, sign == '>' ? dots : -dots);
  }

  private void bracket() {
    char after = scanner.peek(1);
    if (AbcBarLine.isNext(scanner)) {
      bar();
    } else if (after >= '0' && after <= '9') {
      scanner.next();
      ending();
    } else if (Character.isLetter(after) && scanner.peek(2) == ':') {
      scanner.next();
      tune.bodyField(new AbcLine(line.file(), line.number(), scanner.until(']', "field")));
    } else {
      scanner.next();
      chord();
    }
  }

  /** {@code 1}, {@code 1,3} or {@code 1-3}. */
  private void ending() {
    Set<Integer> numbers = new HashSet<>();
    do {
      int from = scanner.number();
      int to = scanner.take('-') ? scanner.number() : from;
      if (to > LAST_ENDING) {
        throw scanner.error("expected an ending of at most " + LAST_ENDING);
      }
      for (int number = from; number <= to; number++) {
        numbers.add(number);
      }
    } while (scanner.take(','));
    tune.voice().add(new AbcEvent.Ending(numbers));
  }

  /** Bar lines, and the ending that a number after them starts: nothing else begins with one. */
  private void bar() {
    AbcVoice voice = tune.voice();
    AbcBarLine.read(scanner, voice.isInRepeat()).forEach(voice::add);
    scanner.passBlanksBefore(AbcScanner::atDigit);
    if (scanner.atDigit()) {
      ending();
    }
  }

  private void rest() {
    scanner.next();
    tune.voice().startSound();
    tune.voice().sound(List.of(), written());
  }

  /** Rests of whole bars. */
  private void bars() {
    scanner.next();
    int count = scanner.atDigit() ? scanner.number() : 1;
    Fraction bar = tune.voice().settings().meter().bar().orElse(Fraction.ONE);
    tune.voice().startSound();
    tune.voice().sound(List.of(), bar.times(new Fraction(count, 1)));
  }

  private Fraction written() {
    return tune.voice().settings().unitLength().times(scanner.length());
  }

  private void note() {
    tune.voice().startSound();
    AbcEvent.Note note = writtenNote();
    tune.voice().sound(List.of(note), note.length());
  }

  private AbcEvent.Note writtenNote() {
    int pitch = pitch();
    return new AbcEvent.Note(pitch, written(), false);
  }

  private int pitch() {
    OptionalInt accidental = accidental();
    char letter = scanner.peek();
    if (NOTES.indexOf(letter) < 0) {
      throw scanner.error("expected a note from A to g");
    }
    scanner.next();
    int octave = (Character.isLowerCase(letter) ? 1 : 0) + octaveMarks();
    return tune.voice().pitch(scanner, AbcKey.letter(letter), octave, accidental);
  }

  private int octaveMarks() {
    int octave = 0;
    while (scanner.peek() == '\'' || scanner.peek() == ',') {
      octave += scanner.next() == '\'' ? 1 : -1;
      if (Math.abs(octave) > MOST_OCTAVES) {
        throw scanner.error("expected at most " + MOST_OCTAVES + " octave marks");
      }
    }
    return octave;
  }

  private OptionalInt accidental() {
    char sign = scanner.peek();
    if (sign != '^' && sign != '_' && sign != '=') {
      return OptionalInt.empty();
    }
    int signs = scanner.count(sign);
    if (signs > (sign == '=' ? 1 : 2)) {
      throw scanner.error("expected an accidental: ^ ^^ = _ __");
    }
    return OptionalInt.of(AbcKey.semitones(String.valueOf(sign).repeat(signs)));
  }

  /** {@code [CEG]}: it lasts as its first note does, times what follows it (section 4.17). */
  private void chord() {
    tune.voice().startSound();
    List<AbcEvent.Note> notes = new ArrayList<>();
    while (!scanner.take(']')) {
      if (scanner.done()) {
        throw scanner.error("this chord has no closing ]");
      }
      chordElement(notes);
    }
    Fraction factor = scanner.length();
    if (notes.isEmpty()) {
      throw scanner.error("expected notes in this chord");
    }
    List<AbcEvent.Note> scaled =
        notes.stream()
            .map(note -> new AbcEvent.Note(note.pitch(), note.length().times(factor), note.tied()))
            .toList();
    tune.voice().sound(scaled, scaled.get(0).length());
  }

  private void chordElement(List<AbcEvent.Note> notes) {
    char c = scanner.peek();
    if (c == '-' && !notes.isEmpty()) {
      scanner.next();
      AbcEvent.Note last = notes.remove(notes.size() - 1);
      notes.add(new AbcEvent.Note(last.pitch(), last.length(), true));
    } else if (startsNote(c)) {
      notes.add(writtenNote());
    } else {
      chordMark(c);
    }
  }

  private void chordMark(char c) {
    switch (c) {
      case ' ' -> scanner.next();
      case '"' -> quoted();
      case '!', '+' -> decoration();
      case '(', ')' -> {
        scanner.next();
        tune.leaveOut(Omissions.Kind.SLUR);
      }
      default -> chordDecoration(c);
    }
  }

  private void chordDecoration(char c) {
    if (!isMark(c)) {
      throw scanner.error("expected a note or the closing ] of this chord, found " + excerpt(c));
    }
    scanner.next();
    tune.leaveOut(Omissions.Kind.DECORATION);
  }
}
