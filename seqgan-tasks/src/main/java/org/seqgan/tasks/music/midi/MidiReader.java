package org.seqgan.tasks.music.midi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.seqgan.tasks.music.song.MusicException;
import org.seqgan.tasks.music.song.Omissions;
import org.seqgan.tasks.music.song.Song;

/**
 * Makes tunes of Standard MIDI Files: one of a file of format 0 or 1, and one of each track of a
 * file of format 2. A voice is what one channel plays in one track; the drums of General MIDI
 * (channel 10) are none.
 */
public final class MidiReader {
  private static final int CHANNELS = 16;
  private static final int DRUMS = 9;
  private static final int OF_INDEPENDENT_TRACKS = 2;
  private static final double LONGEST_SECONDS = 2 * 3600;

  private final MidiClock clock;
  private final List<MidiTrack> tracks;
  private final Omissions omissions;

  private MidiReader(MidiClock clock, List<MidiTrack> tracks, Omissions omissions) {
    this.clock = clock;
    this.tracks = tracks;
    this.omissions = omissions;
  }

  /**
   * Reads a file.
   *
   * @param file its name, for errors
   * @param omissions counts what is left out, or read although it should not be there
   * @throws MusicException if it is no such file, or a damaged one
   */
  public static List<Song> parse(String file, byte[] bytes, Omissions omissions) {
    MidiFile midi = MidiFile.parse(file, bytes, omissions);
    if (midi.format() != OF_INDEPENDENT_TRACKS) {
      return List.of(song(file, midi.division(), midi.tracks(), omissions));
    }
    List<Song> songs = new ArrayList<>();
    for (MidiTrack track : midi.tracks()) {
      String place = "%s, track %d".formatted(file, track.number());
      songs.add(song(place, midi.division(), List.of(track), omissions));
    }
    return songs;
  }

  private static Song song(
      String place, int division, List<MidiTrack> tracks, Omissions omissions) {
    MidiClock clock = MidiClock.of(place, division, tracks);
    long last = tracks.stream().mapToLong(MidiTrack::lastTick).max().orElse(0);
    if (clock.seconds(last) > LONGEST_SECONDS) {
      throw new MusicException(place, "this tune lasts more than 2 hours");
    }
    String title = tracks.get(0).name();
    return new Song(
        title.isBlank() ? place : title,
        place,
        new MidiReader(clock, tracks, omissions).voices(),
        true);
  }

  private List<Song.Voice> voices() {
    Map<Integer, TreeSet<Long>> silences = silences();
    List<Song.Voice> voices = new ArrayList<>();
    for (MidiTrack track : tracks) {
      voices.addAll(voices(track, silences));
    }
    return voices;
  }

  /** When all notes of a channel end, by channel: its messages may stand in any track. */
  private Map<Integer, TreeSet<Long>> silences() {
    Map<Integer, TreeSet<Long>> silences = new HashMap<>();
    for (MidiTrack track : tracks) {
      for (MidiEvent event : track.events()) {
        if (event instanceof MidiEvent.Silence silence) {
          silences.computeIfAbsent(silence.channel(), key -> new TreeSet<>()).add(event.tick());
        }
      }
    }
    return silences;
  }

  private List<Song.Voice> voices(MidiTrack track, Map<Integer, TreeSet<Long>> silences) {
    Map<Integer, MidiVoice> channels = new LinkedHashMap<>();
    for (MidiEvent event : track.events()) {
      if (event instanceof MidiEvent.Key key && key.channel() % CHANNELS == DRUMS) {
        omissions.count(Omissions.Kind.DRUM, key.on() ? 1 : 0);
      } else if (event instanceof MidiEvent.Key key) {
        voice(channels, key.channel(), silences).play(key);
      } else if (event instanceof MidiEvent.Silence silence) {
        voice(channels, silence.channel(), silences).endAll(silence.tick());
      }
    }
    String name = track.name().replaceAll("\\p{Cntrl}", " ").strip();
    return channels.values().stream()
        .map(voice -> new Song.Voice(name, voice.notes(track.lastTick())))
        .filter(voice -> !voice.notes().isEmpty())
        .toList();
  }

  private MidiVoice voice(
      Map<Integer, MidiVoice> channels, int channel, Map<Integer, TreeSet<Long>> silences) {
    return channels.computeIfAbsent(
        channel,
        key -> new MidiVoice(clock, silences.getOrDefault(channel, new TreeSet<>()), omissions));
  }
}
