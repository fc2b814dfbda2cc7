package org.seqgan.core.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.core.io.Safetensors;
import org.seqgan.core.io.Sha256;

/**
 * The folder {@code checkpoints/}: a folder {@code PHASE-STEP} per checkpoint, with a file of
 * arrays per model and a {@code manifest.json} that holds the SHA-256 and the size of each.
 *
 * <p>A checkpoint is written beside its place, forced onto the disk, read back, and moved there in
 * one step: a kill at any moment leaves the earlier ones as they were. Only then do earlier ones
 * go. What is read is checked against the hashes. One writer at a time (the process that holds the
 * {@link RunDirectory}); any number of readers, who change nothing.
 */
public final class CheckpointStore {
  private final CheckpointFolder folder;
  private final int keep;
  private final Consumer<Path> written;

  /**
   * The checkpoints in a folder, which need not be there yet.
   *
   * @param keep how many of the latest are kept, at least 1; the last of each phase is kept besides
   */
  public CheckpointStore(Path folder, int keep) {
    this(folder, keep, unfinished -> {});
  }

  /**
   * The checkpoints on a disk that may not hold what it was given.
   *
   * @param written called with the folder of a checkpoint that is written and not yet read back
   */
  CheckpointStore(Path folder, int keep, Consumer<Path> written) {
    if (keep < 1) {
      throw new IllegalArgumentException("keep is " + keep + ", expected at least 1");
    }
    this.folder = new CheckpointFolder(folder);
    this.keep = keep;
    this.written = written;
  }

  /** The checkpoints in a folder, to be read alone. */
  public static CheckpointStore reading(Path folder) {
    return new CheckpointStore(folder, 1);
  }

  /**
   * The checkpoint that was looked for, or the next best.
   *
   * @param checkpoint one that is whole, or empty where there are none at all
   * @param warnings a line for each that came before it and is damaged: which, what is wrong with
   *     it, and which one is used instead
   */
  public record Found(Optional<Checkpoint> checkpoint, List<String> warnings) {
    /** Copies the list. */
    public Found {
      warnings = List.copyOf(warnings);
    }
  }

  /** Writes a checkpoint as {@link #save(Checkpoint, Set)} does. */
  public void save(Checkpoint checkpoint) {
    save(checkpoint, Set.of());
  }

  /**
   * Writes a checkpoint, in the place of an earlier one of the same position, and deletes those
   * before it that need not be kept.
   *
   * @param kept positions whose checkpoints stay, whatever their age
   * @throws UserException of kind {@code ENVIRONMENT} where it cannot be written, or is not what
   *     was written when it is read back; the earlier ones are as they were
   */
  public void save(Checkpoint checkpoint, Set<Position> kept) {
    checkpoint.models().keySet().forEach(Manifest::checkName);
    Position position = checkpoint.position();
    try {
      Files.createDirectories(folder.path());
      folder.recover();
      Path unfinished = folder.unfinished(position);
      write(unfinished, checkpoint);
      written.accept(unfinished);
      readBack(unfinished, position);
      folder.publish(position);
      deleteOld(position, kept);
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(folder.place(position), e);
    }
  }

  private static void write(Path unfinished, Checkpoint checkpoint) throws IOException {
    Files.createDirectory(unfinished);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("seqgan.phase", checkpoint.phase().label());
    metadata.put("seqgan.step", Integer.toString(checkpoint.step()));
    List<Manifest.Entry> entries = new ArrayList<>();
    for (Map.Entry<String, NamedArrays> model : checkpoint.models().entrySet()) {
      Path file = unfinished.resolve(Manifest.fileOf(model.getKey()));
      String sha256 = Safetensors.write(file, model.getValue(), metadata);
      entries.add(Manifest.entry(model.getKey(), file, sha256));
    }
    new Manifest(checkpoint.position(), entries, checkpoint.state(), checkpoint.recipe())
        .write(unfinished.resolve(Manifest.FILE));
    DurableFiles.forceFolder(unfinished);
  }

  private static void readBack(Path unfinished, Position position) throws IOException {
    try {
      verified(unfinished, position);
    } catch (IllegalArgumentException e) {
      throw new IOException("what was read back is not what was written: " + e.getMessage(), e);
    }
  }

  /** A manifest, once every file is what it says. */
  private static Manifest verified(Path place, Position position) throws IOException {
    Manifest manifest = Manifest.read(place.resolve(Manifest.FILE));
    if (!manifest.position().equals(position)) {
      throw new IllegalArgumentException("its manifest is that of " + manifest.position().name());
    }
    for (Manifest.Entry entry : manifest.files()) {
      entry.verify(place.resolve(entry.file()));
    }
    return manifest;
  }

  /**
   * Of the checkpoints before one that was just saved, those that are among the latest stay, and
   * the last of each phase. What lies after it stays too: it is not older.
   */
  private void deleteOld(Position saved, Set<Position> kept) throws IOException {
    List<Position> upTo =
        positions().stream().filter(position -> position.compareTo(saved) <= 0).toList();
    Set<Position> staying = new HashSet<>(kept);
    staying.addAll(upTo.subList(Math.max(0, upTo.size() - keep), upTo.size()));
    staying.addAll(
        upTo.stream()
            .collect(
                Collectors.toMap(Position::phase, position -> position, (earlier, later) -> later))
            .values());
    for (Position position : upTo) {
      if (!staying.contains(position)) {
        folder.delete(position);
      }
    }
  }

  /** Which positions have a checkpoint, whole or damaged, the earliest first. */
  public List<Position> positions() {
    return folder.positions();
  }

  /**
   * The newest checkpoint that is whole.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where one is of a format or a phase that
   *     this program does not know, or where there are checkpoints and none of them is whole
   */
  public Found latest() {
    return firstWhole(positions().stream().sorted(Comparator.reverseOrder()).toList());
  }

  /**
   * The first of some checkpoints that is whole.
   *
   * @param wanted positions of checkpoints, the one that is wanted most first
   * @throws UserException as {@link #latest()}
   */
  public Found firstWhole(List<Position> wanted) {
    requireKnownNames();
    List<String> damages = new ArrayList<>();
    for (Position position : wanted) {
      try {
        Checkpoint found = read(position);
        return new Found(
            Optional.of(found),
            damages.stream().map(damage -> damage + "; " + position.name() + " is used").toList());
      } catch (NewerFormatException e) {
        throw e;
      } catch (UserException e) {
        damages.add(e.getMessage());
      }
    }
    if (damages.isEmpty()) {
      return new Found(Optional.empty(), List.of());
    }
    throw new UserException(
        UserException.Kind.RUN_DIRECTORY,
        "no checkpoint is whole: %s; nothing is changed, bring one back from a copy, or start again with --overwrite"
            .formatted(String.join("; ", damages)));
  }

  /**
   * Insists that every checkpoint is one that this program could have written, damaged or not.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY}, naming one that is not
   */
  public void requireKnown() {
    requireKnownNames();
    for (Position position : positions()) {
      try {
        Manifest.read(folder.place(position).resolve(Manifest.FILE));
      } catch (IOException | IllegalArgumentException e) {
        // Damaged, which is for whoever wants to read it to say.
        continue;
      }
    }
  }

  private void requireKnownNames() {
    List<Path> strangers = folder.strangers();
    if (!strangers.isEmpty()) {
      throw new UserException(
          UserException.Kind.RUN_DIRECTORY,
          "%s is a checkpoint of a phase that this program does not know: a later version of it wrote that; use that version, nothing is changed"
              .formatted(strangers.get(0)));
    }
  }

  /**
   * A checkpoint by name.
   *
   * @param name a {@link Position#name()}, such as {@code adversarial-12}, or a {@link
   *     Position#label()}
   * @throws UserException of kind {@code RUN_DIRECTORY} where there is none, naming those that are,
   *     and of kind {@code DATA} where it is damaged
   */
  public Checkpoint load(String name) {
    Position position =
        Position.named(name)
            .filter(known -> Files.isDirectory(folder.place(known)))
            .orElseThrow(
                () ->
                    new UserException(
                        UserException.Kind.RUN_DIRECTORY,
                        "no checkpoint '"
                            + name
                            + "' in "
                            + folder.path()
                            + "; there are: "
                            + names()));
    try {
      return read(position);
    } catch (NewerFormatException e) {
      throw e;
    } catch (UserException e) {
      throw new UserException(
          e.kind(), e.getMessage() + "; choose another with --step: " + names(), e);
    }
  }

  private String names() {
    List<String> names = positions().stream().map(Position::name).toList();
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private Checkpoint read(Position position) {
    Path place = folder.place(position);
    try {
      Manifest manifest = verified(place, position);
      Map<String, NamedArrays> models = new LinkedHashMap<>();
      for (Manifest.Entry entry : manifest.files()) {
        models.put(entry.name(), Safetensors.read(place.resolve(entry.file())));
      }
      return new Checkpoint(position, models, manifest.state(), manifest.recipe());
    } catch (IOException | IllegalArgumentException e) {
      String reason = e instanceof IOException io ? DurableFiles.reason(io) : e.getMessage();
      throw new UserException(
          UserException.Kind.DATA,
          "checkpoint %s in %s is damaged: %s".formatted(position.name(), folder.path(), reason),
          e);
    }
  }

  /**
   * What a checkpoint was made with; empty where it does not say. Its arrays are not read.
   *
   * @throws UserException of kind {@code DATA} where its manifest is damaged
   */
  public Optional<Recipe> recipe(Position position) {
    Path manifest = folder.place(position).resolve(Manifest.FILE);
    try {
      return Manifest.read(manifest).recipe();
    } catch (IOException e) {
      throw DurableFiles.cannotReadRun(manifest, e);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          UserException.Kind.DATA, "%s is damaged: %s".formatted(manifest, e.getMessage()), e);
    }
  }

  /** The SHA-256 of the manifest of a checkpoint, which has that of everything else in it. */
  public String sha256(Position position) {
    Path manifest = folder.place(position).resolve(Manifest.FILE);
    try {
      return Sha256.of(manifest);
    } catch (IOException e) {
      throw DurableFiles.cannotReadRun(manifest, e);
    }
  }
}
