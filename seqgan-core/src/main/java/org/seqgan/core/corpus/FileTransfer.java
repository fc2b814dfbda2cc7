package org.seqgan.core.corpus;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Corpus;
import org.seqgan.core.io.Sha256;
import org.seqgan.core.run.DurableFiles;

/**
 * Brings one file: into a part that is resumed, which takes the place of the file once it has the
 * right contents. For one thread.
 */
final class FileTransfer {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Corpus.File file;
  private final Path target;
  private final Path part;
  private final FileReader source;
  private final DownloadSettings settings;
  private final LongConsumer progress;
  private final Consumer<String> notes;

  /**
   * A transfer.
   *
   * @param target where the file is to be; its folder must be there
   * @param progress is told how many bytes of the file are here
   * @param notes is told of detours, one line each
   */
  FileTransfer(
      Corpus.File file,
      Path target,
      FileReader source,
      DownloadSettings settings,
      LongConsumer progress,
      Consumer<String> notes) {
    this.file = file;
    this.target = target;
    this.part = target.resolveSibling(file.name() + Corpus.File.PART);
    this.source = source;
    this.settings = settings;
    this.progress = progress;
    this.notes = notes;
  }

  /**
   * Brings the file.
   *
   * @throws UnreachableException if the source cannot be connected to
   * @throws UserException (data) if the source does not have it or has other contents,
   *     (environment) if it could not be had at any attempt, or cannot be written
   */
  void run() throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        bring();
        return;
      } catch (InterruptedIOException e) {
        throw (InterruptedException) new InterruptedException().initCause(e);
      } catch (IOException e) {
        if (attempt >= settings.attempts()) {
          throw givenUp(e);
        }
        pause(attempt, e);
      }
    }
  }

  private void pause(int attempt, IOException failure) throws InterruptedException {
    long millis = settings.pauseAfter(attempt).toMillis();
    notes.accept(
        UserException.line(
            "%s; attempt %d of %d in %s s"
                .formatted(
                    reason(failure),
                    attempt + 1,
                    settings.attempts(),
                    String.valueOf(millis / 1e3))));
    Thread.sleep(millis);
  }

  private void bring() throws IOException, InterruptedException {
    boolean resumed = receive(partBytes()) > 0;
    String found = Sha256.of(part);
    if (resumed && !found.equals(file.sha256())) {
      // What was here before may be what is wrong.
      notes.accept("the part that was here does not fit; starting over");
      delete();
      receive(0);
      found = Sha256.of(part);
    }
    if (!found.equals(file.sha256())) {
      delete();
      throw data(
          "%s has other contents than it should: expected SHA-256 %s, found %s; what came was deleted: try again, or take another source by --from"
              .formatted(source.place(), file.sha256(), found));
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** How much of the file can be gone on from. */
  private long partBytes() throws IOException {
    CorpusCache.refuseLink(part);
    if (!Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS)) {
      return 0;
    }
    long bytes = Files.size(part);
    if (bytes > file.bytes()) {
      notes.accept("the part that was here is longer than the file; starting over");
      delete();
      return 0;
    }
    return bytes;
  }

  /**
   * Reads until the part is as long as the file.
   *
   * @param wanted the bytes that the part has
   * @return how many of them were kept
   */
  private long receive(long wanted) throws IOException, InterruptedException {
    if (wanted > 0 && wanted == file.bytes()) {
      return wanted;
    }
    try (FileContent content = source.open(wanted)) {
      if (content.size().isPresent() && content.size().getAsLong() != file.bytes()) {
        throw data(
            "%s has %d bytes, expected %d; take another source by --from"
                .formatted(source.place(), content.size().getAsLong(), file.bytes()));
      }
      if (wanted > 0) {
        notes.accept(
            content.offset() > 0
                ? "going on after %d of %d bytes".formatted(wanted, file.bytes())
                : "the source does not go on after %d bytes; starting over".formatted(wanted));
      }
      append(content);
      return content.offset();
    }
  }

  private void append(FileContent content) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long here = content.offset();
    try (OutputStream out = openPart(here > 0)) {
      for (int read = content.body().read(buffer); read >= 0; read = content.body().read(buffer)) {
        here += read;
        if (here > file.bytes()) {
          throw tooLong();
        }
        write(out, buffer, read);
        progress.accept(here);
      }
    }
    if (here < file.bytes()) {
      throw new IOException(
          "%s ended after %d of %d bytes".formatted(source.place(), here, file.bytes()));
    }
  }

  private OutputStream openPart(boolean goOn) {
    try {
      return Files.newOutputStream(
          part,
          StandardOpenOption.CREATE,
          LinkOption.NOFOLLOW_LINKS,
          goOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(part, e);
    }
  }

  /** A failure to write is not one of the source: another attempt would not help. */
  private void write(OutputStream out, byte[] bytes, int count) {
    try {
      out.write(bytes, 0, count);
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(part, e);
    }
  }

  private UserException tooLong() {
    delete();
    return data(
        "%s has more than the %d bytes that are expected; it was stopped and what came was deleted: take another source by --from"
            .formatted(source.place(), file.bytes()));
  }

  private void delete() {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(part, e);
    }
  }

  private UserException givenUp(IOException last) {
    String message =
        "%s, after %d attempts; run it again to go on, or take another source by --from"
            .formatted(reason(last), settings.attempts());
    return cannotConnect(last)
        ? new UnreachableException(message, last)
        : new UserException(UserException.Kind.ENVIRONMENT, message, last);
  }

  private static boolean cannotConnect(IOException failure) {
    return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
  }

  private String reason(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains(source.place())) {
      return message;
    }
    String why = cannotConnect(failure) ? "cannot be connected to" : message;
    return source.place() + ": " + why;
  }

  private static UserException data(String message) {
    return new UserException(UserException.Kind.DATA, message);
  }
}
