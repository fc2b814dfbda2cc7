package org.seqgan.cli.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Server-sent events to one client. Whoever sends never waits for the client: events lie in a queue
 * from which the thread of the request writes them, and a client that leaves too many unread is cut
 * off, as one that is gone is; a browser asks anew. Thread-safe.
 */
public final class EventStream implements AutoCloseable {
  private static final int MOST_UNREAD = 1000;
  private static final String END = "";

  private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();
  private boolean closed;

  EventStream() {}

  /**
   * Sends an event.
   *
   * @param name of its kind, one word
   * @param data any text
   */
  public void send(String name, String data) {
    StringBuilder text = new StringBuilder("event: ").append(name).append('\n');
    data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    write(text.append('\n').toString());
  }

  /** Sends a line that the client overlooks, to tell whether it is still there. */
  public void comment(String words) {
    write(": " + words + "\n\n");
  }

  private synchronized void write(String text) {
    if (unread.size() >= MOST_UNREAD) {
      unread.clear();
      close();
    }
    if (!closed) {
      unread.add(text);
    }
  }

  /**
   * Writes what is sent until the stream is closed.
   *
   * @throws IOException where the client is gone
   */
  void writeTo(OutputStream out) throws IOException {
    try {
      for (String text = unread.take(); !text.equals(END); text = unread.take()) {
        out.write(text.getBytes(UTF_8));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  /** Whether the client has gone, or the stream was closed. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /** Ends it after what was sent before. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      unread.add(END);
    }
  }
}
