package org.seqgan.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;

/**
 * The application for {@code spark-submit}: plans a matrix, has executors run its cells, a task
 * each, and writes the results. What executors found lies in a file system of Hadoop; this process
 * has a folder of its own with as much of it as a report is made of.
 *
 * <p>It prints what {@code seqgan} prints for a mistake, and ends with the same exit codes.
 */
public final class SparkMatrix {
  private static final long LOOK_MILLISECONDS = 200;
  private static final int CELLS_FAILED = 6;

  private final Arguments arguments;
  private final Program program;
  private final Path local;

  private SparkMatrix(Arguments arguments, Path local) {
    this.arguments = arguments;
    this.program = new Program(arguments.home());
    this.local = local;
  }

  /** Runs the matrix that the words name, and ends this process. */
  public static void main(String[] words) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("seqgan-matrix");
    // A hook, because Spark ends this process when it is told to stop.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    int exitCode;
    try {
      exitCode = new SparkMatrix(Arguments.parse(words), folder.resolve("matrix")).run();
    } catch (Refusal e) {
      System.err.println("seqgan: " + e.getMessage());
      exitCode = e.exitCode();
    } catch (IOException e) {
      System.err.println(
          "seqgan: %s: %s; what has ended is kept, and --resume goes on"
              .formatted(e.getClass().getSimpleName(), e.getMessage()));
      exitCode = Refusal.ENVIRONMENT;
    }
    System.exit(exitCode);
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("seqgan: cannot delete %s: %s".formatted(folder, e.getMessage()));
    }
  }

  private int run() throws IOException, InterruptedException {
    SparkConf conf = new SparkConf().setIfMissing("spark.app.name", "seqgan");
    // Another, which a cluster may be configured with, does not know records.
    conf.set("spark.serializer", "org.apache.spark.serializer.JavaSerializer");
    Share share = Share.of(conf);
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      MatrixStore store = MatrixStore.open(arguments.out(), spark.hadoopConfiguration());
      if (arguments.resume()) {
        store.requireThere();
        store.fetch(local);
      } else {
        store.requireVacant();
      }
      plan();
      List<JsonNode> cells = cells();
      store.reopenUnless(ids(cells, true));
      store.describe(local);
      List<String> open = ids(cells, false);
      boolean failed = false;
      if (!open.isEmpty()) {
        Setup setup =
            new Setup(
                spark.sc().applicationId(),
                arguments.out(),
                Setup.entries(spark.hadoopConfiguration()),
                files(),
                program,
                share,
                arguments.shared());
        failed = job(spark, store, cells.size(), setup, open);
      }
      report();
      store.putResults(local);
      store.tidy();
      System.err.println("seqgan: results are at " + arguments.out());
      return failed ? CELLS_FAILED : 0;
    }
  }

  private boolean job(
      JavaSparkContext spark, MatrixStore store, int cells, Setup setup, List<String> open)
      throws IOException, InterruptedException {
    try {
      return new Job(spark, store, cells, cells - open.size()).run(setup, open);
    } catch (IllegalStateException e) {
      if (spark.sc().isStopped()) {
        throw new Refusal(
            Refusal.ENVIRONMENT,
            "Spark ended the application before its cells could begin; is there a cluster at %s? What it says of it is above"
                .formatted(spark.master()));
      }
      throw e;
    }
  }

  private void plan() throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("matrix"));
    words.addAll(arguments.matrix());
    words.addAll(arguments.shared());
    words.addAll(List.of("--out", local.toString(), "--on", "workers", "-q"));
    if (arguments.resume() && Files.exists(local)) {
      words.add("--resume");
    }
    say(words);
  }

  /** Where every cell has ended a worker has nothing to do but this. */
  private void report() throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("worker", local.toString(), "-q"));
    words.addAll(arguments.shared());
    say(words);
  }

  private String say(List<String> words) throws IOException, InterruptedException {
    Program.Said said = program.run(words);
    if (said.exitCode() != 0) {
      throw new Refusal(said.exitCode(), "'seqgan %s' ended as said".formatted(words.get(0)));
    }
    return said.output();
  }

  private List<JsonNode> cells() throws IOException, InterruptedException {
    String json = say(List.of("matrix", "status", local.toString(), "--format", "json"));
    List<JsonNode> cells = new ArrayList<>();
    new ObjectMapper().readTree(json).path("cells").forEach(cells::add);
    return cells;
  }

  /** Of those that have ended, or of the others. */
  private static List<String> ids(List<JsonNode> cells, boolean ended) {
    return cells.stream()
        .filter(cell -> !cell.path("state").asText().equals("waiting") == ended)
        .map(cell -> cell.path("id").asText())
        .toList();
  }

  /** What executors have to know of the matrix: what it does, not what it has come to. */
  private Map<String, String> files() throws IOException {
    Map<String, String> files = new HashMap<>();
    for (String name : MatrixStore.DESCRIPTION) {
      Path file = local.resolve(name);
      if (Files.exists(file)) {
        files.put(name, Files.readString(file));
      }
    }
    return files;
  }

  /** The job of Spark: one task for each cell. */
  private final class Job {
    private final JavaSparkContext spark;
    private final MatrixStore store;
    private final int cells;
    private final int before;
    private final long startedAt = System.nanoTime();
    private final Set<String> ended = new HashSet<>();
    private boolean failed;

    Job(JavaSparkContext spark, MatrixStore store, int cells, int before) {
      this.spark = spark;
      this.store = store;
      this.cells = cells;
      this.before = before;
    }

    /** Whether a cell failed. */
    boolean run(Setup setup, List<String> ids) throws IOException, InterruptedException {
      CollectionAccumulator<EndedCell> endedCells = spark.sc().collectionAccumulator("ended cells");
      Broadcast<Setup> shared = spark.broadcast(setup);
      JavaFutureAction<Void> job =
          spark.parallelize(ids, ids.size()).foreachAsync(new CellTask(shared, endedCells));
      long interval = TimeUnit.SECONDS.toNanos(Setup.copySeconds(spark.getConf()));
      long toldAt = startedAt;
      while (!job.isDone()) {
        Thread.sleep(LOOK_MILLISECONDS);
        settle(endedCells.value());
        if (System.nanoTime() - toldAt >= interval) {
          System.err.println("seqgan: " + standing());
          toldAt = System.nanoTime();
        }
      }
      settle(endedCells.value());
      try {
        job.get();
      } catch (ExecutionException | CancellationException e) {
        throw new Refusal(
            Refusal.ENVIRONMENT,
            "%s; %d of %d cells have ended, and --resume goes on with the others"
                .formatted(reason(e), before + ended.size(), cells));
      }
      return failed;
    }

    private void settle(List<EndedCell> all) throws IOException {
      for (EndedCell cell : all) {
        if (ended.add(cell.id())) {
          store.end(cell.id(), cell.copy());
          store.fetchEnded(cell.id(), local);
          failed |= cell.state().equals("failed");
          System.err.println(
              "seqgan: %s %s (%d of %d)"
                  .formatted(cell.id(), cell.state(), before + ended.size(), cells));
        }
      }
    }

    /** How far everything is. */
    private String standing() {
      List<CellStatus> underWay;
      try {
        underWay = store.underWay();
      } catch (IOException e) {
        return "cannot look how far cells are: " + e.getMessage();
      }
      double done = ended.size();
      StringBuilder line = new StringBuilder();
      for (CellStatus cell : underWay) {
        done += cell.fraction();
        line.append(cell).append(", ");
      }
      line.append("%d of %d ended".formatted(before + ended.size(), cells));
      if (done > 0) {
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        double left = seconds * (cells - before - done) / done;
        line.append(", left about ").append(clock(Math.round(left)));
      }
      return line.toString();
    }
  }

  /** Hours, minutes and seconds. */
  static String clock(long seconds) {
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** Of what Spark says of a job that failed, why its last task did. */
  private static String reason(Exception thrown) {
    Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
    String text = String.valueOf(cause.getMessage());
    return text.lines().findFirst().orElse("").replaceFirst("^.*Lost task [^:]*: ", "").strip();
  }
}
