package org.seqgan.tasks.music.abc;

import java.util.Optional;

/**
 * What the notes that follow mean.
 *
 * @param unit the length of a note without a number; empty where the meter decides
 * @param meter of the bars
 * @param key of the notes
 * @param shift how far from there they sound
 * @param scope how far an accidental reaches
 */
record AbcSettings(
    Optional<Fraction> unit, AbcMeter meter, AbcKey key, AbcShift shift, Scope scope) {
  static final AbcSettings INITIAL =
      new AbcSettings(Optional.empty(), AbcMeter.FREE, AbcKey.NONE, AbcShift.NONE, Scope.PITCH);

  /** The values of {@code %%propagate-accidentals} (ABC standard 2.1, section 11.3). */
  enum Scope {
    /** The note alone. */
    NOT,
    /** The same letter in the same octave, to the end of the bar. */
    OCTAVE,
    /** The same letter in all octaves, to the end of the bar: the standard's default. */
    PITCH
  }

  Fraction unitLength() {
    return unit.orElseGet(meter::defaultUnit);
  }

  /** With the unit fixed: a later change of meter does not change it (section 3.1.7). */
  AbcSettings withUnitFixed() {
    return withUnit(unitLength());
  }

  AbcSettings withUnit(Fraction length) {
    return new AbcSettings(Optional.of(length), meter, key, shift, scope);
  }

  AbcSettings withMeter(AbcMeter changed) {
    return new AbcSettings(unit, changed, key, shift, scope);
  }

  AbcSettings withKey(AbcKey changed) {
    return new AbcSettings(unit, meter, changed, shift, scope);
  }

  AbcSettings withShift(AbcShift.Change change) {
    return new AbcSettings(unit, meter, key, change.of(shift), scope);
  }

  /** With what a field {@code K:} says. */
  AbcSettings with(AbcKey.Field field) {
    return withKey(field.key().orElse(key)).withShift(field.shift());
  }

  AbcSettings withScope(Scope changed) {
    return new AbcSettings(unit, meter, key, shift, changed);
  }
}
