package org.seqgan.backend.dl4j.graph;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.GeneratorContract;

@DisplayName("Generator dl4j-graph, an LSTM, keeps the contract of a generator")
class GraphGeneratorTest extends GeneratorContract {
  @TempDir private Path folder;

  @Override
  protected Generator create(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
    Path file = Graphs.json(folder.resolve("g.json"), Graphs.generator(vocabulary.size()));
    return new GraphGeneratorProvider()
        .create(
            new Contexts.OfGenerator(backend, vocabulary, sequenceLength, RandomStream.of(seed)),
            new GraphOptions(file, Optional.empty()));
  }

  /** DL4J's layers are no operations of a tape. */
  @Override
  protected Set<Capability> lacks() {
    return Set.of(Capability.ON_TAPE);
  }
}
