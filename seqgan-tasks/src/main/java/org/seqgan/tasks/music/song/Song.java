package org.seqgan.tasks.music.song;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seqgan.api.task.Tune;

/**
 * A tune with all that sounds in it.
 *
 * @param title its name
 * @param place the file, and the line in it
 * @param voices the voices of an ABC tune, or the tracks of a MIDI file
 * @param hasTempo whether it says how fast it is played
 */
public record Song(String title, String place, List<Voice> voices, boolean hasTempo) {
  public Song {
    voices = List.copyOf(voices);
  }

  /**
   * A voice or track.
   *
   * @param name may be empty
   * @param notes by start
   */
  public record Voice(String name, List<Tune.Note> notes) {
    public Voice {
      notes = List.copyOf(notes);
    }

    private double meanPitch() {
      return notes.stream().mapToInt(Tune.Note::pitch).average().orElse(-1);
    }
  }

  /**
   * The voice that is the tune: the one of the highest mean pitch, the first of several, or the one
   * that is named.
   *
   * @param named the name of a voice or track, or its number counted from 1
   * @throws MusicException if there is no such voice
   */
  public Voice solo(Optional<String> named) {
    if (named.isEmpty()) {
      return voices.stream()
          .max(Comparator.comparingDouble(Voice::meanPitch))
          .orElseGet(() -> new Voice("", List.of()));
    }
    for (int i = 0; i < voices.size(); i++) {
      String name = named.get();
      if (voices.get(i).name().equals(name) || String.valueOf(i + 1).equals(name)) {
        return voices.get(i);
      }
    }
    throw new MusicException(
        place, "there is no track '%s'; it has %s".formatted(named.get(), names()));
  }

  private String names() {
    return voices.isEmpty()
        ? "none with notes"
        : voices.stream().map(voice -> "'" + voice.name() + "'").collect(Collectors.joining(", "));
  }
}
