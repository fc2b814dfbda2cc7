package org.seqgan.cli.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.seqgan.core.io.Json;

/** What a client is answered. */
public sealed interface Answer {
  /** 200 to 599. */
  int status();

  /** Name to value, without the length. */
  Map<String, String> headers();

  /**
   * An answer that is known to its end.
   *
   * @param body its bytes; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Whole(int status, Map<String, String> headers, byte[] body) implements Answer {
    /** Copies the map. */
    public Whole {
      headers = copy(headers);
    }
  }

  /**
   * An answer that is written as it comes, in chunks, on the thread of the request.
   *
   * @param body writes it; what it throws ends the answer. The JDK's server ends it as one that is
   *     whole, so a client that has to know is to be told in the answer itself
   */
  record Streamed(int status, Map<String, String> headers, Body body) implements Answer {
    /** Copies the map. */
    public Streamed {
      headers = copy(headers);
    }
  }

  /** Writes an answer; each flush sends a chunk. */
  @FunctionalInterface
  interface Body {
    /** Writes all of it; does not close. */
    void write(OutputStream out) throws IOException;

    /** Called once at the end, whether it was written or not: the client may be gone before. */
    default void end() {}
  }

  /**
   * Server-sent events (the format of the HTML standard, 9.2) for as long as the client listens.
   *
   * @param taker is given the stream, and may keep it: no thread waits for it
   */
  record Events(Consumer<EventStream> taker) implements Answer {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of(
          "Content-Type", "text/event-stream; charset=utf-8", "Cache-Control", "no-store");
    }
  }

  /** A text of some type, such as {@code text/html}; in UTF-8. */
  static Whole text(String type, String text) {
    return bytes(type + "; charset=utf-8", text.getBytes(UTF_8));
  }

  /** Bytes of some type. */
  static Whole bytes(String type, byte[] bytes) {
    return new Whole(200, Map.of("Content-Type", type), bytes);
  }

  /** A node, a map, a list or a record as JSON, which nobody is to keep. */
  static Whole json(Object value) {
    return json(200, value);
  }

  /** The same with a status. */
  static Whole json(int status, Object value) {
    return new Whole(
        status,
        Map.of("Content-Type", "application/json; charset=utf-8", "Cache-Control", "no-store"),
        Json.line(value).getBytes(UTF_8));
  }

  /** A problem as {@code {"error": "one line"}}. */
  static Answer problem(HttpProblem problem) {
    Whole answer =
        json(problem.status(), Json.object().put("error", String.valueOf(problem.getMessage())));
    return problem.headers().isEmpty() ? answer : answer.with(problem.headers());
  }

  /** Elsewhere: 303. */
  static Whole seeOther(String location) {
    return new Whole(303, Map.of("Location", location, "Cache-Control", "no-store"), new byte[0]);
  }

  /** What the client has is as it was: 304. */
  static Whole notModified() {
    return new Whole(304, Map.of(), new byte[0]);
  }

  /** The same with more headers, or with others. */
  default Answer with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers());
    all.putAll(more);
    if (this instanceof Whole whole) {
      return new Whole(whole.status, all, whole.body);
    }
    return this instanceof Streamed streamed
        ? new Streamed(streamed.status, all, streamed.body)
        : this;
  }

  private static Map<String, String> copy(Map<String, String> headers) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }
}
