package org.seqgan.core.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;

/**
 * Writing so that a kill, a power cut or a full disk leaves either the old contents or the new.
 * Nothing is written through a symbolic link in the place of a file: who sent a run may have laid
 * it.
 */
public final class DurableFiles {
  /** Marks what is being written; nothing with this ending is ever read. */
  static final String UNFINISHED = ".tmp";

  private DurableFiles() {}

  /**
   * Replaces the contents of a file in one step.
   *
   * @throws UserException of kind {@code ENVIRONMENT} where it cannot be written
   */
  public static void replace(Path file, String text) {
    replace(file, channel -> writeFully(channel, text));
  }

  /** What a file is to contain. */
  @FunctionalInterface
  public interface Contents {
    /** Writes all of it, from the beginning. */
    void write(FileChannel channel) throws IOException;
  }

  /**
   * Replaces the contents of a file in one step.
   *
   * @throws UserException of kind {@code ENVIRONMENT} where it cannot be written
   */
  public static void replace(Path file, Contents contents) {
    replace(file, file.getFileName() + UNFINISHED, contents);
  }

  /**
   * The same where other processes may be replacing that file at the same time, here or on another
   * machine: it has what one of them wrote, whole. One that is killed meanwhile leaves a file
   * beside it.
   *
   * @throws UserException of kind {@code ENVIRONMENT} where it cannot be written
   */
  public static void replaceBesideOthers(Path file, String text) {
    String unfinished = file.getFileName() + "." + UUID.randomUUID() + UNFINISHED;
    replace(file, unfinished, channel -> writeFully(channel, text));
  }

  private static void replace(Path file, String name, Contents contents) {
    Path unfinished = file.resolveSibling(name);
    try {
      try {
        write(unfinished, contents, StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(
            unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /**
   * Adds to the end of a file, which is made with its folder where it is missing.
   *
   * @throws UserException of kind {@code ENVIRONMENT} where it cannot be written
   */
  static void append(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      write(file, channel -> writeFully(channel, text), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  private static void write(Path file, Contents contents, StandardOpenOption where)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            where,
            LinkOption.NOFOLLOW_LINKS)) {
      contents.write(channel);
      channel.force(true);
    }
  }

  private static void writeFully(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Puts a folder's list of names onto the disk. */
  static void forceFolder(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      // Windows opens no folder, and needs none of this.
      return;
    }
    try (channel) {
      channel.force(true);
    }
  }

  /** Deletes a file, or a folder and everything in it; follows no link. */
  public static void delete(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(path);
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** An error of kind {@code ENVIRONMENT}: a file or folder could not be written. */
  public static UserException cannotWrite(Path path, IOException cause) {
    return new UserException(
        UserException.Kind.ENVIRONMENT,
        "cannot write "
            + path
            + ": "
            + reason(cause)
            + "; check free space and permissions, or choose another folder",
        cause);
  }

  /**
   * Whether a folder has nothing in it.
   *
   * @throws UserException of kind {@code DATA} if that cannot be read
   */
  public static boolean isEmpty(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw cannotRead(folder, e);
    }
  }

  /** An error of kind {@code DATA}: a file or folder could not be read. */
  public static UserException cannotRead(Path path, IOException cause) {
    return new UserException(
        UserException.Kind.DATA, "cannot read " + path + ": " + reason(cause), cause);
  }

  /** An error of kind {@code RUN_DIRECTORY}: a file or folder of a run could not be read. */
  static UserException cannotReadRun(Path path, IOException cause) {
    return new UserException(
        UserException.Kind.RUN_DIRECTORY,
        "cannot read " + path + ": " + reason(cause) + "; nothing is changed",
        cause);
  }

  /** What went wrong in words; the message of some exceptions is the name of the file alone. */
  static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof FileAlreadyExistsException) {
      return "a file of that name is in the way";
    }
    if (cause instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    return String.valueOf(cause.getMessage());
  }
}
