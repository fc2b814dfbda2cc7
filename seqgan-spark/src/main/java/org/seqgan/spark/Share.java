package org.seqgan.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkConf;

/**
 * What the cells of one executor may use: its processors, and of its memory what is beside the
 * heap.
 *
 * @param cells how many run at a time
 * @param threads of all of them together
 * @param megabytes of all of them together
 */
record Share(int cells, int threads, long megabytes) implements Serializable {
  private static final String CORES = "spark.executor.cores";
  private static final String OVERHEAD = "spark.executor.memoryOverhead";

  /** What Spark's own process needs beside its heap, and the one that looks after the cells. */
  static final long RESERVED_MEGABYTES = 384;

  /** The least that {@code seqgan} takes for a cell. */
  private static final long LEAST_MEGABYTES = 512;

  /**
   * As an application is configured.
   *
   * @throws Refusal where it does not say, because what Spark would choose is too little
   */
  static Share of(SparkConf conf) {
    if (!conf.contains(CORES) || !conf.contains(OVERHEAD)) {
      throw new Refusal(
          Refusal.USAGE,
          "expected what each executor gives to cells, --conf %s=N and --conf %s=SIZE, found no %s"
              .formatted(CORES, OVERHEAD, conf.contains(CORES) ? OVERHEAD : CORES));
    }
    int threads = conf.getInt(CORES, 1);
    int cells = threads / conf.getInt("spark.task.cpus", 1);
    if (cells < 1) {
      throw new Refusal(
          Refusal.USAGE,
          "expected %s to be at least spark.task.cpus (%d), found %d"
              .formatted(CORES, conf.getInt("spark.task.cpus", 1), threads));
    }
    long megabytes = conf.getSizeAsMb(OVERHEAD) - RESERVED_MEGABYTES;
    if (megabytes < cells * LEAST_MEGABYTES) {
      throw new Refusal(
          Refusal.USAGE,
          "expected %s of at least %dm, which is %dm for each of %d cells at a time and %dm for Spark, found %s"
              .formatted(
                  OVERHEAD,
                  cells * LEAST_MEGABYTES + RESERVED_MEGABYTES,
                  LEAST_MEGABYTES,
                  cells,
                  RESERVED_MEGABYTES,
                  conf.get(OVERHEAD)));
    }
    return new Share(cells, threads, megabytes);
  }

  /** As {@code seqgan worker} is told. */
  List<String> words() {
    return List.of(
        "-j",
        Integer.toString(cells),
        "--threads",
        Integer.toString(threads),
        "--memory",
        megabytes + "m");
  }
}
