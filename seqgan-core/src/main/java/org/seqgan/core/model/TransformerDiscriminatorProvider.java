package org.seqgan.core.model;

import org.seqgan.api.ApiVersion;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.DiscriminatorContext;
import org.seqgan.api.discriminator.DiscriminatorProvider;
import org.seqgan.api.plugin.About;
import org.seqgan.api.plugin.Option;

/** Discriminator {@code transformer}. */
public final class TransformerDiscriminatorProvider
    implements DiscriminatorProvider<TransformerDiscriminatorProvider.Options> {
  /** Options of discriminator {@code transformer}. */
  public record Options(
      @Option(
              description = "width of embeddings and blocks",
              defaultValue = "64",
              min = 1,
              max = Options.WIDEST)
          int width,
      @Option(description = "heads of attention; they divide width", defaultValue = "4", min = 1)
          int heads,
      @Option(description = "blocks of attention and feed-forward", defaultValue = "2", min = 1)
          int blocks,
      @Option(
              description = "width of the feed-forward layers within",
              defaultValue = "256",
              min = 1,
              max = Options.WIDEST)
          int feedForwardSize,
      @Option(
              description =
                  "probability with which dropout keeps a number of what a block adds, and of the features",
              defaultValue = "0.9",
              min = 0.01,
              max = 1)
          float keep,
      @Option(description = "L2 penalty on the output layer", defaultValue = "0.2", min = 0)
          float l2) {
    /** Its square is just what one parameter may have. */
    static final int WIDEST = 23_170;

    /** Checks that the heads divide the width. */
    public Options {
      if (width % heads != 0) {
        throw new IllegalArgumentException(
            "heads must divide width; found %d heads and a width of %d".formatted(heads, width));
      }
    }
  }

  @Override
  public About<Options> about() {
    return new About<>(
        "transformer",
        "Transformer blocks over tokens and positions, judged by their mean",
        Options.class,
        ApiVersion.CURRENT);
  }

  @Override
  public Discriminator create(DiscriminatorContext context, Options options) {
    return context.classifier(
        new TransformerClassifier(
            context.vocabulary().size(),
            context.sequenceLength(),
            options.width(),
            options.heads(),
            options.blocks(),
            options.feedForwardSize(),
            options.keep(),
            options.l2()));
  }
}
