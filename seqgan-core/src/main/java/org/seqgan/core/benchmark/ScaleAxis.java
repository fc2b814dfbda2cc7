package org.seqgan.core.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A size that is varied while all others stay those of the paper. */
public enum ScaleAxis {
  /** Tokens that there are. */
  VOCABULARY(
      "task.vocabulary-size",
      List.of(1_000, 5_000, 20_000, 50_000, 100_000),
      List.of(ScaleStep.MLE_STEP, ScaleStep.SAMPLE, ScaleStep.D_STEP)),

  /**
   * Tokens of a sequence. The discriminator is the same at all lengths: it has those of the paper's
   * filters that the shortest has room for.
   */
  LENGTH(
      "task.sequence-length",
      List.of(10, 20, 40, 80, 160),
      List.of(ScaleStep.MLE_STEP, ScaleStep.SAMPLE, ScaleStep.D_STEP, ScaleStep.G_STEP)) {
    @Override
    List<String> overrides(int value) {
      List<String> all = new ArrayList<>(super.overrides(value));
      all.add("discriminator.filter-widths=[1,2,3,4,5,6,7,8,9,10]");
      all.add("discriminator.filter-counts=[100,200,200,200,200,100,100,100,100,100]");
      return all;
    }
  },

  /** Sequences of a step. */
  BATCH(
      "training.batch-size",
      List.of(16, 64, 256, 1_024),
      List.of(ScaleStep.MLE_STEP, ScaleStep.SAMPLE, ScaleStep.D_STEP)) {
    @Override
    int batch(int value) {
      return value;
    }
  },

  /** Width of the generator's hidden state. */
  HIDDEN(
      "generator.hidden-size",
      List.of(32, 64, 128, 256, 512),
      List.of(ScaleStep.MLE_STEP, ScaleStep.SAMPLE)),

  /** Threads of the backend, from one to a thread for each processor. */
  THREADS(
      "backend.threads",
      doublings(Runtime.getRuntime().availableProcessors()),
      List.of(ScaleStep.MLE_STEP, ScaleStep.SAMPLE, ScaleStep.D_STEP, ScaleStep.G_STEP)) {
    @Override
    int workers(int value) {
      return value;
    }
  };

  private static final int STANDARD_BATCH = 64;

  private final String option;
  private final List<Integer> sizes;
  private final List<ScaleStep> steps;

  ScaleAxis(String option, List<Integer> sizes, List<ScaleStep> steps) {
    this.option = option;
    this.sizes = sizes;
    this.steps = steps;
  }

  /** 1, 2, 4 and so on, and the end itself. */
  static List<Integer> doublings(int end) {
    List<Integer> all = new ArrayList<>();
    for (int i = 1; i < end; i *= 2) {
      all.add(i);
    }
    all.add(end);
    return all;
  }

  /** As the command line has it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The option of a configuration that is varied. */
  public String option() {
    return option;
  }

  /** The values that are measured, rising. */
  public List<Integer> sizes() {
    return sizes;
  }

  /** What is timed at each of them. */
  public List<ScaleStep> steps() {
    return steps;
  }

  /** The options of a point. */
  List<String> overrides(int value) {
    // Data play no part: few sequences open fast.
    return List.of("task.training-sequences=" + batch(value), option + "=" + value);
  }

  /** Sequences of a step. */
  int batch(int value) {
    return STANDARD_BATCH;
  }

  /** What the machine gives, in parts of what it gives at the other points. */
  int workers(int value) {
    return 1;
  }
}
