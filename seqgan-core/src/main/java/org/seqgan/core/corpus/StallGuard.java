package org.seqgan.core.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stream that fails where another gives nothing, or next to nothing, for too long: the timeout of
 * a {@link java.net.http.HttpRequest} ends with the headers of the answer. Reads on a thread of its
 * own, because a read of a body cannot be told when to give up. For one thread.
 */
final class StallGuard extends InputStream {
  private final InputStream body;
  private final Duration timeout;
  private final long fewest;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "corpus-reader");
            thread.setDaemon(true);
            return thread;
          });

  /** Time spent waiting, and what came meanwhile, since that was last looked at. */
  private long waitedNanos;

  private long came;

  StallGuard(InputStream body, DownloadSettings settings) {
    this.body = body;
    this.timeout = settings.stallTimeout();
    this.fewest = settings.slowest() * timeout.toMillis() / 1000;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int from, int count) throws IOException {
    long begun = System.nanoTime();
    Future<Integer> read = reader.submit(() -> body.read(buffer, from, count));
    try {
      int bytes = read.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      requirePace(bytes, System.nanoTime() - begun);
      return bytes;
    } catch (TimeoutException e) {
      throw new IOException("nothing came for " + seconds(timeout) + " s", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }

  /** A byte now and then would keep a download alive for years. */
  private void requirePace(int bytes, long nanos) throws IOException {
    waitedNanos += nanos;
    came += Math.max(0, bytes);
    if (bytes >= 0 && waitedNanos >= timeout.toNanos()) {
      if (came < fewest) {
        throw new IOException(
            "only %d bytes came in %s s, expected at least %d"
                .formatted(came, seconds(Duration.ofNanos(waitedNanos)), fewest));
      }
      waitedNanos = 0;
      came = 0;
    }
  }

  private static String seconds(Duration duration) {
    return String.valueOf(duration.toMillis() / 1000.0);
  }

  @Override
  public void close() throws IOException {
    // The reader ends with the body, which fails a read that still waits.
    body.close();
    reader.shutdown();
  }
}
