package org.seqgan.backend.dl4j.library;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.seqgan.api.UserCache;
import org.seqgan.api.UserException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder from which JavaCPP loads native libraries. JavaCPP unpacks what is missing, but takes
 * a file for unpacked that has the right length and time, in a home folder or else in one for
 * temporary files. So it gets a folder of the user's own here, in which every file is known by its
 * hash, and what is not known is deleted before anything is loaded.
 *
 * <p>Processes that find everything as it should be load side by side; one that unpacks is alone.
 * Thread-safe.
 *
 * @param root of the user's cache
 */
public record LibraryFolder(Path root) {
  /** Of JavaCPP: whoever sets it has chosen a folder, and answers for it. */
  public static final String CHOSEN = "org.bytedeco.javacpp.cachedir";

  private static final Logger LOG = LoggerFactory.getLogger(LibraryFolder.class);
  private static final String NAME = "natives";
  private static final String LOCK = ".using";

  /** Set by this class, so that it tells its own choice from a user's. */
  private static volatile Optional<Path> ours = Optional.empty();

  /** That of the user. */
  public static LibraryFolder ofUser() {
    return new LibraryFolder(UserCache.of(System.getenv()).root());
  }

  /**
   * Loads libraries.
   *
   * @param loading loads all that are ever loaded; whatever it throws is thrown
   * @throws UserException (environment) if the folder cannot be used, or not trusted
   */
  public <T> T load(Supplier<T> loading) {
    synchronized (LibraryFolder.class) {
      String chosen = System.getProperty(CHOSEN);
      if (chosen != null && ours.filter(Path.of(chosen)::equals).isEmpty()) {
        return loading.get();
      }
      try {
        Path folder = PrivateFolder.open(root, NAME).path();
        try (FileChannel channel =
            FileChannel.open(
                folder.resolve(LOCK),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
          return load(folder, channel, loading);
        }
      } catch (IOException e) {
        throw new UserException(
            UserException.Kind.ENVIRONMENT,
            "native libraries cannot be unpacked into %s (%s); they need 500 MB there; name another folder in %s"
                .formatted(root.resolve(NAME), e, UserCache.VARIABLE),
            e);
      }
    }
  }

  private static <T> T load(Path folder, FileChannel channel, Supplier<T> loading)
      throws IOException {
    System.setProperty(CHOSEN, folder.toString());
    ours = Optional.of(folder);
    FileLock shared = channel.lock(0, Long.MAX_VALUE, true);
    try {
      if (Contents.read(folder).isAllOf(folder)) {
        return loading.get();
      }
    } finally {
      shared.release();
    }
    FileLock alone = channel.lock();
    try {
      clean(folder);
      T loaded = loading.get();
      Contents.of(folder).write(folder);
      return loaded;
    } finally {
      alone.release();
    }
  }

  /** Deletes what is not known. Of what was known before and has changed, the user is told. */
  private static void clean(Path folder) throws IOException {
    Contents known = Contents.read(folder);
    for (Map.Entry<String, Path> each : Contents.paths(folder).entrySet()) {
      Path path = each.getValue();
      Optional<Contents.Item> item = known.item(each.getKey());
      if (item.isEmpty()) {
        Files.delete(path);
      } else if (!item.get().isStill(path)) {
        LOG.warn("{} was changed after it was unpacked; it is unpacked again", path);
        Files.delete(path);
      }
    }
  }
}
