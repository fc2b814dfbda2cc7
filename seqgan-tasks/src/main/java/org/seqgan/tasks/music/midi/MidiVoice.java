package org.seqgan.tasks.music.midi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import org.seqgan.api.task.Tune;
import org.seqgan.tasks.music.song.Omissions;

/** The notes of a channel in a track while they are read. */
final class MidiVoice {
  private final MidiClock clock;
  private final NavigableSet<Long> silences;
  private final Omissions omissions;
  private final Map<Integer, Struck> sounding = new TreeMap<>();
  private final List<Tune.Note> notes = new ArrayList<>();

  /**
   * A note that sounds.
   *
   * @param tick at which it begins
   * @param ended how many notes of its pitch it has ended there; their note-offs may come behind
   */
  private record Struck(long tick, int ended) {}

  /**
   * A voice without notes.
   *
   * @param silences the ticks at which all notes of the channel end that began before
   */
  MidiVoice(MidiClock clock, NavigableSet<Long> silences, Omissions omissions) {
    this.clock = clock;
    this.silences = silences;
    this.omissions = omissions;
  }

  /** A key that is struck while it sounds ends there and sounds anew. */
  void play(MidiEvent.Key key) {
    if (key.on()) {
      strike(key.pitch(), key.tick());
    } else {
      release(key.pitch(), key.tick());
    }
  }

  private void strike(int pitch, long tick) {
    Struck before = sounding.get(pitch);
    end(pitch, tick);
    int earlier = before != null && before.tick == tick ? before.ended : 0;
    sounding.put(pitch, new Struck(tick, before == null ? 0 : earlier + 1));
  }

  /** A note-off at the tick of a note that ended another is the other's. */
  private void release(int pitch, long tick) {
    Struck struck = sounding.get(pitch);
    if (struck != null && struck.tick == tick && struck.ended > 0) {
      sounding.put(pitch, new Struck(tick, struck.ended - 1));
    } else {
      end(pitch, tick);
    }
  }

  void endAll(long tick) {
    List.copyOf(sounding.keySet()).forEach(pitch -> end(pitch, tick));
  }

  private void end(int pitch, long tick) {
    Struck struck = sounding.remove(pitch);
    if (struck == null) {
      return;
    }
    long started = struck.tick;
    Long silence = silences.higher(started);
    long ended = silence == null ? tick : Math.min(tick, silence);
    double start = clock.seconds(started);
    double seconds = clock.seconds(ended) - start;
    if (seconds > 0) {
      notes.add(new Tune.Note(pitch, start, seconds));
    } else {
      omissions.count(Omissions.Kind.EMPTY_NOTE);
    }
  }

  /** All notes by start. One that nothing ends lasts as long as its track. */
  List<Tune.Note> notes(long lastTick) {
    for (Struck struck : sounding.values()) {
      Long silence = silences.higher(struck.tick);
      omissions.count(Omissions.Kind.OPEN_NOTE, silence == null || silence > lastTick ? 1 : 0);
    }
    endAll(lastTick);
    notes.sort(Comparator.comparingDouble(Tune.Note::start).thenComparingInt(Tune.Note::pitch));
    return notes;
  }
}
