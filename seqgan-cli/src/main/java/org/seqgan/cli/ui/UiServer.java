package org.seqgan.cli.ui;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.seqgan.api.UserException;
import org.seqgan.cli.http.Answer;
import org.seqgan.cli.http.OwnAddress;
import org.seqgan.cli.http.Routes;
import org.seqgan.cli.http.Server;
import org.seqgan.core.workbench.Workbench;

/** The workbench on a local port: 127.0.0.1 alone, and for who has its token. */
public final class UiServer implements AutoCloseable {
  private static final String ADDRESS = "127.0.0.1";

  /** Beside those of pages; a client that sends half a request holds one for half a minute. */
  private static final int WORKERS = Audience.MOST + 64;

  private static final int LONGEST_BODY = 1 << 20;
  private static final int GRACE_SECONDS = 1;

  /** Nothing is loaded from elsewhere, no script but the page's own runs, nobody frames it. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
              + " object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  private final Settings settings;
  private final Workbench workbench;
  private final Token token = Token.random();
  private final Audience audience = new Audience();
  private final Watcher watcher;
  private final Server server;

  /**
   * How it is set up.
   *
   * @param roots the folders that are searched
   * @param port or 0 for one that is free
   * @param control whether the page may change runs
   * @param version of this program
   * @param resuming the words of a process that goes on with a run directory
   * @param complaints hears, in a line each, what went wrong and ends nothing
   */
  public record Settings(
      List<Path> roots,
      int port,
      boolean control,
      String version,
      Function<Path, List<String>> resuming,
      Consumer<String> complaints) {
    /** Copies the list. */
    public Settings {
      roots = List.copyOf(roots);
    }
  }

  private UiServer(Settings settings) throws IOException {
    this.settings = settings;
    this.workbench = new Workbench(settings.roots, InstantSource.system());
    this.watcher = Watcher.start(workbench, audience::tell, settings.complaints);
    Server.Settings http =
        new Server.Settings(ADDRESS, settings.port, WORKERS, LONGEST_BODY, GRACE_SECONDS, HEADERS);
    boolean started = false;
    try {
      this.server = Server.start(http, routes(), List.of(OwnAddress.loopback(), token));
      started = true;
    } finally {
      if (!started) {
        watcher.close();
        audience.close();
      }
    }
  }

  /**
   * Starts it; the first scan goes on meanwhile.
   *
   * @throws UserException (environment) where the port is in use, or this system watches no folders
   */
  public static UiServer start(Settings settings) {
    try {
      return new UiServer(settings);
    } catch (IOException e) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "cannot watch folders: %s; end what watches many".formatted(e.getMessage()),
          e);
    }
  }

  private Routes routes() {
    Routes routes =
        new Routes()
            .add("GET", "/", request -> Assets.page("index.html"))
            .add("GET", "/app/{name}", request -> Assets.app(request.parameter("name")))
            .add("GET", "/lib/{name}", request -> Assets.library(request.parameter("name")))
            .add("GET", "/api/info", request -> info())
            .add("GET", "/api/events", request -> audience.join());
    new RunsApi(workbench).addTo(routes);
    new MatricesApi(workbench).addTo(routes);
    new Documents(workbench, watcher::scan).addTo(routes);
    new ControlApi(workbench, watcher, new RunProcesses(settings.resuming), settings.control)
        .addTo(routes);
    return routes;
  }

  private Answer info() {
    return Answer.json(
        Map.of(
            "version", settings.version,
            "control", settings.control,
            "roots", workbench.roots().stream().map(Path::toString).toList()));
  }

  /** Where the page is, with the token: for who started it alone. */
  public URI address() {
    return URI.create("http://%s:%d/?token=%s".formatted(ADDRESS, server.port(), token.text()));
  }

  /** Takes no more requests. Runs that were resumed go on. */
  @Override
  public void close() {
    watcher.close();
    audience.close();
    server.close();
  }
}
