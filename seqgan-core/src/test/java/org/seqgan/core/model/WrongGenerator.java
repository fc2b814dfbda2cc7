package org.seqgan.core.model;

import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;

/** A generator that does all as a right one does, but for what a subclass does otherwise. */
abstract class WrongGenerator implements Generator {
  final Generator right;

  WrongGenerator(Generator right) {
    this.right = right;
  }

  @Override
  public Sequences sample(int count, Decoding decoding, RandomStream stream) {
    return right.sample(count, decoding, stream);
  }

  @Override
  public Completions complete(
      Sequences sequences, int copies, Decoding decoding, RandomStream stream) {
    return right.complete(sequences, copies, decoding, stream);
  }

  @Override
  public TokenValues logProbabilities(Sequences sequences) {
    return right.logProbabilities(sequences);
  }

  @Override
  public NextTokens nextTokens(Sequences sequences, int[] cells) {
    return right.nextTokens(sequences, cells);
  }

  @Override
  public Step trainMaximumLikelihood(Sequences batch, float truth, RandomStream stream) {
    return right.trainMaximumLikelihood(batch, truth, stream);
  }

  @Override
  public Step trainPolicyGradient(Sequences batch, TokenValues rewards, float temperature) {
    return right.trainPolicyGradient(batch, rewards, temperature);
  }

  @Override
  public void moveTowards(Generator other, float fraction) {
    right.moveTowards(((WrongGenerator) other).right, fraction);
  }

  @Override
  public NamedArrays parameters() {
    return right.parameters();
  }

  @Override
  public void setParameters(NamedArrays parameters) {
    right.setParameters(parameters);
  }

  @Override
  public NamedArrays optimizerState() {
    return right.optimizerState();
  }

  @Override
  public void setOptimizerState(NamedArrays state) {
    right.setOptimizerState(state);
  }

  @Override
  public void close() {
    right.close();
  }
}
