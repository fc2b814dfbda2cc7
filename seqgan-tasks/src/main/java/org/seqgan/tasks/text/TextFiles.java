package org.seqgan.tasks.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seqgan.api.UserException;
import org.seqgan.tasks.FileKind;
import org.seqgan.tasks.ParameterFiles;
import org.seqgan.tasks.TextLines;

/**
 * The files of text at a place.
 *
 * @param data the file or folder
 * @param ending of the files of a folder; empty for a file
 * @param files to read, at least one
 * @param others how many files of the folder are not read
 */
record TextFiles(Path data, Optional<String> ending, List<Path> files, int others) {
  private static final String USUAL_ENDING = ".txt";
  private static final String ALL = "";
  private static final List<String> MUSIC = List.of(".mid", ".midi", ".abc");
  private static final int HEAD_BYTES = 1 << 16;

  /**
   * Looks for text: a file that is no music; in a folder the files that end in {@code .txt}, or
   * else those of the ending that most files of text have. Music is not text, nor is a folder with
   * more music than text.
   *
   * @throws UserException (data) if something cannot be read
   */
  static Optional<TextFiles> of(Path data) {
    if (!Files.isDirectory(data)) {
      return isMusic(data)
          ? Optional.empty()
          : Optional.of(new TextFiles(data, Optional.empty(), List.of(data), 0));
    }
    List<Path> all = TextLines.visibleFiles(data);
    long music = all.stream().filter(TextFiles::isMusic).count();
    return ending(all)
        .map(ending -> ofFolder(data, ending, all.size()))
        .filter(text -> text.files.size() > music);
  }

  /**
   * Whether a file is read as text unless another task reads it: all but music and parameters; of a
   * folder that it has such files.
   *
   * @throws UserException (data) if it is of another kind that no text is
   */
  static boolean isReadAsText(Path data) {
    if (Files.isDirectory(data)) {
      return of(data).isPresent();
    }
    if (isMusic(data) || ParameterFiles.isNamedSo(data)) {
      return false;
    }
    TextLines.requireText(data);
    return true;
  }

  private static TextFiles ofFolder(Path data, String ending, int all) {
    List<Path> files = TextLines.files(data, ending);
    return new TextFiles(data, Optional.of(ending), files, Math.max(0, all - files.size()));
  }

  /** Files without an ending can only be chosen together with all others. */
  private static Optional<String> ending(List<Path> files) {
    Map<String, Integer> counts = new TreeMap<>();
    List<Path> texts = files.stream().filter(TextFiles::isText).toList();
    texts.forEach(file -> counts.merge(ending(file), 1, Integer::sum));
    if (files.stream().anyMatch(file -> ending(file).equals(USUAL_ENDING))) {
      return Optional.of(USUAL_ENDING);
    }
    if (texts.size() < files.size()) {
      counts.remove(ALL);
    }
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  /** Of a name without a full stop: empty, which stands for all files. */
  private static String ending(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? ALL : name.substring(dot);
  }

  private static boolean isMusic(Path file) {
    return MUSIC.contains(ending(file));
  }

  /** Whether a file of a folder is meant to be text, in whatever encoding. */
  private static boolean isText(Path file) {
    if (isMusic(file) || FileKind.of(file).isPresent()) {
      return false;
    }
    for (byte b : head(file)) {
      if (b == 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD_BYTES);
    } catch (IOException e) {
      throw TextLines.unreadable(file, e);
    }
  }
}
