package org.seqgan.core.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.seqgan.core.event.Shown;
import org.seqgan.core.event.TrainingEvent;

/**
 * The folder {@code samples/}: a text file {@code PHASE-STEP.txt} for each time that sequences were
 * shown. A sequence a line; where a sequence has several lines, as a poem has, an empty line
 * follows each sequence. Where sequences are music, {@code PHASE-STEP.tunes.json} beside it has
 * their notes.
 */
public final class SampleFolder {
  private static final String EXTENSION = ".txt";
  private static final String TUNES = ".tunes.json";

  private final Path folder;

  /** The samples in a folder, which need not be there yet. */
  public SampleFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Sequences shown after a step.
   *
   * @param position the step
   * @param text the contents of the file
   * @param tunes the sequences one by one where some of them are tunes, none otherwise
   */
  public record Samples(Position position, String text, List<Shown> tunes) {
    /**
     * The sequences one by one, as far as the text tells: where the last of several sequences of
     * one line is empty, the file looks like that of one of several lines.
     */
    public List<Shown> sequences() {
      if (!tunes.isEmpty() || text.isEmpty()) {
        return tunes;
      }
      String end = text.endsWith("\n\n") ? "\n\n" : "\n";
      String inner = text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
      return List.of(inner.split(end, -1)).stream()
          .map(sequence -> new Shown(sequence, Optional.empty()))
          .toList();
    }
  }

  void write(TrainingEvent.Sampled sampled) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(folder, e);
    }
    Position position = new Position(sampled.phase(), sampled.step());
    // The text comes last: it is what tells that there are samples.
    tunes(position).write(sampled.sequences());
    DurableFiles.replace(
        file(position), text(sampled.sequences().stream().map(Shown::text).toList()));
  }

  private static String text(List<String> sequences) {
    boolean longer = sequences.stream().anyMatch(sequence -> sequence.indexOf('\n') >= 0);
    StringBuilder text = new StringBuilder();
    sequences.forEach(sequence -> text.append(sequence).append(longer ? "\n\n" : "\n"));
    return text.toString();
  }

  private Path file(Position position) {
    return folder.resolve(position.label() + EXTENSION);
  }

  private TuneFile tunes(Position position) {
    return new TuneFile(folder.resolve(position.label() + TUNES));
  }

  /** Which steps have samples, the earliest first. */
  public List<Position> positions() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Position> positions = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> position(file).ifPresent(positions::add));
    } catch (IOException e) {
      throw DurableFiles.cannotRead(folder, e);
    }
    positions.sort(Comparator.naturalOrder());
    return List.copyOf(positions);
  }

  private static Optional<Position> position(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(EXTENSION)
        ? Position.parse(name.substring(0, name.length() - EXTENSION.length()))
        : Optional.empty();
  }

  /** The samples of a step of {@link #positions()}. */
  public Samples read(Position position) {
    Path file = file(position);
    try {
      return new Samples(position, Files.readString(file), tunes(position).read());
    } catch (IOException e) {
      throw DurableFiles.cannotRead(file, e);
    }
  }

  /** Moves the samples of all but some positions to another folder. */
  void setAside(Predicate<Position> kept, Path aside) {
    for (Position position : positions()) {
      if (!kept.test(position)) {
        move(tunes(position).path(), aside);
        move(file(position), aside);
      }
    }
  }

  /** Takes over the samples of another run that are of some positions. */
  void inherit(SampleFolder other, Predicate<Position> kept) {
    for (Position position : other.positions()) {
      if (kept.test(position)) {
        copy(other.tunes(position).path(), tunes(position).path());
        copy(other.file(position), file(position));
      }
    }
  }

  private static void copy(Path from, Path to) {
    try {
      if (Files.exists(from)) {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(to, e);
    }
  }

  private static void move(Path file, Path folder) {
    try {
      if (Files.exists(file)) {
        Files.createDirectories(folder);
        Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(folder, e);
    }
  }
}
