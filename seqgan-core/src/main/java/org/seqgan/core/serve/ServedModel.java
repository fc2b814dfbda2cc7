package org.seqgan.core.serve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.task.Notation;
import org.seqgan.core.portable.OpenModel;

/**
 * A model that is open, and the thread that draws from it: what waits at a time goes into one
 * batch, and a request that comes while nothing else is asked is drawn at once.
 *
 * <p>Each of those that wait has an equal share of a batch, so that one who asks for many does not
 * keep the others from their few. Where the generator cannot {@linkplain
 * OpenModel#canDrawTogether() draw for several}, one request is drawn after another.
 *
 * <p>Thread-safe. It is open for as long as anybody {@linkplain #acquire holds} it.
 */
public final class ServedModel {
  /** A seed is for so many sequences that nobody chose it for. */
  private static final int MOST_FRESH = 1 << 20;

  private final String name;
  private final OpenModel model;
  private final long bytes;
  private final ServingLimits limits;
  private final ServingFigures figures;
  private final Consumer<ServedModel> ended;
  private final LongSupplier seeds;
  private final Thread worker;

  // Guarded by this.
  private final Deque<Generation> waiting = new ArrayDeque<>();
  private int holders = 1;
  private long freshSeed;
  private int fresh = MOST_FRESH;

  private ServedModel(
      String name,
      OpenModel model,
      ServingLimits limits,
      ServingFigures figures,
      LongSupplier seeds,
      Consumer<ServedModel> ended) {
    this.name = name;
    this.model = model;
    this.bytes = bytes(model);
    this.limits = limits;
    this.figures = figures;
    this.seeds = seeds;
    this.ended = ended;
    this.worker = new Thread(this::work, "draws-" + name);
    worker.setDaemon(true);
  }

  /**
   * Begins to draw from a model, which is held once.
   *
   * @param model closed when nobody holds it any more
   * @param seeds for requests without one; thread-safe
   * @param ended hears of it then
   */
  static ServedModel start(
      String name,
      OpenModel model,
      ServingLimits limits,
      ServingFigures figures,
      LongSupplier seeds,
      Consumer<ServedModel> ended) {
    ServedModel served = new ServedModel(name, model, limits, figures, seeds, ended);
    served.worker.start();
    return served;
  }

  private static long bytes(OpenModel model) {
    return model.experiment().generator().parameters().arrays().values().stream()
        .mapToLong(array -> (long) Float.BYTES * floats(array))
        .sum();
  }

  private static long floats(FloatArray array) {
    return array.values().length;
  }

  // ---- what it is ----

  /** What it is served as. */
  public String name() {
    return name;
  }

  /** How much its parameters take. */
  public long bytes() {
    return bytes;
  }

  /** How it is drawn from where nobody says otherwise. */
  public Decoding decoding() {
    return model.decoding();
  }

  /** The checkpoint that it is. */
  public String checkpoint() {
    return model.checkpointName();
  }

  /** What is not as one would expect, in a line each. */
  public List<String> warnings() {
    return model.warnings();
  }

  /** How sequences are shown. */
  public Notation notation() {
    return model.task();
  }

  /**
   * What there is to tell of a model.
   *
   * @param name what it is served as
   * @param task the name of its task's plugin
   * @param checkpoint that it is
   * @param sequenceLength T, the most tokens of a sequence
   * @param vocabularySize how many tokens there are to choose from
   * @param bytes of its parameters
   * @param decoding how it is drawn from where nobody says otherwise
   * @param warnings what is not as one would expect, in a line each
   */
  public record About(
      String name,
      String task,
      String checkpoint,
      int sequenceLength,
      int vocabularySize,
      long bytes,
      Decoding decoding,
      List<String> warnings) {}

  /** What there is to tell of it. */
  public About about() {
    return new About(
        name,
        model.taskName(),
        checkpoint(),
        model.task().data().sequenceLength(),
        model.task().data().vocabulary().size(),
        bytes,
        decoding(),
        warnings());
  }

  /**
   * The tokens of a text that sequences are to begin with.
   *
   * @throws org.seqgan.api.UserException if it cannot be read, or has too few or too many tokens
   */
  public List<Integer> beginning(String prefix) {
    return Arrays.stream(model.beginning("prefix", prefix, name)).boxed().toList();
  }

  // ---- requests ----

  /**
   * Sequences of a seed.
   *
   * @param first of them, counted from 0
   */
  public record Range(long seed, int first) {}

  /**
   * Sequences that nobody has had, for one who does not choose a seed. Those of several follow one
   * another, so that drawing them together takes as long as drawing them for one.
   *
   * @param count how many
   */
  public synchronized Range fresh(int count) {
    if (!drawsFromAnywhere()) {
      return new Range(seeds.getAsLong(), 0);
    }
    if (count > MOST_FRESH - fresh) {
      freshSeed = seeds.getAsLong();
      fresh = 0;
    }
    Range range = new Range(freshSeed, fresh);
    fresh = count > MOST_FRESH ? MOST_FRESH : fresh + count;
    return range;
  }

  /** Whether sequences of a seed can be drawn without those before them. */
  public boolean drawsFromAnywhere() {
    return model.canDrawTogether();
  }

  /**
   * Asks for sequences. Whoever asks holds the model until the result is closed.
   *
   * @throws RefusedException if too many wait already
   */
  public synchronized Generation draw(GenerationRequest request) {
    if (waiting.size() >= limits.waiting()) {
      waiting.removeIf(each -> each.left() == 0);
    }
    if (waiting.size() >= limits.waiting()) {
      figures.refused().increment();
      throw new RefusedException(
          RefusedException.Reason.FULL,
          "%d requests to %s wait already; ask again later".formatted(waiting.size(), name));
    }
    Generation generation = new Generation(request, limits.timeout().toNanos(), figures);
    waiting.add(generation);
    notifyAll();
    return generation;
  }

  /** How many requests wait. */
  public synchronized int waiting() {
    return waiting.size();
  }

  // ---- life ----

  /**
   * Keeps it open until {@link #release}.
   *
   * @return whether it is; it is not where nobody held it any more
   */
  synchronized boolean acquire() {
    if (holders == 0) {
      return false;
    }
    holders++;
    return true;
  }

  /** Undoes one {@link #acquire}, or what {@link #start} began with. */
  synchronized void release() {
    holders--;
    notifyAll();
  }

  /** Waits until it has been closed. */
  void awaitEnd() throws InterruptedException {
    worker.join();
  }

  // ---- batches ----

  /** A part of a batch, and whose it is. */
  private record Part(Generation generation, OpenModel.Draw draw) {}

  private void work() {
    try {
      for (List<Part> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
        draw(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      model.close();
      ended.accept(this);
    }
  }

  /** Waits for requests; none where nobody holds the model any more. */
  private synchronized List<Part> nextBatch() throws InterruptedException {
    while (true) {
      waiting.removeIf(each -> each.left() == 0);
      if (!waiting.isEmpty()) {
        return compose();
      }
      if (holders == 0) {
        return List.of();
      }
      wait();
    }
  }

  /** As many sequences of those that wait as there is room for, from each as many as of others. */
  private List<Part> compose() {
    if (!model.canDrawTogether()) {
      Generation one = waiting.remove();
      return List.of(new Part(one, one.take(one.request().count())));
    }
    List<Part> batch = new ArrayList<>();
    int room = limits.rows();
    while (room > 0 && !waiting.isEmpty()) {
      int share = Math.max(1, room / waiting.size());
      for (int i = waiting.size(); i > 0 && room > 0; i--) {
        Generation next = waiting.remove();
        OpenModel.Draw draw = next.take(Math.min(share, room));
        batch.add(new Part(next, draw));
        room -= draw.to() - draw.from();
        if (next.left() > 0) {
          waiting.add(next);
        }
      }
    }
    return batch;
  }

  private void draw(List<Part> batch) {
    int rows = batch.stream().mapToInt(part -> part.draw().to() - part.draw().from()).sum();
    long start = System.nanoTime();
    try {
      List<Sequences> drawn =
          model.canDrawTogether()
              ? model.drawTogether(batch.stream().map(Part::draw).toList())
              : List.of(drawAlone(batch.get(0).draw()));
      figures.drawing().add((System.nanoTime() - start) / 1e9);
      figures.rows().add(rows);
      figures.sequences().add(rows);
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).generation().give(drawn.get(i));
      }
    } catch (RuntimeException | Error e) {
      RuntimeException cause =
          e instanceof RuntimeException known
              ? known
              : new IllegalStateException("drawing failed: " + e, e);
      batch.forEach(part -> part.generation().fail(cause));
    }
  }

  private Sequences drawAlone(OpenModel.Draw draw) {
    int[] beginning = draw.beginning().stream().mapToInt(Integer::intValue).toArray();
    Sequences all =
        beginning.length == 0
            ? model.sample(draw.to(), draw.decoding(), draw.seed())
            : model.continueFrom(beginning, draw.to(), draw.decoding(), draw.seed());
    return all.slice(draw.from(), draw.to());
  }
}
