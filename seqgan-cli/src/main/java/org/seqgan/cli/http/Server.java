package org.seqgan.cli.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.seqgan.api.UserException;
import org.seqgan.core.failure.Failure;

/**
 * An HTTP server of this program, over that of the JDK. It answers from when it is started to when
 * it is closed; requests that are being answered then may end.
 *
 * <p>A client that takes more than half a minute for a request, or a quarter of an hour for its
 * answer, is cut off; a stream of events is therefore cut off, too, and browsers begin it anew. At
 * most a thousand clients are connected at once.
 */
public final class Server implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 1000;

  static {
    // The JDK's server reads these once, when its classes are loaded.
    property("sun.net.httpserver.maxReqTime", 30);
    property("sun.net.httpserver.maxRspTime", 900);
    property("sun.net.httpserver.idleInterval", 60);
    property("sun.net.httpserver.maxReqHeaders", 100);
    // A connection that is closed before all that was sent is read is reset, and its answer lost.
    property("sun.net.httpserver.drainAmount", 1 << 20);
    property("jdk.httpserver.maxConnections", MOST_CONNECTIONS);
    property("sun.net.httpserver.maxIdleConnections", MOST_CONNECTIONS);
    setUnlessSet("sun.net.httpserver.nodelay", "true");
  }

  private final Settings settings;
  private final Routes routes;
  private final List<Guard> guards;
  private final HttpServer server;
  private final ThreadPoolExecutor workers;
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

  // Guarded by this.
  private int answering;
  private boolean closing;

  /**
   * How a server is set up.
   *
   * @param address where it listens, such as {@code 127.0.0.1}
   * @param port 1 to 65535, or 0 for one that is free
   * @param workers how many requests are answered at once; a stream of events is one
   * @param longestBody in bytes, of a request
   * @param graceSeconds how long requests that are being answered have when it is closed
   * @param headers that every answer has, unless it says otherwise itself
   */
  public record Settings(
      String address,
      int port,
      int workers,
      int longestBody,
      int graceSeconds,
      Map<String, String> headers) {
    /** Copies the map. */
    public Settings {
      headers = Map.copyOf(headers);
    }
  }

  private Server(Settings settings, Routes routes, List<Guard> guards, HttpServer server) {
    this.settings = settings;
    this.routes = routes;
    this.guards = List.copyOf(guards);
    this.server = server;
    this.workers = workers(settings.workers);
  }

  /**
   * Threads, each made when no other is free. Requests wait for one where there are as many as may
   * be; each connection has one request at most.
   */
  private static ThreadPoolExecutor workers(int most) {
    AtomicInteger number = new AtomicInteger();
    LinkedTransferQueue<Runnable> toFreeThreads =
        new LinkedTransferQueue<>() {
          private static final long serialVersionUID = 1;

          @Override
          public boolean offer(Runnable task) {
            return tryTransfer(task);
          }
        };
    return new ThreadPoolExecutor(
        0,
        most,
        1,
        TimeUnit.MINUTES,
        toFreeThreads,
        task -> {
          Thread thread = new Thread(task, "http-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        },
        (task, pool) -> toFreeThreads.put(task));
  }

  private static void property(String name, int value) {
    setUnlessSet(name, Integer.toString(value));
  }

  private static void setUnlessSet(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  /**
   * Starts a server.
   *
   * @param guards asked in order, before every request
   * @throws UserException (environment) where the address is in use, or not one of this machine
   */
  public static Server start(Settings settings, Routes routes, List<Guard> guards) {
    try {
      InetSocketAddress address = new InetSocketAddress(settings.address, settings.port);
      Server server = new Server(settings, routes, guards, HttpServer.create(address, 0));
      server.server.setExecutor(server.workers);
      server.server.createContext("/", server::handle);
      server.server.start();
      return server;
    } catch (BindException e) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "cannot listen at %s:%d: %s; choose another --port, or 0 for one that is free"
              .formatted(settings.address, settings.port, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "cannot listen at %s:%d: %s; check the address"
              .formatted(settings.address, settings.port, e.getMessage()),
          e);
    }
  }

  /** The port that it listens at. */
  public int port() {
    return server.getAddress().getPort();
  }

  /**
   * Answers.
   *
   * @throws IOException where the client is gone. The JDK's server is to hear of it: it counts a
   *     connection as open until it has ended it itself
   */
  private void handle(HttpExchange exchange) throws IOException {
    boolean late = begin();
    try {
      send(exchange, late ? Answer.problem(stopping()) : answer(exchange));
    } catch (RuntimeException e) {
      throw new IOException(e);
    } finally {
      end();
    }
  }

  private static HttpProblem stopping() {
    return new HttpProblem(
        503, "the server is stopping", Map.of("Connection", "close", "Retry-After", "5"));
  }

  /** Whether it came too late. */
  private synchronized boolean begin() {
    answering++;
    return closing;
  }

  private synchronized void end() {
    answering--;
    notifyAll();
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    try {
      Request request = new Request(exchange, settings.longestBody);
      for (Guard guard : guards) {
        Optional<Answer> answer = guard.before(request);
        if (answer.isPresent()) {
          return answer.get();
        }
      }
      return routes.find(request).handle(request);
    } catch (HttpProblem e) {
      return Answer.problem(e);
    } catch (UserException e) {
      return Answer.problem(new HttpProblem(status(e.kind()), String.valueOf(e.getMessage())));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return Answer.problem(new HttpProblem(500, Failure.of(e).message()));
    }
  }

  private static int status(UserException.Kind kind) {
    return switch (kind) {
      case CONFIGURATION -> 400;
      case DATA, RUN_DIRECTORY -> 422;
      case ENVIRONMENT, PLUGIN, TRAINING -> 500;
    };
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    settings.headers.forEach(exchange.getResponseHeaders()::set);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (answer instanceof Answer.Whole whole) {
      boolean empty = head || whole.body().length == 0;
      if (head) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(whole.body().length));
      }
      exchange.sendResponseHeaders(whole.status(), empty ? -1 : whole.body().length);
      if (!empty) {
        exchange.getResponseBody().write(whole.body());
        exchange.getResponseBody().close();
      }
      exchange.close();
    } else if (answer instanceof Answer.Streamed streamed) {
      try {
        exchange.sendResponseHeaders(streamed.status(), head ? -1 : 0);
        if (!head) {
          streamed.body().write(exchange.getResponseBody());
          exchange.getResponseBody().close();
        }
        exchange.close();
      } finally {
        streamed.body().end();
      }
    } else if (head) {
      exchange.sendResponseHeaders(answer.status(), -1);
      exchange.close();
    } else if (answer instanceof Answer.Events events) {
      exchange.sendResponseHeaders(events.status(), 0);
      EventStream stream = new EventStream();
      streams.add(stream);
      try {
        events.taker().accept(stream);
        stream.writeTo(exchange.getResponseBody());
      } finally {
        streams.remove(stream);
      }
      exchange.getResponseBody().close();
      exchange.close();
    }
  }

  /**
   * Answers no more requests but by 503, and waits for those that are being answered as long as the
   * settings say.
   */
  @Override
  public void close() {
    streams.forEach(EventStream::close);
    awaitAnswers(System.nanoTime() + TimeUnit.SECONDS.toNanos(settings.graceSeconds));
    server.stop(0); // which would wait for that long even where there is nothing to wait for
    workers.shutdownNow();
  }

  private synchronized void awaitAnswers(long until) {
    closing = true;
    try {
      for (long left = 1; answering > 0 && left > 0; left = until - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
