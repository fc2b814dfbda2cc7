package org.seqgan.core.model;

import java.util.List;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.random.RandomStream;

/** A generator that draws by a model of {@link TokenFrequencies} and learns in its own way. */
abstract class TokenModelGenerator implements Generator, SharedSampling {
  /** Gives the distribution; closed with this. */
  final Generator model;

  TokenModelGenerator(Generator model) {
    this.model = model;
  }

  @Override
  public final Sequences sample(int count, Decoding decoding, RandomStream stream) {
    return model.sample(count, decoding, stream);
  }

  @Override
  public final boolean canShare() {
    return model instanceof SharedSampling shared && shared.canShare();
  }

  @Override
  public final List<Sequences> sampleTogether(List<Share> shares) {
    return ((SharedSampling) model).sampleTogether(shares);
  }

  @Override
  public final Completions complete(
      Sequences sequences, int copies, Decoding decoding, RandomStream stream) {
    return model.complete(sequences, copies, decoding, stream);
  }

  @Override
  public final TokenValues logProbabilities(Sequences sequences) {
    return model.logProbabilities(sequences);
  }

  @Override
  public final NextTokens nextTokens(Sequences sequences, int[] cells) {
    return model.nextTokens(sequences, cells);
  }

  @Override
  public final void close() {
    model.close();
  }
}
