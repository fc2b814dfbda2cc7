package org.seqgan.cli;

import org.jspecify.annotations.Nullable;
import org.seqgan.core.run.CheckpointChoice;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of a command that choose one of a run's checkpoints. */
final class CheckpointArguments {
  @ArgGroup private @Nullable Choice choice;

  CheckpointArguments() {}

  /** One of them. */
  private static final class Choice {
    @Option(
        names = "--step",
        paramLabel = "PHASE-N",
        description = "the checkpoint of that step, such as adversarial-12")
    private @Nullable String step;

    @Option(
        names = "--best",
        description = "the checkpoint that was best by the first metric of the run's evaluations")
    private boolean best;

    @Option(names = "--last", description = "the newest checkpoint (default)")
    private boolean last;
  }

  /** Whether any of them was given. */
  boolean isGiven() {
    return choice != null;
  }

  /** What was chosen; the newest where nothing was. */
  CheckpointChoice choice() {
    if (choice == null || choice.last) {
      return new CheckpointChoice.Last();
    }
    return choice.step == null
        ? new CheckpointChoice.Best()
        : new CheckpointChoice.Named(choice.step);
  }
}
