package org.seqgan.cli.serve;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.seqgan.api.UserException;
import org.seqgan.api.random.RandomStream;
import org.seqgan.cli.http.Guard;
import org.seqgan.cli.http.OwnAddress;
import org.seqgan.cli.http.Server;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.serve.ModelCache;
import org.seqgan.core.serve.ServedModel;
import org.seqgan.core.serve.ServingFigures;
import org.seqgan.core.serve.ServingLimits;

/**
 * Models that are served over HTTP, from {@link #start} to {@link #close}, which answers what has
 * been asked and then closes them.
 */
public final class ModelServer implements AutoCloseable {
  /** More than any request needs: a prefix is shorter than a sequence. */
  private static final int LONGEST_BODY = 1 << 16;

  /** As many as there may be connections, so that one that is slow keeps no other waiting. */
  private static final int WORKERS = 1000;

  /** Beyond the time that drawing may take, for reading a request and writing an answer. */
  private static final int SECONDS_OF_TRANSFER = 30;

  private final ModelCache models;
  private final ServeApi api;
  private final Server server;

  /**
   * How models are served.
   *
   * @param host where to listen; a name or an address of this machine
   * @param port 0 for one that is free
   * @param mostSequences that one request may ask for
   * @param cacheBytes of the parameters of models that are open at a time
   * @param limits of each model
   */
  public record Settings(
      String host, int port, int mostSequences, long cacheBytes, ServingLimits limits) {}

  private ModelServer(ModelCache models, ServeApi api, Server server) {
    this.models = models;
    this.api = api;
    this.server = server;
  }

  /**
   * Listens; requests for sequences may come, though {@link #open} has not been called.
   *
   * @param places of models by name
   * @throws UserException (environment) if the address cannot be listened at
   */
  public static ModelServer start(
      Settings settings, Map<String, Path> places, PluginRegistry registry) {
    ServingFigures figures = new ServingFigures();
    ModelCache models =
        new ModelCache(
            places, registry, settings.cacheBytes, settings.limits, figures, new Seeds());
    ServeApi api = new ServeApi(models, figures, settings.mostSequences);
    int seconds = (int) settings.limits.timeout().toSeconds() + SECONDS_OF_TRANSFER;
    Server server =
        Server.start(
            new Server.Settings(
                settings.host,
                settings.port,
                WORKERS,
                LONGEST_BODY,
                seconds,
                Map.of("X-Content-Type-Options", "nosniff")),
            api.routes(),
            guards(settings.host));
    return new ModelServer(models, api, server);
  }

  /** Names that lead here without this machine's doing are refused where it alone is to ask. */
  private static List<Guard> guards(String host) {
    return isLoopback(host) ? List.of(OwnAddress.loopback(inAddress(host))) : List.of();
  }

  /** An address of this machine as it stands in a URI. */
  public static String inAddress(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /**
   * Whether only this machine can reach an address.
   *
   * @throws UserException (environment) if it is not known
   */
  public static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "--host: expected an address of this machine, such as 127.0.0.1, found '%s'"
              .formatted(host),
          e);
    }
  }

  /**
   * Opens every model once, as far as there is room, so that what is wrong with one is told before
   * anybody asks.
   *
   * @param told hears of each model
   * @throws UserException if one cannot be opened
   */
  public void open(PrintWriter told) throws InterruptedException {
    for (String name : models.names()) {
      try (ModelCache.Lease lease = models.hold(name)) {
        ServedModel.About about = lease.model().about();
        about.warnings().forEach(warning -> told.println("seqgan: " + name + ": " + warning));
      }
    }
    api.isReady();
  }

  /** Where it listens. */
  public int port() {
    return server.port();
  }

  /** What is asked from now on gets 503; what was asked before is answered. */
  @Override
  public void close() {
    server.close();
    models.close();
  }

  /** Seeds that nobody asked for; each is told, and draws the same again. Thread-safe. */
  private static final class Seeds implements LongSupplier {
    /** Programs in JavaScript read whole numbers of up to 53 bits. */
    private static final int HIGH_BITS = 22;

    private static final int LOW_BITS = 30;

    private final RandomStream stream =
        RandomStream.of(UUID.randomUUID().getMostSignificantBits()).split("seeds");

    @Override
    public synchronized long getAsLong() {
      long high = stream.nextInt(1 << HIGH_BITS);
      return high << LOW_BITS | stream.nextInt(1 << LOW_BITS);
    }
  }
}
