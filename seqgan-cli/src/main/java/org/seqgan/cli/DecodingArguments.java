package org.seqgan.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.backend.Decoding;
import picocli.CommandLine.Option;

/** The options of a command that say how tokens are drawn. */
final class DecodingArguments {
  @Option(
      names = "--temperature",
      description = "divides the logits (default: 1, or what the model's file says)")
  private @Nullable Float temperature;

  @Option(
      names = "--top-k",
      description =
          "draw from the k likeliest tokens; 0 for all (default: 0, or what the model's file says)")
  private @Nullable Integer topK;

  @Option(
      names = "--top-p",
      description =
          "draw from the likeliest tokens of this mass (default: 1, or what the model's file says)")
  private @Nullable Float topP;

  DecodingArguments() {}

  /** Whether any of them is given. */
  boolean areGiven() {
    return temperature != null || topK != null || topP != null;
  }

  /**
   * What is said, and in the place of what is not what a model says.
   *
   * @throws org.seqgan.api.UserException if a number is out of its range
   */
  Decoding over(Decoding usual) {
    try {
      return new Decoding(
          Optional.ofNullable(temperature).orElse(usual.temperature()),
          Optional.ofNullable(topK).orElse(usual.topK()),
          Optional.ofNullable(topP).orElse(usual.topP()));
    } catch (IllegalArgumentException e) {
      throw Misuse.of(e.getMessage());
    }
  }
}
