package org.seqgan.backend.dl4j.graph;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.DiscriminatorContract;

@DisplayName("Discriminator dl4j-graph, a convolution, keeps the contract of a discriminator")
class ConvolutionalGraphDiscriminatorTest extends DiscriminatorContract {
  @TempDir private Path folder;

  @Override
  protected Discriminator create(
      TensorBackend backend, Vocabulary vocabulary, int sequenceLength, long seed) {
    Path file = Graphs.json(folder.resolve("d.json"), Graphs.convolutional(vocabulary.size()));
    return new GraphDiscriminatorProvider()
        .create(
            new Contexts.OfDiscriminator(
                backend, vocabulary, sequenceLength, RandomStream.of(seed)),
            new GraphOptions(file, Optional.empty()));
  }

  /** DL4J's layers are no operations of a tape, and this graph judges whole sequences. */
  @Override
  protected Set<Capability> lacks() {
    return Set.of(Capability.ON_TAPE, Capability.TOKEN_SCORES);
  }
}
