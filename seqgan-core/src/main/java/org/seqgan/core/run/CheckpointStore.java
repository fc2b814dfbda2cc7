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
import java.util.regex.Pattern;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.core.event.Phase;
import org.seqgan.core.io.Safetensors;

/**
 * The folder {@code checkpoints/}: a folder {@code PHASE-STEP} per checkpoint, with a file of
 * arrays per model and a {@code manifest.json} that holds the SHA-256 and the size of each.
 *
 * <p>A checkpoint is written beside its place, forced onto the disk and moved there in one step: a
 * kill at any moment leaves the earlier ones as they were. What is read is checked against the
 * hashes. One writer at a time (the process that holds the {@link RunDirectory}); any number of
 * readers.
 */
public final class CheckpointStore {
  private static final Pattern MODEL_NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

  private static final String EXTENSION = ".safetensors";

  private final CheckpointFolder folder;
  private final int keep;

  /**
   * The checkpoints in a folder, which need not be there yet.
   *
   * @param keep how many of the latest are kept, at least 1; the last of each phase is kept besides
   */
  public CheckpointStore(Path folder, int keep) {
    if (keep < 1) {
      throw new IllegalArgumentException("keep is " + keep + ", expected at least 1");
    }
    this.folder = new CheckpointFolder(folder);
    this.keep = keep;
  }

  /**
   * What {@link #latest()} found.
   *
   * @param checkpoint the newest that is whole, or empty where none is
   * @param warnings a line for each newer one that is damaged: which, and what is wrong with it
   */
  public record Latest(Optional<Checkpoint> checkpoint, List<String> warnings) {}

  /**
   * Writes a checkpoint, in the place of an earlier one of the same step, and deletes those that
   * need not be kept.
   *
   * @throws UserException of kind {@code ENVIRONMENT} where it cannot be written; the earlier ones
   *     are as they were
   */
  public void save(Checkpoint checkpoint) {
    checkpoint.models().keySet().forEach(CheckpointStore::checkName);
    Position position = checkpoint.position();
    try {
      Files.createDirectories(folder.path());
      folder.recover();
      write(folder.unfinished(position), checkpoint);
      folder.publish(position);
      deleteOld();
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(folder.place(position), e);
    }
  }

  private static void checkName(String name) {
    if (!MODEL_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("model name '" + name + "' does not match " + MODEL_NAME);
    }
  }

  private void write(Path unfinished, Checkpoint checkpoint) throws IOException {
    Files.createDirectory(unfinished);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("seqgan.phase", checkpoint.phase().label());
    metadata.put("seqgan.step", Integer.toString(checkpoint.step()));
    List<Manifest.Entry> entries = new ArrayList<>();
    for (Map.Entry<String, NamedArrays> model : checkpoint.models().entrySet()) {
      Path file = unfinished.resolve(model.getKey() + EXTENSION);
      Safetensors.write(file, model.getValue(), metadata);
      entries.add(Manifest.entry(model.getKey(), file));
    }
    new Manifest(checkpoint.position(), entries, checkpoint.state())
        .write(unfinished.resolve(Manifest.FILE));
    DurableFiles.forceFolder(unfinished);
  }

  private void deleteOld() throws IOException {
    List<Position> positions = positions();
    Set<Position> kept =
        new HashSet<>(positions.subList(Math.max(0, positions.size() - keep), positions.size()));
    for (Phase phase : Phase.values()) {
      positions.stream()
          .filter(position -> position.phase() == phase)
          .max(Comparator.naturalOrder())
          .ifPresent(kept::add);
    }
    folder.keep(kept::contains);
  }

  /** Which steps have a checkpoint, whole or damaged, the earliest first. */
  public List<Position> positions() {
    return folder.positions();
  }

  /** The newest checkpoint that is whole, with a warning for each newer one that is not. */
  public Latest latest() {
    List<Position> positions = positions();
    List<String> warnings = new ArrayList<>();
    for (int i = positions.size() - 1; i >= 0; i--) {
      try {
        return new Latest(Optional.of(load(positions.get(i).label())), List.copyOf(warnings));
      } catch (UserException e) {
        warnings.add(e.getMessage());
      }
    }
    return new Latest(Optional.empty(), List.copyOf(warnings));
  }

  /**
   * A checkpoint by name.
   *
   * @param name a {@link Position#label()}, such as {@code adversarial-000012}
   * @throws UserException of kind {@code RUN_DIRECTORY} where there is none, naming those that are,
   *     and of kind {@code DATA} where it is damaged
   */
  public Checkpoint load(String name) {
    Path place = folder.path().resolve(name);
    if (Position.parse(name).isEmpty() || !Files.isDirectory(place)) {
      throw new UserException(
          UserException.Kind.RUN_DIRECTORY,
          "no checkpoint '" + name + "' in " + folder.path() + "; there are: " + names());
    }
    try {
      return read(place, name);
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(name, e instanceof IOException io ? DurableFiles.reason(io) : e.getMessage());
    }
  }

  private String names() {
    List<String> names = positions().stream().map(Position::label).toList();
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private Checkpoint read(Path place, String name) throws IOException {
    Manifest manifest = Manifest.read(place.resolve(Manifest.FILE));
    if (!manifest.position().label().equals(name)) {
      throw new IllegalArgumentException("its manifest is that of " + manifest.position().label());
    }
    Map<String, NamedArrays> models = new LinkedHashMap<>();
    for (Manifest.Entry entry : manifest.files()) {
      Path file = place.resolve(entry.file());
      entry.verify(file);
      models.put(entry.name(), Safetensors.read(file));
    }
    Position position = manifest.position();
    return new Checkpoint(position.phase(), position.step(), models, manifest.state());
  }

  private UserException damaged(String name, String reason) {
    return new UserException(
        UserException.Kind.DATA,
        "checkpoint "
            + name
            + " in "
            + folder.path()
            + " is damaged: "
            + reason
            + "; use an earlier one: "
            + names());
  }
}
