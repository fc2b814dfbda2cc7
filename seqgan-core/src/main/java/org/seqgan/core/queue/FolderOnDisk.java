package org.seqgan.core.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seqgan.core.run.DurableFiles;

/**
 * A shared folder in the file system of this machine: on a disk, or mounted from a server.
 *
 * @param root the folder; made with the first thing in it
 */
public record FolderOnDisk(Path root) implements SharedFolder {
  /** mkdir(2), which the server decides. */
  @Override
  public boolean make(String name) throws IOException {
    Path folder = root.resolve(name);
    Files.createDirectories(folder.toAbsolutePath().getParent());
    try {
      Files.createDirectory(folder);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Override
  public Optional<String> read(String name) throws IOException {
    try {
      return Optional.of(Files.readString(root.resolve(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Written beside its place and moved there. It is not forced onto the disk, as the files of a run
   * are: after a power cut nobody renews, and a lease that nobody can read is over.
   */
  @Override
  public void replace(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING,
            LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public boolean exists(String name) {
    return Files.exists(root.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Set<String> list(String name) throws IOException {
    try (Stream<Path> entries = Files.list(root.resolve(name))) {
      return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
    } catch (NoSuchFileException e) {
      return Set.of();
    }
  }

  /** rename(2) of a folder, which fails where there is a folder with something in it. */
  @Override
  public void move(String from, String to) throws IOException {
    Path target = root.resolve(to);
    Files.createDirectories(target.toAbsolutePath().getParent());
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Files.move(root.resolve(from), target, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(String name) throws IOException {
    DurableFiles.delete(root.resolve(name));
  }
}
