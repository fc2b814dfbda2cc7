package org.seqgan.backend.dl4j.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.GeneratorContract;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

@DisplayName("Generator dl4j-graph, an LSTM, keeps the contract of a generator")
class GraphGeneratorTest extends GeneratorContract {
  @TempDir private Path folder;

  @Override
  protected Generator create(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
    return create(Graphs.generator(vocabulary.size()), backend, vocabulary, sequenceLength, seed);
  }

  private Generator create(
      ComputationGraphConfiguration graph,
      TensorBackend backend,
      Vocabulary vocabulary,
      int sequenceLength,
      long seed) {
    return new GraphGeneratorProvider()
        .create(
            new Contexts.OfGenerator(backend, vocabulary, sequenceLength, RandomStream.of(seed)),
            new GraphOptions(Graphs.json(folder.resolve("g.json"), graph), Optional.empty()));
  }

  /** Else runs with the same data differ by less than their seeds. */
  @Test
  void dropoutDependsOnTheSeed() {
    Vocabulary vocabulary = Vocabulary.fixedLength(5, 0);
    ComputationGraphConfiguration graph = Graphs.generator(vocabulary.size());
    LayerVertex out = (LayerVertex) graph.getVertices().get("out");
    out.getLayerConf().getLayer().setIDropout(new Dropout(0.5));
    try (TensorBackend backend = new ReferenceBackend(ReferenceOptions.defaults());
        Generator one = create(graph, backend, vocabulary, 4, 1);
        Generator same = create(graph, backend, vocabulary, 4, 1);
        Generator other = create(graph, backend, vocabulary, 4, 2)) {
      other.setParameters(one.parameters());
      Sequences batch = one.sample(8, Decoding.SAMPLE, RandomStream.of(3));
      for (Generator each : List.of(one, same, other)) {
        each.trainMaximumLikelihood(batch, 1, RandomStream.of(4));
      }
      assertThat(weights(same)).isEqualTo(weights(one));
      assertThat(weights(other)).isNotEqualTo(weights(one));
    }
  }

  private static float[] weights(Generator generator) {
    return generator.parameters().get("lstm_W").values();
  }

  /** DL4J's layers are no operations of a tape. */
  @Override
  protected Set<Capability> lacks() {
    return Set.of(Capability.ON_TAPE);
  }
}
