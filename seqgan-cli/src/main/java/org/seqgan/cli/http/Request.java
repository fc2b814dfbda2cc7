package org.seqgan.cli.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seqgan.core.io.Json;

/** A request of a client. For the thread that handles it. */
public final class Request {
  private final HttpExchange exchange;
  private final int longestBody;
  private final List<String> segments;
  private final Map<String, String> query;
  private Map<String, String> parameters = Map.of();

  /**
   * A request.
   *
   * @throws HttpProblem (400) where its address is none
   */
  Request(HttpExchange exchange, int longestBody) {
    this.exchange = exchange;
    this.longestBody = longestBody;
    try {
      String path = String.valueOf(exchange.getRequestURI().getRawPath());
      this.segments =
          List.of(path.substring(Math.min(1, path.length())).split("/", -1)).stream()
              .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), UTF_8))
              .toList();
      this.query = parsed(exchange.getRequestURI().getRawQuery());
    } catch (IllegalArgumentException e) {
      throw new HttpProblem(400, "expected an address, found escapes in it that are none");
    }
  }

  private static Map<String, String> parsed(@Nullable String text) {
    Map<String, String> query = new LinkedHashMap<>();
    if (text != null && !text.isEmpty()) {
      for (String part : text.split("&", -1)) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        String decoded = URLDecoder.decode(name, UTF_8);
        if (query.put(decoded, URLDecoder.decode(value, UTF_8)) != null) {
          throw new HttpProblem(400, "expected '%s' once, found it twice".formatted(decoded));
        }
      }
    }
    return query;
  }

  /** {@code GET}, {@code POST} and so on, in capitals. */
  public String method() {
    return exchange.getRequestMethod();
  }

  /** The path, decoded part by part: a part can have a slash in it. */
  List<String> segments() {
    return segments;
  }

  /** The path as it was sent, without the query. */
  public String path() {
    return exchange.getRequestURI().getRawPath();
  }

  void matched(Map<String, String> found) {
    parameters = Map.copyOf(found);
  }

  /** What stands in the path in the place of {@code {name}}. */
  public String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no {" + name + "}");
    }
    return value;
  }

  /** What the query says of a name; empty where it is not in it. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /**
   * What the query says of a name.
   *
   * @throws HttpProblem (400) where it is not in it
   */
  public String required(String name) {
    return query(name)
        .orElseThrow(
            () -> new HttpProblem(400, "expected '%s' in the query, found none".formatted(name)));
  }

  /**
   * A whole number of the query.
   *
   * @param usual where it is not in it
   * @throws HttpProblem (400) where it is no number from the least to the most
   */
  public int number(String name, int usual, int least, int most) {
    String text = query(name).orElse(Integer.toString(usual));
    if (text.matches("-?\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new HttpProblem(
        400,
        "expected a whole number from %,d to %,d as '%s', found '%s'"
            .formatted(least, most, name, text));
  }

  /** A header; empty where there is none, or more than one. */
  public Optional<String> header(String name) {
    List<String> values = exchange.getRequestHeaders().getOrDefault(name, List.of());
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  /** How often a header was sent. */
  int headers(String name) {
    return exchange.getRequestHeaders().getOrDefault(name, List.of()).size();
  }

  /** The value of a cookie. */
  public Optional<String> cookie(String name) {
    for (String header : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
      for (String pair : header.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
          return Optional.of(pair.substring(equals + 1).strip());
        }
      }
    }
    return Optional.empty();
  }

  /** The port that the client is connected to. */
  public int port() {
    return exchange.getLocalAddress().getPort();
  }

  /**
   * The body.
   *
   * @throws HttpProblem (413) where it is longer than the server takes
   */
  public byte[] body() throws IOException {
    Optional<String> length = header("Content-Length");
    if ((length.isPresent() && length.get().length() > 18)
        || length.map(Long::parseLong).orElse(0L) > longestBody) {
      throw tooLong();
    }
    byte[] body = exchange.getRequestBody().readNBytes(longestBody + 1);
    if (body.length > longestBody) {
      throw tooLong();
    }
    return body;
  }

  private HttpProblem tooLong() {
    return new HttpProblem(
        413, "expected at most %,d bytes in a request, found more".formatted(longestBody));
  }

  /**
   * The body as a JSON object.
   *
   * @throws HttpProblem (415) where its type is not {@code application/json}, (400) where it is no
   *     object, (413) where it is too long
   */
  public ObjectNode json() throws IOException {
    String type = header("Content-Type").orElse("none").toLowerCase(Locale.ROOT);
    if (!type.split(";", -1)[0].strip().equals("application/json")) {
      throw new HttpProblem(
          415, "expected a body of type application/json, found %s".formatted(type));
    }
    try {
      return Json.parse(new String(body(), UTF_8));
    } catch (IllegalArgumentException e) {
      throw new HttpProblem(400, "expected a JSON object as the body: " + e.getMessage());
    }
  }
}
