package org.seqgan.core.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.seqgan.api.UserException;

/**
 * Reads a file of this machine.
 *
 * @param path of the file
 */
record LocalFileReader(Path path) implements FileReader {
  @Override
  public FileContent open(long offset) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new UserException(UserException.Kind.DATA, "there is no file " + path);
    }
    SeekableByteChannel channel = Files.newByteChannel(path);
    long size = channel.size();
    long from = Math.min(offset, size);
    InputStream body = Channels.newInputStream(channel.position(from));
    return new FileContent(from, OptionalLong.of(size), body);
  }

  @Override
  public String place() {
    return path.toString();
  }
}
