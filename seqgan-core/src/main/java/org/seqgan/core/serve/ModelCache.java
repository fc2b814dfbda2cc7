package org.seqgan.core.serve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.core.portable.OpenModel;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.CheckpointChoice;

/**
 * Models by name, open as long as their parameters together take no more than a number of bytes.
 * One that is asked for and is not open is opened once, however many ask; for it others may have to
 * go. A model that has to go is closed when nobody uses it any more, so for that long there may be
 * more open.
 *
 * <p>Thread-safe.
 */
public final class ModelCache implements AutoCloseable {
  /** Weights are ints: where a cache is larger, they count more than one byte. */
  private static final long MOST_UNITS = 1 << 30;

  private final Map<String, Path> places;
  private final PluginRegistry registry;
  private final long mostBytes;
  private final ServingLimits limits;
  private final ServingFigures figures;
  private final LongSupplier seeds;
  private final Cache<String, ServedModel> open;
  private final ConcurrentMap<String, CompletableFuture<ServedModel>> opening =
      new ConcurrentHashMap<>();

  private final ConcurrentMap<String, ServedModel.About> about = new ConcurrentHashMap<>();

  /** All that have not been closed, those that have to go among them. */
  private final Set<ServedModel> alive = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  /**
   * A cache of which no model is open yet.
   *
   * @param places run directories or files of models, by name
   * @param mostBytes of parameters
   * @param limits of each model
   * @param seeds for requests without one; thread-safe
   */
  public ModelCache(
      Map<String, Path> places,
      PluginRegistry registry,
      long mostBytes,
      ServingLimits limits,
      ServingFigures figures,
      LongSupplier seeds) {
    this.places = new LinkedHashMap<>(places);
    this.registry = registry;
    this.mostBytes = mostBytes;
    this.limits = limits;
    this.figures = figures;
    this.seeds = seeds;
    long unit = 1 + mostBytes / MOST_UNITS;
    this.open =
        Caffeine.newBuilder()
            .maximumWeight(mostBytes / unit)
            .weigher((String name, ServedModel model) -> (int) (model.bytes() / unit))
            .executor(Runnable::run)
            .removalListener(this::removed)
            .build();
  }

  /** The names, in the order of the places. */
  public List<String> names() {
    return List.copyOf(places.keySet());
  }

  /** A model that stays open until this is closed. */
  public static final class Lease implements AutoCloseable {
    private final ServedModel model;
    private boolean given = true;

    private Lease(ServedModel model) {
      this.model = model;
    }

    /** The model. */
    public ServedModel model() {
      return model;
    }

    @Override
    public void close() {
      if (given) {
        given = false;
        model.release();
      }
    }
  }

  /** Whether a model is open now. */
  public boolean isOpen(String name) {
    return open.policy().getIfPresentQuietly(name) != null;
  }

  /** Of all models that have been open, what there was to tell when they last were. */
  public List<ServedModel.About> about() {
    return places.keySet().stream()
        .flatMap(name -> Optional.ofNullable(about.get(name)).stream())
        .toList();
  }

  /**
   * Holds a model, which is opened first where it is not.
   *
   * @param name one of {@link #names}
   * @throws UserException if it cannot be opened, or never fits
   * @throws RefusedException if that takes too long, or serving stops
   */
  public Lease hold(String name) throws InterruptedException {
    while (true) {
      if (closed) {
        throw new RefusedException(RefusedException.Reason.STOPPING, "serving stops");
      }
      ServedModel model = open.getIfPresent(name);
      if (model == null) {
        CompletableFuture<ServedModel> mine = new CompletableFuture<>();
        CompletableFuture<ServedModel> other = opening.putIfAbsent(name, mine);
        if (other == null) {
          return new Lease(openHeld(name, mine));
        }
        model = await(other);
      }
      if (model.acquire()) {
        return new Lease(model);
      } // else it had to go meanwhile, and is opened anew
    }
  }

  /** Opens it for all who ask. It is held before it may have to go for another. */
  private ServedModel openHeld(String name, CompletableFuture<ServedModel> asked) {
    try {
      ServedModel there = open.getIfPresent(name); // since this one looked
      if (there != null && there.acquire()) {
        asked.complete(there);
        return there;
      }
      ServedModel model = open(name);
      model.acquire();
      open.put(name, model);
      asked.complete(model);
      return model;
    } catch (RuntimeException | Error e) {
      asked.completeExceptionally(e);
      throw e;
    } finally {
      opening.remove(name, asked);
      if (closed) {
        open.invalidateAll();
      }
    }
  }

  private ServedModel open(String name) {
    Path place = Optional.ofNullable(places.get(name)).orElseThrow();
    OpenModel model = OpenModel.open(place, new CheckpointChoice.Last(), registry);
    ServedModel served = ServedModel.start(name, model, limits, figures, seeds, alive::remove);
    alive.add(served);
    if (served.bytes() > mostBytes) {
      served.release();
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "model %s has %s of parameters, and the cache is for %s in all; raise --cache"
              .formatted(name, new ByteSize(served.bytes()), new ByteSize(mostBytes)));
    }
    about.put(name, served.about());
    figures.opened().increment();
    return served;
  }

  private ServedModel await(CompletableFuture<ServedModel> asked) throws InterruptedException {
    try {
      return asked.get(limits.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      figures.late().increment();
      throw new RefusedException(
          RefusedException.Reason.LATE, "the model was not opened in time; ask again later");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException("the model could not be opened: " + e.getCause(), e);
    }
  }

  private void removed(@Nullable String name, @Nullable ServedModel model, RemovalCause cause) {
    if (model != null) {
      if (cause == RemovalCause.SIZE) {
        figures.evicted().increment();
      }
      model.release();
    }
  }

  /** Bytes of the parameters of all models that have not been closed. */
  public long bytes() {
    return alive.stream().mapToLong(ServedModel::bytes).sum();
  }

  /** How many requests wait, of all models. */
  public int waiting() {
    return alive.stream().mapToInt(ServedModel::waiting).sum();
  }

  /** Opens nothing any more, and waits until all are closed: when those who hold them are done. */
  @Override
  public void close() {
    closed = true;
    open.invalidateAll();
    try {
      for (ServedModel model : alive) {
        model.awaitEnd();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
