package org.seqgan.backend.dl4j.graph;

import org.seqgan.api.ApiVersion;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.GeneratorContext;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.plugin.About;

/**
 * Generator {@code dl4j-graph}: a network of one's own that can step. It is trained by the updater
 * of the graph's configuration, not by the optimisers that a trainer offers.
 */
public final class GraphGeneratorProvider implements GeneratorProvider<GraphOptions> {
  @Override
  public About<GraphOptions> about() {
    return new About<>(
        "dl4j-graph",
        "a recurrent ComputationGraph of DeepLearning4J, trained by its own updater",
        GraphOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public Generator create(GeneratorContext context, GraphOptions options) {
    return GraphGenerator.open(context, options);
  }
}
