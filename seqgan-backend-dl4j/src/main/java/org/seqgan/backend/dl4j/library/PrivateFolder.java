package org.seqgan.backend.dl4j.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import org.seqgan.api.UserCache;
import org.seqgan.api.UserException;

/**
 * A folder that this user alone can change. Where files have no owner and mode of POSIX, on
 * Windows, the rights of the folder above hold, which is the user's own unless somebody named
 * another.
 *
 * @param path without symbolic links
 */
record PrivateFolder(Path path) {
  private static final String MODE = "unix:mode";
  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int WRITABLE_BY_ALL = 0002;
  private static final int STICKY = 01000;

  /**
   * A folder below a root, made where it is missing.
   *
   * @throws UserException (environment) if it is a symbolic link, if another user owns it, or if
   *     others could write to it or exchange it
   * @throws IOException if it cannot be made or written to
   */
  static PrivateFolder open(Path root, String name) throws IOException {
    Path folder = Files.createDirectories(root.toAbsolutePath()).toRealPath().resolve(name);
    if (Files.isSymbolicLink(folder)) {
      throw refused(folder, "is a symbolic link", "delete it");
    }
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return new PrivateFolder(Files.createDirectories(folder));
    }
    if (!Files.isDirectory(folder)) {
      makeFor(folder);
    }
    checkOwner(folder);
    if ((mode(folder) & WRITABLE_BY_OTHERS) != 0) {
      throw refused(folder, "can be written to by other users", "delete it");
    }
    for (Path above = folder.getParent(); above != null; above = above.getParent()) {
      int mode = mode(above);
      if ((mode & WRITABLE_BY_ALL) != 0 && (mode & STICKY) == 0) {
        throw refused(folder, "is below %s, where any user can exchange it".formatted(above), "");
      }
    }
    return new PrivateFolder(folder);
  }

  private static void makeFor(Path folder) throws IOException {
    var onlyMine = PosixFilePermissions.fromString("rwx------");
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(onlyMine));
    } catch (java.nio.file.FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) { // else another process was as fast
        throw e;
      }
    }
  }

  /** Java does not tell who runs it, but whoever that is owns a new file. */
  private static void checkOwner(Path folder) throws IOException {
    Path mine = Files.createTempFile(folder, ".mine", null);
    try {
      UserPrincipal self = Files.getOwner(mine);
      UserPrincipal owner = Files.getOwner(folder);
      if (!owner.equals(self)) {
        throw refused(
            folder,
            "belongs to %s, and the program runs as %s".formatted(owner.getName(), self.getName()),
            "");
      }
    } finally {
      Files.deleteIfExists(mine);
    }
  }

  private static int mode(Path folder) throws IOException {
    Map<String, Object> attributes = Files.readAttributes(folder, MODE);
    return (Integer) attributes.get("mode");
  }

  private static UserException refused(Path folder, String found, String remedy) {
    return new UserException(
        UserException.Kind.ENVIRONMENT,
        "native libraries are loaded from a folder of this user's own; %s %s; %sname another folder in %s"
            .formatted(
                folder, found, remedy.isEmpty() ? "" : remedy + ", or ", UserCache.VARIABLE));
  }
}
