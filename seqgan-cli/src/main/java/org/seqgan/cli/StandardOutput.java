package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a command prints: text in UTF-8, of which every byte arrives, or the exit code says that it
 * did not. {@link PrintWriter} by itself forgets what could not be written.
 *
 * <p>A command whose output is its result ends at the first byte that cannot be written. One that
 * works for long and writes its results elsewhere, so that what it prints is progress, says so by
 * {@link #isProgress}, and loses no work to a full disk or to a reader that went away.
 *
 * <p>Thread-safe.
 */
final class StandardOutput {
  // Of POSIX' st_mode.
  private static final int FILE_TYPE = 0xf000;
  private static final int PIPE = 0x1000;
  private static final int SOCKET = 0xc000;

  private final Writer target;
  private final BooleanSupplier isPipe;
  private final PrintWriter writer = new PrintWriter(new Checked(), true);
  private volatile @Nullable IOException failure;
  private @Nullable PrintWriter complaints;
  private Runnable whenReaderIsGone = () -> {};

  private StandardOutput(Writer target, BooleanSupplier isPipe) {
    this.target = target;
    this.isPipe = isPipe;
  }

  /** Output that goes to a writer. */
  static StandardOutput to(Writer target) {
    return new StandardOutput(target, () -> false);
  }

  /** The standard output of this process, in UTF-8 whatever the locale says. */
  static StandardOutput ofProcess() {
    return new StandardOutput(
        new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), UTF_8),
        StandardOutput::isPipe);
  }

  /** Prints, as it is. Flushed at the end of each line. */
  PrintWriter writer() {
    return writer;
  }

  /**
   * From now on what is printed is progress: a failure to print it does not end the work.
   *
   * @param complaints where a failure is told, once
   * @param whenReaderIsGone called, once, when nobody reads the output any more
   */
  synchronized void isProgress(PrintWriter complaints, Runnable whenReaderIsGone) {
    this.complaints = complaints;
    this.whenReaderIsGone = whenReaderIsGone;
  }

  /**
   * The exit code of the process.
   *
   * @param ofCommand what the command itself ends with
   * @param err where a failure is told that was not told yet
   */
  int exitCode(int ofCommand, PrintWriter err) {
    try {
      writer.flush();
    } catch (Lost e) {
      // It is told below.
    }
    IOException lost = failure;
    if (lost == null) {
      return ofCommand;
    }
    boolean readerIsGone = isReaderGone(lost);
    synchronized (this) {
      if (!readerIsGone && complaints == null) {
        err.println("seqgan: " + message(lost));
      }
    }
    if (ofCommand != ExitCode.DONE.code()) {
      return ofCommand;
    }
    return (readerIsGone ? ExitCode.OUTPUT_CLOSED : ExitCode.ENVIRONMENT).code();
  }

  private static String message(IOException failure) {
    return "the standard output cannot be written: " + failure.getMessage();
  }

  /** Whether the other end of a pipe was closed. A pipe cannot be full. */
  private boolean isReaderGone(IOException failure) {
    return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe")
        || isPipe.getAsBoolean(); // the system's messages may be in another language
  }

  private static boolean isPipe() {
    try {
      int type = (int) Files.getAttribute(Path.of("/dev/fd/1"), "unix:mode") & FILE_TYPE;
      return type == PIPE || type == SOCKET;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  private synchronized void lost(IOException thrown) {
    failure = thrown;
    if (complaints == null) {
      throw new Lost(thrown);
    }
    if (isReaderGone(thrown)) {
      whenReaderIsGone.run();
    } else {
      complaints.println("seqgan: " + message(thrown) + "; the work goes on without it");
    }
  }

  /** What a command that prints its result ends with where it cannot. */
  static final class Lost extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    private Lost(IOException cause) {
      super(cause);
    }
  }

  /** Remembers the first failure, and writes nothing after it. */
  private final class Checked extends Writer {
    @Override
    public void write(char[] text, int from, int count) {
      attempt(() -> target.write(text, from, count));
    }

    @Override
    public void flush() {
      attempt(target::flush);
    }

    @Override
    public void close() {
      attempt(target::close);
    }

    private void attempt(Action action) {
      if (failure != null) {
        return;
      }
      try {
        action.run();
      } catch (IOException e) {
        lost(e);
      }
    }
  }

  /** Something that writes. */
  private interface Action {
    void run() throws IOException;
  }
}
