package org.seqgan.tasks.music.midi;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seqgan.tasks.music.song.MusicException;

/**
 * The seconds of a tick: the tempo changes of all tracks, or frames per second where the file
 * counts in those.
 */
final class MidiClock {
  private static final double DEFAULT_SECONDS_PER_QUARTER = 0.5;

  /** Frames a second, by the number that stands for them; 29 is that of colour television. */
  private static final Map<Integer, Double> FRAMES =
      Map.of(24, 24.0, 25, 25.0, 29, 30_000.0 / 1001, 30, 30.0);

  private final TreeMap<Long, Change> changes = new TreeMap<>();

  /**
   * From a tick on.
   *
   * @param second when it is
   * @param secondsPerTick how long a tick lasts from there
   */
  private record Change(double second, double secondsPerTick) {}

  private MidiClock(double secondsPerTick) {
    changes.put(0L, new Change(0, secondsPerTick));
  }

  /**
   * The clock of tracks that sound together.
   *
   * @param file its name, for errors
   * @throws MusicException if the division is none
   */
  static MidiClock of(String file, int division, List<MidiTrack> tracks) {
    if (division < 0) {
      return ofFrames(file, -(division >> 8), division & 0xFF);
    }
    if (division == 0) {
      throw error(file, "found none");
    }
    MidiClock clock = new MidiClock(DEFAULT_SECONDS_PER_QUARTER / division);
    tempos(tracks)
        .forEach(
            (tick, micros) ->
                clock.changes.put(tick, new Change(clock.seconds(tick), micros / 1e6 / division)));
    return clock;
  }

  private static MidiClock ofFrames(String file, int frames, int ticks) {
    Double perSecond = FRAMES.get(frames);
    if (perSecond == null || ticks == 0) {
      throw error(file, "found %d ticks of %d frames a second".formatted(ticks, frames));
    }
    return new MidiClock(1 / (perSecond * ticks));
  }

  private static MusicException error(String file, String found) {
    return new MusicException(
        file + ", byte 12",
        "expected ticks of a quarter note, or of 24, 25, 29 or 30 frames a second, " + found);
  }

  /** Tick to microseconds of a quarter note; of several at once the last counts. */
  private static Map<Long, Integer> tempos(List<MidiTrack> tracks) {
    Map<Long, Integer> tempos = new TreeMap<>();
    for (MidiTrack track : tracks) {
      for (MidiEvent event : track.events()) {
        if (event instanceof MidiEvent.Tempo tempo) {
          tempos.put(tempo.tick(), tempo.microseconds());
        }
      }
    }
    return tempos;
  }

  /** When a tick is. */
  double seconds(long tick) {
    Map.Entry<Long, Change> last = changes.floorEntry(tick);
    return last.getValue().second + (tick - last.getKey()) * last.getValue().secondsPerTick;
  }
}
