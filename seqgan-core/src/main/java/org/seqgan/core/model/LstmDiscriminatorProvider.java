package org.seqgan.core.model;

import org.seqgan.api.ApiVersion;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.DiscriminatorContext;
import org.seqgan.api.discriminator.DiscriminatorProvider;
import org.seqgan.api.plugin.About;
import org.seqgan.api.plugin.Option;

/** Discriminator {@code lstm}. */
public final class LstmDiscriminatorProvider
    implements DiscriminatorProvider<LstmDiscriminatorProvider.Options> {
  /**
   * Options of discriminator {@code lstm}; the defaults are those of {@code cnn} where it has them.
   */
  public record Options(
      @Option(
              description = "width of the token embedding",
              defaultValue = "64",
              min = 1,
              max = 65536)
          int embeddingSize,
      @Option(
              description = "width of the hidden state",
              defaultValue = "64",
              min = 1,
              max = LstmOptions.WIDEST)
          int hiddenSize,
      @Option(
              description = "probability with which dropout keeps a number of the last state",
              defaultValue = "0.75",
              min = 0.01,
              max = 1)
          float keep,
      @Option(description = "L2 penalty on the output layer", defaultValue = "0.2", min = 0)
          float l2) {}

  @Override
  public About<Options> about() {
    return new About<>(
        "lstm",
        "LSTM over token embeddings, judged by its state at the last token",
        Options.class,
        ApiVersion.CURRENT);
  }

  @Override
  public Discriminator create(DiscriminatorContext context, Options options) {
    return context.classifier(
        new LstmClassifier(
            context.vocabulary().size(),
            options.embeddingSize(),
            options.hiddenSize(),
            options.keep(),
            options.l2()));
  }
}
