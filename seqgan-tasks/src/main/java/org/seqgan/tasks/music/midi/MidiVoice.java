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
  private final Map<Integer, Long> sounding = new TreeMap<>();

  /**
   * When a key that sounded was struck anew: an end of that tick is still that of the note before.
   */
  private final Map<Integer, Long> struckAnew = new TreeMap<>();

  private final List<Tune.Note> notes = new ArrayList<>();

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
    if (!key.on() && struckAnew.remove(key.pitch(), key.tick())) {
      return;
    }
    if (key.on() && sounding.containsKey(key.pitch())) {
      struckAnew.put(key.pitch(), key.tick());
    }
    end(key.pitch(), key.tick());
    if (key.on()) {
      sounding.put(key.pitch(), key.tick());
    }
  }

  void endAll(long tick) {
    List.copyOf(sounding.keySet()).forEach(pitch -> end(pitch, tick));
  }

  private void end(int pitch, long tick) {
    Long started = sounding.remove(pitch);
    if (started == null) {
      return;
    }
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
    for (long started : sounding.values()) {
      Long silence = silences.higher(started);
      omissions.count(Omissions.Kind.OPEN_NOTE, silence == null || silence > lastTick ? 1 : 0);
    }
    endAll(lastTick);
    notes.sort(Comparator.comparingDouble(Tune.Note::start).thenComparingInt(Tune.Note::pitch));
    return notes;
  }
}
