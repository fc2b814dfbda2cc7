package org.seqgan.tasks.music;

import java.util.Map;
import java.util.TreeMap;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.Sequence;
import javax.sound.midi.Track;

/**
 * The seconds of a tick: the tempo changes of all tracks, or frames per second where the file
 * counts in those.
 */
final class MidiClock {
  private static final int SET_TEMPO = 0x51;
  private static final int TEMPO_BYTES = 3;
  private static final double DEFAULT_SECONDS_PER_QUARTER = 0.5;

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

  static MidiClock of(Sequence sequence) {
    if (sequence.getDivisionType() != Sequence.PPQ) {
      return new MidiClock(1.0 / (sequence.getDivisionType() * sequence.getResolution()));
    }
    MidiClock clock = new MidiClock(DEFAULT_SECONDS_PER_QUARTER / sequence.getResolution());
    tempos(sequence)
        .forEach(
            (tick, seconds) ->
                clock.changes.put(
                    tick, new Change(clock.seconds(tick), seconds / sequence.getResolution())));
    return clock;
  }

  /** Tick to seconds of a quarter note. */
  private static Map<Long, Double> tempos(Sequence sequence) {
    Map<Long, Double> tempos = new TreeMap<>();
    for (Track track : sequence.getTracks()) {
      for (int i = 0; i < track.size(); i++) {
        MidiEvent event = track.get(i);
        if (event.getMessage() instanceof MetaMessage meta
            && meta.getType() == SET_TEMPO
            && meta.getData().length == TEMPO_BYTES) {
          tempos.put(event.getTick(), secondsPerQuarter(meta.getData()));
        }
      }
    }
    return tempos;
  }

  private static double secondsPerQuarter(byte[] bigEndian) {
    int micros = (bigEndian[0] & 0xFF) << 16 | (bigEndian[1] & 0xFF) << 8 | (bigEndian[2] & 0xFF);
    return micros / 1e6;
  }

  /** When a tick is. */
  double seconds(long tick) {
    Map.Entry<Long, Change> last = changes.floorEntry(tick);
    return last.getValue().second + (tick - last.getKey()) * last.getValue().secondsPerTick;
  }
}
