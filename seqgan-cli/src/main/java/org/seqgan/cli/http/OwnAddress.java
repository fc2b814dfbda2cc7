package org.seqgan.cli.http;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lets through what a page of this server, or a program that is no browser, asks for. A page of
 * another origin is refused, and so is a name that somebody else made lead here (DNS rebinding).
 */
public final class OwnAddress implements Guard {
  /** That of HTTP, which clients leave out of the host. */
  private static final int DEFAULT_PORT = 80;

  private final List<String> names;

  /**
   * A guard.
   *
   * @param names that the server is called by, such as {@code localhost}; the port is that of the
   *     connection
   */
  public OwnAddress(List<String> names) {
    this.names = List.copyOf(names);
  }

  /**
   * Of a server that this machine alone can reach.
   *
   * @param further names that it is called by
   */
  public static OwnAddress loopback(String... further) {
    Set<String> names = new LinkedHashSet<>(List.of("127.0.0.1", "localhost", "[::1]"));
    names.addAll(List.of(further));
    return new OwnAddress(List.copyOf(names));
  }

  @Override
  public Optional<Answer> before(Request request) {
    List<String> own = own(request.port());
    String host = request.header("Host").orElse("");
    if (!own.contains(host)) {
      throw new HttpProblem(
          403,
          "expected %s as the host, found '%s'; use the address that the server printed"
              .formatted(String.join(" or ", own), host));
    }
    boolean foreign =
        request.headers("Origin") > 0
            && !request.header("Origin").equals(Optional.of("http://" + host));
    Optional<String> site = request.header("Sec-Fetch-Site");
    boolean crossSite =
        site.isPresent()
            && !List.of("same-origin", "none").contains(site.get())
            && !isNavigation(request);
    if (foreign || crossSite) {
      throw new HttpProblem(403, "a page of another origin may not ask this server");
    }
    return Optional.empty();
  }

  private List<String> own(int port) {
    Stream<String> withPort = names.stream().map(name -> name + ":" + port);
    return (port == DEFAULT_PORT ? Stream.concat(names.stream(), withPort) : withPort).toList();
  }

  /** A link on a page of somebody else may lead to a page here, which shows nothing there. */
  private static boolean isNavigation(Request request) {
    return request.method().equals("GET")
        && request.header("Sec-Fetch-Mode").equals(Optional.of("navigate"))
        && request.header("Sec-Fetch-Dest").equals(Optional.of("document"));
  }
}
