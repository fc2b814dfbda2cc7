package org.seqgan.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Who hears of a run while it trains. */
final class ListenArguments {
  @Option(
      names = "--listen",
      paramLabel = "LISTENER|LISTENER{...}",
      description =
          "tell another tool of the run, such as tensorboard; with its options as 'mlflow { url ="
              + " \"http://...\" }'; may be given again ('seqgan plugins' lists them)")
  private List<String> words = new ArrayList<>();

  ListenArguments() {}

  /** As they were given, in order. */
  List<String> words() {
    return words;
  }
}
