package org.seqgan.tasks.music.abc;

import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How long whole notes last. A tune has one tempo: a change in one voice is one in all of them. */
final class AbcClock {
  private static final double SECONDS_PER_MINUTE = 60;

  /** By the place from which on they hold, in whole notes. */
  private final NavigableMap<Double, Double> secondsPerWhole = new TreeMap<>();

  /**
   * The clock of voices that sound together.
   *
   * @param wholesPerMinute the tempo at the beginning
   * @param voices their events, whose repeats are played out
   */
  AbcClock(double wholesPerMinute, Collection<List<AbcEvent>> voices) {
    secondsPerWhole.put(0.0, SECONDS_PER_MINUTE / wholesPerMinute);
    voices.forEach(this::addChanges);
  }

  private void addChanges(List<AbcEvent> voice) {
    double place = 0;
    for (AbcEvent event : voice) {
      if (event instanceof AbcEvent.Tempo tempo) {
        secondsPerWhole.put(place, SECONDS_PER_MINUTE / tempo.wholesPerMinute());
      } else if (event instanceof AbcEvent.Sound sound) {
        place += sound.length().toDouble();
      }
    }
  }

  /** The seconds of a length from a place on, both in whole notes. */
  double seconds(double place, double length) {
    double seconds = 0;
    double left = length;
    double at = place;
    for (double change : secondsPerWhole.subMap(place, false, place + length, false).keySet()) {
      seconds += (change - at) * secondsPerWholeAt(at);
      left -= change - at;
      at = change;
    }
    return seconds + left * secondsPerWholeAt(at);
  }

  private double secondsPerWholeAt(double place) {
    return secondsPerWhole.floorEntry(place).getValue();
  }
}
