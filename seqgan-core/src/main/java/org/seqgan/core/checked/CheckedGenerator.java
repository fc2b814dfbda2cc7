package org.seqgan.core.checked;

import java.util.List;
import java.util.Optional;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.model.SharedSampling;
import org.seqgan.core.registry.PluginOrigin;

/**
 * A plugin's generator, checked as every policy is. A loss that is no number is not its fault:
 * training may have diverged.
 */
public final class CheckedGenerator extends CheckedPolicy implements Generator, SharedSampling {
  private final Generator generator;
  private final PluginOrigin origin;

  /**
   * Checks a generator.
   *
   * @param generator closed with this
   * @param origin the plugin that made it
   * @param vocabulary of its task
   * @param time T, the number of positions of every sequence
   */
  public CheckedGenerator(
      Generator generator, PluginOrigin origin, Vocabulary vocabulary, int time) {
    super(generator, origin, vocabulary, time);
    this.generator = generator;
    this.origin = origin;
  }

  @Override
  public Step trainMaximumLikelihood(Sequences batch, float truth, RandomStream stream) {
    return origin.call(
        "trainMaximumLikelihood", () -> generator.trainMaximumLikelihood(batch, truth, stream));
  }

  @Override
  public Step trainPolicyGradient(Sequences batch, TokenValues rewards) {
    return origin.call("trainPolicyGradient", () -> generator.trainPolicyGradient(batch, rewards));
  }

  @Override
  public Step trainPolicyGradient(Sequences batch, TokenValues rewards, float temperature) {
    return origin.call(
        "trainPolicyGradient", () -> generator.trainPolicyGradient(batch, rewards, temperature));
  }

  @Override
  public boolean canShare() {
    return generator instanceof SharedSampling shared && shared.canShare();
  }

  @Override
  public List<Sequences> sampleTogether(List<Share> shares) {
    SharedSampling shared = (SharedSampling) generator;
    List<Sequences> drawn = origin.call("sample", () -> shared.sampleTogether(shares));
    for (int i = 0; i < shares.size(); i++) {
      requireSamples(drawn.get(i), shares.get(i).count());
    }
    return drawn;
  }

  /** A generator knows its own kind: it gets the other as its plugin made it. */
  @Override
  public void moveTowards(Generator other, float fraction) {
    Generator plain = other instanceof CheckedGenerator checked ? checked.generator : other;
    origin.run("moveTowards", () -> generator.moveTowards(plain, fraction));
  }

  /** What a loss of a trainer's own does is the trainer's. */
  @Override
  public Optional<OnTape<AutoregressiveModel>> onTape(OptimizerOptions optimizer) {
    return origin.call("onTape", () -> generator.onTape(optimizer));
  }

  @Override
  public NamedArrays parameters() {
    return origin.call("parameters", generator::parameters);
  }

  @Override
  public void setParameters(NamedArrays parameters) {
    origin.run("setParameters", () -> generator.setParameters(parameters));
  }

  @Override
  public NamedArrays optimizerState() {
    return origin.call("optimizerState", generator::optimizerState);
  }

  @Override
  public void setOptimizerState(NamedArrays state) {
    origin.run("setOptimizerState", () -> generator.setOptimizerState(state));
  }

  @Override
  public void close() {
    origin.run("close", generator::close);
  }
}
