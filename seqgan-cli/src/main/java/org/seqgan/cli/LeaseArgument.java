package org.seqgan.cli;

import java.time.Duration;
import java.util.List;
import org.seqgan.core.matrix.CellQueue;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For how long a process that takes cells may be silent. */
final class LeaseArgument {
  private static final double LEAST_SECONDS = 1;
  private static final double MOST_SECONDS = 86_400;

  @Option(
      names = "--lease",
      paramLabel = "SECONDS",
      description =
          "after how long a silence others take this process for dead, and go on with its cells;"
              + " longer than the folder's server is ever away (default: ${DEFAULT-VALUE})")
  private double seconds = CellQueue.LEASE.toSeconds();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  LeaseArgument() {}

  boolean isGiven() {
    return command.commandLine().getParseResult().hasMatchedOption("--lease");
  }

  Duration length() {
    if (!(seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS)) {
      throw Misuse.of("--lease: expected 1 to 86400 seconds, found " + seconds);
    }
    return Duration.ofMillis(Math.round(1000 * seconds));
  }

  /** As they are given to another process; of what nobody chose, nothing. */
  List<String> words() {
    return isGiven() ? List.of("--lease", Double.toString(length().toMillis() / 1e3)) : List.of();
  }
}
