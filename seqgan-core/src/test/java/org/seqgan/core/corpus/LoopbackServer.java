package org.seqgan.core.corpus;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A web server on this machine. A file is answered by what was scripted for it, one answer for each
 * request, and the last of them for all that follow.
 */
final class LoopbackServer implements AutoCloseable {
  private static final int LONGEST_SECONDS = 20;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, Queue<Answer>> scripts = new ConcurrentHashMap<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  /** Answers one request. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  LoopbackServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    HttpHandler handler =
        exchange -> {
          try (exchange) {
            answer(exchange);
          }
        };
    server.createContext("/", handler);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(path + (range == null ? "" : " " + range));
    Queue<Answer> script = scripts.getOrDefault(path, new ArrayDeque<>());
    Answer next;
    synchronized (script) {
      next = script.size() > 1 ? script.remove() : script.peek();
    }
    if (next == null) {
      exchange.sendResponseHeaders(404, -1);
    } else {
      next.to(exchange);
    }
  }

  /** Scripts the answers for a path such as {@code /data/one.txt}. */
  void script(String path, Answer... answers) {
    scripts.put(path, new ArrayDeque<>(List.of(answers)));
  }

  URI address(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  /** What was asked for: the path, and the range where one was asked for. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** The file, from the middle where that is asked for. */
  static Answer whole(byte[] contents) {
    return exchange -> {
      int from = from(exchange);
      Headers headers = exchange.getResponseHeaders();
      if (from > 0) {
        headers.add(
            "Content-Range",
            "bytes %d-%d/%d".formatted(from, contents.length - 1, contents.length));
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, contents.length - from);
      exchange.getResponseBody().write(contents, from, contents.length - from);
    };
  }

  /** The whole file, whatever is asked for. */
  static Answer ignoringRanges(byte[] contents) {
    return exchange -> {
      exchange.sendResponseHeaders(200, contents.length);
      exchange.getResponseBody().write(contents);
    };
  }

  /** The file without its length, so that only its end tells. */
  static Answer chunked(byte[] contents) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(contents);
    };
  }

  /** Says that it has the file, and hangs up after some bytes from where it was asked to begin. */
  static Answer truncated(byte[] contents, int count) {
    return exchange -> {
      int from = from(exchange);
      if (from > 0) {
        exchange
            .getResponseHeaders()
            .add(
                "Content-Range",
                "bytes %d-%d/%d".formatted(from, contents.length - 1, contents.length));
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, contents.length - from);
      OutputStream body = exchange.getResponseBody();
      body.write(Arrays.copyOfRange(contents, from, from + count));
      body.flush();
    };
  }

  /** Some bytes, and then nothing, but the connection stays open. */
  Answer stalled(byte[] contents, int count) {
    return exchange -> {
      exchange.sendResponseHeaders(200, contents.length);
      OutputStream body = exchange.getResponseBody();
      body.write(contents, 0, count);
      body.flush();
      awaitClose();
    };
  }

  private void awaitClose() {
    try {
      boolean ended = closed.await(LONGEST_SECONDS, TimeUnit.SECONDS);
      assert ended : "a test took longer than " + LONGEST_SECONDS + " s";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Answer status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  /** Sends on to another path. */
  static Answer redirect(URI to) {
    return exchange -> {
      exchange.getResponseHeaders().add("Location", to.toString());
      exchange.sendResponseHeaders(302, -1);
    };
  }

  private static int from(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    return range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
