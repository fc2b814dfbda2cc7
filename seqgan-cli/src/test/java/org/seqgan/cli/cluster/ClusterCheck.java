package org.seqgan.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seqgan.cli.PublishedArtefacts;
import org.seqgan.cli.TinyRun;
import org.seqgan.cli.cluster.Shipped.Running;
import org.seqgan.testkit.Requirement;

/**
 * One matrix in each of the ways that a matrix is run on many machines, with real processes; half
 * of what runs is killed in the middle. The property {@code seqgan.kill.seed} repeats the moments,
 * as far as a machine does that.
 */
@DisplayName("A matrix of which half of what runs is killed")
@Timeout(1800)
@Tag("slow")
@Tag("cluster")
class ClusterCheck {
  private static final long SEED = Long.getLong("seqgan.kill.seed", System.nanoTime());
  private static final int LONGEST_MILLIS = 1000;
  private static final String MATRIX =
      """
      name = tiny
      preset = quickstart
      configuration {
        task {
          vocabulary-size = 50, sequence-length = 8, embedding-size = 8, hidden-size = 8
          training-sequences = 256, test-sequences = 32, validation-sequences = 8
        }
        generator { embedding-size = 8, hidden-size = 8 }
        discriminator { embedding-size = 8, filter-widths = [1, 2], filter-counts = [8, 8] }
        reward { name = discriminator, roll-outs = 4 }
        training {
          batch-size = 16
          generator-pretraining.epochs = 100
          discriminator-pretraining.rounds = 20
          adversarial { rounds = 120, g-steps = 1, d-steps = 1, k = 1 }
        }
        evaluation { samples = 32, every-epochs = 20, every-rounds = 20 }
      }
      baseline = mle
      metric = nll-oracle
      methods {
        mle { training { discriminator-pretraining.rounds = 0, adversarial.rounds = 0 } }
        seqgan {}
      }
      seeds = [1, 2, 3]
      """;

  @TempDir private static Path folder;
  private static Path file;
  private static Path whole;

  @BeforeAll
  static void undisturbed() throws Exception {
    file = Files.writeString(folder.resolve("tiny.conf"), MATRIX);
    whole = folder.resolve("whole");
    Shipped.seqgan(Map.of(), matrix(whole, "-q", "-j", "2")).awaitEnd();
  }

  private static List<String> matrix(Path directory, String... more) {
    List<String> words = new ArrayList<>(List.of("matrix", file.toString()));
    words.addAll(List.of("--out", directory.toString()));
    words.addAll(List.of(more));
    return words;
  }

  /** Where cells run. */
  enum Way {
    FOLDER {
      @Override
      void run(Path directory, Random random) throws Exception {
        Shipped.seqgan(Map.of(), matrix(directory, "--on", "workers")).awaitEnd();
        List<Running> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          List<String> words = List.of("worker", directory.toString(), "--lease", "3");
          workers.add(Shipped.seqgan(Map.of(), words));
        }
        await(directory, () -> begun(directory.resolve("work")) >= 2, "two cells run");
        for (int i = 0; i < 2; i++) {
          Thread.sleep(random.nextInt(LONGEST_MILLIS));
          workers.remove(random.nextInt(workers.size())).kill();
        }
        for (Running worker : workers) {
          worker.awaitEnd();
        }
      }
    },

    SLURM {
      @Override
      void run(Path directory, Random random) throws Exception {
        new Requirement("slurm")
            .orSkip(
                isSlurmInstalled(),
                "Slurm: needs root, slurmctld, slurmd and munged (slurm-wlm, munge)");
        Path slurm = folder.resolve("slurm");
        String script = Shipped.ROOT.resolve("scripts/slurm-on-loopback.sh").toString();
        Map<String, String> where = Map.of("SLURM_CONF", slurm.resolve("slurm.conf").toString());
        try {
          say(where, script, "start", slurm.toString(), "4", Integer.toString(twoFreePorts()));
          List<String> words =
              matrix(
                  directory,
                  ("--on slurm --threads 1 --memory 600m --workers 4 --partition main"
                          + " --time 10:00 --lease 4")
                      .split(" "));
          Shipped.seqgan(where, words).awaitEnd();
          String job =
              say(where, "squeue", "-h", "-o", "%F").lines().findFirst().orElseThrow().strip();
          // One is told to go and given back to the queue, as in a preemption; another is killed.
          awaitCell(directory, job + "_0");
          Thread.sleep(random.nextInt(LONGEST_MILLIS));
          say(where, "scontrol", "requeue", job + "_0");
          awaitCell(directory, job + "_1");
          Thread.sleep(random.nextInt(LONGEST_MILLIS));
          say(where, "scancel", "--signal=KILL", "--full", job + "_1");
          await(directory, () -> Files.exists(directory.resolve("results.csv")), "all is done");
          assertThat(directory.resolve("workers").resolve(job + "_0.txt"))
              .content()
              .contains("interrupted; other workers go on with what this one had");
        } finally {
          say(where, script, "stop", slurm.toString());
        }
      }
    },

    SPARK {
      @Override
      void run(Path directory, Random random) throws Exception {
        Path spark = folder.resolve("spark");
        try (StandaloneSpark cluster = StandaloneSpark.start(spark)) {
          Path events = Files.createDirectory(folder.resolve("events"));
          List<String> words = matrix(directory, "--on", cluster.master());
          words.addAll(List.of("--threads", "1", "--memory", "600m"));
          words.addAll(
              List.of("--spark-jar", PublishedArtefacts.jar("seqgan-spark", "").toString()));
          for (String setting :
              List.of(
                  "spark.executor.memory=512m",
                  "spark.cores.max=2",
                  "spark.seqgan.copyInterval=1s",
                  "spark.speculation=true",
                  "spark.speculation.quantile=0.1",
                  "spark.speculation.interval=500ms",
                  "spark.eventLog.enabled=true",
                  "spark.eventLog.compress=false",
                  "spark.eventLog.rolling.enabled=false",
                  "spark.eventLog.dir=" + events.toUri())) {
            words.addAll(List.of("--spark-conf", setting));
          }
          Running driver = Shipped.seqgan(cluster.environment(), words);
          await(
              directory,
              () -> copied(directory) >= 1 && cluster.isBusy(1) && cluster.isBusy(2),
              "both executors run cells, and one was copied");
          // One stands still, so that what it runs is run again elsewhere; the other is killed.
          List<ProcessHandle> standing = cluster.cells(1);
          List<ProcessHandle> orphans;
          try {
            for (ProcessHandle each : standing) {
              signal("STOP", each);
            }
            Thread.sleep(random.nextInt(LONGEST_MILLIS));
            orphans = cluster.cells(2);
            cluster.executor(2).destroyForcibly();
            driver.awaitEnd();
          } finally {
            for (ProcessHandle each : standing) { // or they would outlive a test that fails
              signal("CONT", each);
            }
          }
          assertThat(orphans).isNotEmpty();
          for (ProcessHandle each : Stream.concat(standing.stream(), orphans.stream()).toList()) {
            each.onExit().get(60, TimeUnit.SECONDS); // with whoever asked for their cells
          }
          assertThat(Files.readString(StandaloneSpark.only(events)))
              .contains("\"Speculative\":true")
              .contains("ExecutorLostFailure");
          assertThat(directory.resolve("spark")).doesNotExist();
        }
      }
    };

    /** Runs the matrix, and kills half of what runs it. */
    abstract void run(Path directory, Random random) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void hasTheResultsOfAnUndisturbedRun(Way way) throws Exception {
    Path directory = folder.resolve(way.name());
    way.run(directory, new Random(SEED));
    assertThat(TinyRun.results(directory))
        .as("seed %d", SEED)
        .isEqualTo(TinyRun.results(whole))
        .hasSize(7);
    assertThat(Shipped.weights(directory))
        .as("seed %d", SEED)
        .isEqualTo(Shipped.weights(whole))
        .hasSizeGreaterThan(6);
    for (String cell : List.of("mle-seed1", "seqgan-seed1", "seqgan-seed2", "seqgan-seed3")) {
      Path run = Path.of("cells", cell, "run");
      assertThat(TinyRun.figures(directory.resolve(run)))
          .as("seed %d: %s", SEED, cell)
          .isEqualTo(TinyRun.figures(whole.resolve(run)))
          .isNotEmpty();
    }
  }

  private static boolean isSlurmInstalled() {
    return "root".equals(System.getProperty("user.name"))
        && Stream.of("slurmctld", "slurmd", "munged")
            .allMatch(name -> Files.isExecutable(Path.of("/usr/sbin", name)));
  }

  /** The first of two neighbours that are free. */
  private static int twoFreePorts() {
    for (int port = 20_000; ; port += 7) {
      try (ServerSocket one = new ServerSocket(port);
          ServerSocket next = new ServerSocket(port + 1)) {
        assertThat(next.getLocalPort()).isEqualTo(one.getLocalPort() + 1);
        return port;
      } catch (IOException e) {
        continue;
      }
    }
  }

  private static String say(Map<String, String> environment, String... words) throws Exception {
    Running running = Shipped.start(environment, List.of(words));
    running.awaitEnd();
    return running.text();
  }

  /** Sends a signal, unless the process has ended meanwhile: some are there for a moment only. */
  private static void signal(String name, ProcessHandle process) throws Exception {
    Running kill =
        Shipped.start(Map.of(), List.of("kill", "-" + name, Long.toString(process.pid())));
    assertThat(kill.process().waitFor() == 0 || !process.isAlive()).as(kill.text()).isTrue();
  }

  private static void awaitCell(Path directory, String worker) throws Exception {
    Path log = directory.resolve("workers").resolve(worker + ".txt");
    await(directory, () -> contains(log, "started "), worker + " has a cell");
  }

  private static boolean contains(Path file, String text) throws IOException {
    return Files.exists(file) && Files.readString(file).contains(text);
  }

  /** How many attempts have figures. */
  private static int begun(Path work) throws IOException {
    if (!Files.exists(work)) {
      return 0;
    }
    try (Stream<Path> attempts = Files.list(work)) {
      return (int)
          attempts.filter(attempt -> Files.exists(attempt.resolve("run/metrics.jsonl"))).count();
    }
  }

  /** Of how many cells that have not ended there are checkpoints. */
  private static int copied(Path directory) throws IOException {
    Path copies = directory.resolve("spark");
    if (!Files.exists(copies)) {
      return 0;
    }
    int cells = 0;
    try (Stream<Path> all = Files.list(copies)) {
      for (Path cell : all.toList()) {
        try (Stream<Path> entries = Files.list(cell)) {
          cells += entries.anyMatch(entry -> entry.toString().endsWith(".whole")) ? 1 : 0;
        } catch (NoSuchFileException e) {
          continue; // it has ended
        }
      }
    }
    return cells;
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Path directory, Condition condition, String what) throws Exception {
    long start = System.nanoTime();
    while (!condition.holds()) {
      assertThat(System.nanoTime() - start)
          .as("%s in %s", what, directory)
          .isLessThan(TimeUnit.SECONDS.toNanos(600));
      Thread.sleep(50);
    }
  }
}
