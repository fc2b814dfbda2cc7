package org.seqgan.backend.dl4j.graph;

import org.seqgan.api.ApiVersion;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.DiscriminatorContext;
import org.seqgan.api.discriminator.DiscriminatorProvider;
import org.seqgan.api.plugin.About;

/**
 * Discriminator {@code dl4j-graph}: a network of one's own. It is trained by the updater of the
 * graph's configuration, not by the optimiser that a trainer offers.
 */
public final class GraphDiscriminatorProvider implements DiscriminatorProvider<GraphOptions> {
  @Override
  public About<GraphOptions> about() {
    return new About<>(
        "dl4j-graph",
        "a ComputationGraph of DeepLearning4J, trained by its own updater",
        GraphOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public Discriminator create(DiscriminatorContext context, GraphOptions options) {
    return GraphDiscriminator.open(context, options);
  }
}
