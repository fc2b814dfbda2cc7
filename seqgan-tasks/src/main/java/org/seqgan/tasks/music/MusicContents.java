package org.seqgan.tasks.music;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.task.FileContents;
import org.seqgan.api.task.FileContents.LeftOut;
import org.seqgan.api.task.FileContents.TitledTune;
import org.seqgan.api.task.Tune;
import org.seqgan.tasks.music.song.MusicException;
import org.seqgan.tasks.music.song.Omissions;
import org.seqgan.tasks.music.song.Song;

/** What the reader of music makes of a file: the melody of each tune, before it becomes tokens. */
final class MusicContents {
  private MusicContents() {}

  /** Reads a file or folder. */
  static FileContents read(Path file, MelodyReading reading) {
    return of(Library.read(file, reading.tempo()), reading.track());
  }

  private static FileContents of(Library library, Optional<String> named) {
    List<TitledTune> tunes = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    library.unreadable().forEach(e -> leftOut.add(e.leftOut()));
    for (Song song : library.songs()) {
      try {
        Song.Voice solo = song.solo(named);
        if (solo.notes().isEmpty()) {
          leftOut.add(new LeftOut(song.place(), "a tune without notes"));
        } else {
          tunes.add(new TitledTune(song.title(), new Tune(solo.notes())));
          leftOut.addAll(others(song, solo));
        }
      } catch (MusicException e) {
        leftOut.add(e.leftOut());
      }
    }
    library
        .omissions()
        .forEach(
            (file, omissions) -> {
              for (Omissions.Why why : Omissions.Why.values()) {
                omissions.counted(why).forEach(count -> leftOut.add(new LeftOut(file, count)));
              }
            });
    return new FileContents.Tunes(tunes, leftOut);
  }

  private static List<LeftOut> others(Song song, Song.Voice solo) {
    return song.voices().stream()
        .filter(voice -> voice != solo && !voice.notes().isEmpty())
        .map(
            voice ->
                new LeftOut(
                    song.place(),
                    "voice '%s' of %d notes, which is not the melody; task.reading.track chooses another"
                        .formatted(voice.name(), voice.notes().size())))
        .toList();
  }
}
