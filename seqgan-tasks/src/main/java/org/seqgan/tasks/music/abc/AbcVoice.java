package org.seqgan.tasks.music.abc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A voice while it is read: its settings, and what reaches from one note to the next. */
final class AbcVoice {
  private static final int MIDDLE_C = 60;
  private static final int HIGHEST = 127;
  private static final int[] SEMITONES = {0, 2, 4, 5, 7, 9, 11};

  private final List<AbcEvent> events = new ArrayList<>();
  private final Map<Integer, Integer> raisedInBar = new HashMap<>();
  private final Map<Integer, Integer> raisedLast = new HashMap<>();
  private final Map<Integer, Integer> raisedByTie = new HashMap<>();
  private AbcSettings settings;
  private Fraction tuplet = Fraction.ONE;
  private int tupletLeft;
  private Fraction broken = Fraction.ONE;
  private boolean inRepeat;
  private Optional<String> part = Optional.empty();

  AbcVoice(AbcSettings settings) {
    this.settings = settings;
    events.add(new AbcEvent.Meter(settings.meter()));
  }

  AbcSettings settings() {
    return settings;
  }

  void set(AbcSettings changed) {
    if (!changed.meter().equals(settings.meter())) {
      events.add(new AbcEvent.Meter(changed.meter()));
    }
    settings = changed;
  }

  /** Whether a repeat has been started that is not ended. */
  boolean isInRepeat() {
    return inRepeat;
  }

  /** Goes on with a part, unless it is in it. */
  void enter(String label) {
    if (!part.equals(Optional.of(label))) {
      startPart(label);
    }
  }

  /** Starts a part, even if it is in one of that name. */
  void startPart(String label) {
    part = Optional.of(label);
    events.add(new AbcEvent.Part(label));
  }

  List<AbcEvent> events() {
    return List.copyOf(events);
  }

  /** Adds what is no sound: a bar line ends the reach of accidentals. */
  void add(AbcEvent event) {
    if (event instanceof AbcEvent.Bar bar) {
      raisedInBar.clear();
      inRepeat = bar.startsRepeat() || (inRepeat && bar.repeats() == 0);
    }
    events.add(event);
  }

  /** A sound or rest of a written length, to which tuplets and broken rhythm are applied. */
  void sound(List<AbcEvent.Note> notes, Fraction length) {
    Fraction factor = broken;
    broken = Fraction.ONE;
    if (tupletLeft > 0) {
      tupletLeft--;
      factor = factor.times(tuplet);
    }
    events.add(new AbcEvent.Sound(notes, length).scaled(factor));
    raisedByTie.clear();
    for (AbcEvent.Note note : notes) {
      if (note.tied()) {
        raisedByTie.putAll(raisedLast);
      }
    }
  }

  /** To be called before the notes of a sound are read. */
  void startSound() {
    raisedLast.clear();
  }

  /** The next {@code count} sounds last {@code factor} of what is written. */
  void startTuplet(Fraction factor, int count) {
    tuplet = factor;
    tupletLeft = count;
  }

  /**
   * Makes the last sound longer and the next shorter, or the other way round.
   *
   * @param dots how often {@code >} is written; negative for {@code <}
   */
  void breakRhythm(AbcScanner scanner, int dots) {
    AbcEvent.Sound last = lastSound(scanner, "a note");
    Fraction shorter = new Fraction(1, 1L << Math.abs(dots));
    Fraction longer = new Fraction(2 * shorter.denominator() - 1, shorter.denominator());
    events.set(events.size() - 1, last.scaled(dots > 0 ? longer : shorter));
    broken = dots > 0 ? shorter : longer;
  }

  /** Ties the last sound to the next. A rest has nothing to tie. */
  void tie(AbcScanner scanner) {
    events.set(events.size() - 1, lastSound(scanner, "a note before the tie").tied());
    raisedByTie.putAll(raisedLast);
  }

  private AbcEvent.Sound lastSound(AbcScanner scanner, String expected) {
    if (events.isEmpty() || !(events.get(events.size() - 1) instanceof AbcEvent.Sound last)) {
      throw scanner.error("expected " + expected);
    }
    return last;
  }

  /**
   * The MIDI note number of a written note.
   *
   * @param letter its place in {@link AbcKey#LETTERS}
   * @param octave 0 for the one of middle C
   * @param accidental what it raises by, if one is written
   */
  int pitch(AbcScanner scanner, int letter, int octave, OptionalInt accidental) {
    int position = AbcKey.LETTERS.length() * octave + letter;
    int raised = raised(letter, position, accidental);
    raisedLast.put(position, raised);
    int written = MIDDLE_C + 12 * octave + SEMITONES[letter] + raised;
    int pitch = written + settings.shift().semitones();
    if (pitch < 0 || pitch > HIGHEST) {
      throw scanner.error("this note is outside MIDI's 0 to 127");
    }
    return pitch;
  }

  private int raised(int letter, int position, OptionalInt accidental) {
    int reach = settings.scope() == AbcSettings.Scope.OCTAVE ? position : letter;
    if (accidental.isPresent()) {
      if (settings.scope() != AbcSettings.Scope.NOT) {
        raisedInBar.put(reach, accidental.getAsInt());
      }
      return accidental.getAsInt();
    }
    Integer tied = raisedByTie.get(position);
    return tied != null
        ? tied
        : raisedInBar.getOrDefault(reach, settings.key().raised().get(letter));
  }
}
