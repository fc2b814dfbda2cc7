package org.seqgan.cli.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which handler answers which requests. A pattern is a path such as {@code /api/runs/{id}/tags}: a
 * part in braces takes any one part that is not empty. What comes first counts. To be filled before
 * the server starts.
 */
public final class Routes {
  private final List<Route> routes = new ArrayList<>();

  /** None yet. */
  public Routes() {}

  private record Route(String method, List<String> parts, Handler handler) {
    private Optional<Map<String, String>> match(List<String> path) {
      if (path.size() != parts.size()) {
        return Optional.empty();
      }
      Map<String, String> found = new HashMap<>();
      for (int i = 0; i < parts.size(); i++) {
        String part = parts.get(i);
        String given = path.get(i);
        if (part.startsWith("{") && !given.isEmpty()) {
          found.put(part.substring(1, part.length() - 1), given);
        } else if (!part.equals(given)) {
          return Optional.empty();
        }
      }
      return Optional.of(found);
    }
  }

  /** Adds a route; one of {@code GET} answers {@code HEAD}, too. */
  public Routes add(String method, String pattern, Handler handler) {
    routes.add(new Route(method, List.of(pattern.substring(1).split("/", -1)), handler));
    return this;
  }

  /**
   * The handler of a request, which gets to know its parameters.
   *
   * @throws HttpProblem (404) where there is none, (405) where there is one of another method
   */
  Handler find(Request request) {
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    Set<String> others = new TreeSet<>();
    for (Route route : routes) {
      Optional<Map<String, String>> found = route.match(request.segments());
      if (found.isPresent() && route.method.equals(method)) {
        request.matched(found.get());
        return route.handler;
      }
      found.ifPresent(parameters -> others.add(route.method));
    }
    if (others.isEmpty()) {
      throw new HttpProblem(404, "there is nothing at %s".formatted(request.path()));
    }
    throw new HttpProblem(
        405,
        "expected %s for %s, found %s"
            .formatted(String.join(" or ", others), request.path(), request.method()),
        Map.of("Allow", String.join(", ", others)));
  }
}
