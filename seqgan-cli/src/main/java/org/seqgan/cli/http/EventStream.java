package org.seqgan.cli.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Server-sent events to one client. Nothing is thrown where the client is gone: the stream is then
 * closed. Thread-safe.
 */
public final class EventStream implements AutoCloseable {
  private final HttpExchange exchange;
  private final OutputStream out;
  private boolean closed;

  EventStream(HttpExchange exchange) {
    this.exchange = exchange;
    this.out = exchange.getResponseBody();
  }

  /**
   * Sends an event at once.
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
    if (closed) {
      return;
    }
    try {
      out.write(text.getBytes(UTF_8));
      out.flush();
    } catch (IOException e) {
      close();
    }
  }

  /** Whether the client has gone, or the stream was closed. */
  public synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      exchange.close();
    }
  }
}
