package org.seqgan.tasks.music;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.seqgan.api.UserException;
import org.seqgan.tasks.music.abc.AbcBook;
import org.seqgan.tasks.music.abc.AbcTune;
import org.seqgan.tasks.music.midi.MidiReader;
import org.seqgan.tasks.music.song.MusicException;
import org.seqgan.tasks.music.song.Omissions;
import org.seqgan.tasks.music.song.Song;

/**
 * All tunes of a file, or of a folder with its folders, in the order of the files' names.
 *
 * @param songs those that could be read
 * @param unreadable an error for each tune or file that could not
 * @param omissions by file, what was left out of its tunes, and read although it should not be
 *     there
 * @param files how many files were read
 * @param otherFiles how many files of the folder are of another kind
 */
record Library(
    List<Song> songs,
    List<MusicException> unreadable,
    Map<String, Omissions> omissions,
    int files,
    int otherFiles) {
  private static final String SAMPLE = "sample.abc";
  private static final String ABC = ".abc";
  private static final List<String> MIDI = List.of(".mid", ".midi");
  private static final long MOST_BYTES = 100_000_000;

  Library {
    songs = List.copyOf(songs);
    unreadable = List.copyOf(unreadable);
    omissions = Collections.unmodifiableMap(new LinkedHashMap<>(omissions));
  }

  /** Those of all files. */
  Omissions allOmissions() {
    Omissions all = new Omissions();
    omissions.values().forEach(all::addAll);
    return all;
  }

  /** The tunes that the program brings with it. */
  static Library sample(double defaultTempo) {
    try (InputStream in = Library.class.getResourceAsStream(SAMPLE)) {
      if (in == null) {
        throw new IllegalStateException(SAMPLE + " is not in the jar");
      }
      Reader reader = new Reader(defaultTempo);
      reader.add(SAMPLE, in.readAllBytes());
      return reader.library(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there is a file that {@link #read} would read. */
  static boolean canRead(Path data) {
    return Files.isDirectory(data)
        ? files(data).stream().anyMatch(Library::isMusic)
        : isMusic(data);
  }

  /**
   * Reads tunes.
   *
   * @param data a file, or a folder
   * @param defaultTempo quarter notes per minute of an ABC tune that names no tempo
   * @throws UserException if there is no such file, or none with tunes in it
   */
  static Library read(Path data, double defaultTempo) {
    if (!Files.exists(data)) {
      throw new UserException(
          UserException.Kind.DATA,
          data + " does not exist: give a file or folder of .abc, .mid or .midi files");
    }
    boolean folder = Files.isDirectory(data);
    List<Path> all = folder ? files(data) : List.of(data);
    List<Path> music = all.stream().filter(Library::isMusic).toList();
    if (music.isEmpty()) {
      throw new UserException(
          UserException.Kind.DATA,
          "%s: expected .abc, .mid or .midi files, found none".formatted(data));
    }
    Reader reader = new Reader(defaultTempo);
    for (Path file : music) {
      reader.add(folder ? data.relativize(file).toString() : data.toString(), file);
    }
    return reader.library(all.size() - music.size());
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw cannotRead(folder.toString(), e);
    }
  }

  private static UserException cannotRead(String name, Exception e) {
    return new UserException(
        UserException.Kind.DATA, name + " cannot be read: " + e.getMessage(), e);
  }

  private static boolean isMusic(Path file) {
    return isAbc(file.toString()) || isMidi(file.toString());
  }

  private static boolean isAbc(String file) {
    return file.toLowerCase(Locale.ROOT).endsWith(ABC);
  }

  private static boolean isMidi(String file) {
    String lower = file.toLowerCase(Locale.ROOT);
    return MIDI.stream().anyMatch(lower::endsWith);
  }

  /** Collects what files have. */
  private static final class Reader {
    private final double defaultTempo;
    private final List<Song> songs = new ArrayList<>();
    private final List<MusicException> unreadable = new ArrayList<>();
    private final Map<String, Omissions> omissions = new LinkedHashMap<>();
    private int files;

    Reader(double defaultTempo) {
      this.defaultTempo = defaultTempo;
    }

    void add(String name, Path file) {
      try {
        if (Files.size(file) > MOST_BYTES) {
          throw new MusicException(name, "expected at most 100 MB of music in one file");
        }
        add(name, Files.readAllBytes(file));
      } catch (IOException e) {
        throw cannotRead(name, e);
      } catch (MusicException e) {
        files++;
        unreadable.add(e);
      }
    }

    void add(String name, byte[] bytes) {
      Omissions ofFile = new Omissions();
      omissions.put(name, ofFile);
      if (isMidi(name)) {
        songs.addAll(MidiReader.parse(name, bytes, ofFile));
      } else {
        abc(AbcBook.parse(name, bytes), ofFile);
      }
      files++;
    }

    private void abc(AbcBook book, Omissions ofFile) {
      unreadable.addAll(book.unreadable());
      ofFile.addAll(book.omissions());
      for (AbcTune tune : book.tunes()) {
        try {
          songs.add(tune.song(defaultTempo, ofFile));
        } catch (MusicException e) {
          unreadable.add(e);
        }
      }
    }

    Library library(int otherFiles) {
      return new Library(songs, unreadable, omissions, files, otherFiles);
    }
  }
}
