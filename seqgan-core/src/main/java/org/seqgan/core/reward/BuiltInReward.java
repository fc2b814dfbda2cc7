package org.seqgan.core.reward;

import java.util.function.BiFunction;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardContext;
import org.seqgan.api.reward.RewardProvider;
import org.seqgan.core.registry.BuiltInProvider;

/**
 * The providers of the built-in rewards: a name, options, and the function that makes the reward.
 */
public abstract sealed class BuiltInReward<O extends Record> extends BuiltInProvider<O>
    implements RewardProvider<O> {
  private final BiFunction<RewardContext, O, Reward> create;

  private BuiltInReward(
      String name,
      String description,
      Class<O> optionsType,
      BiFunction<RewardContext, O, Reward> create) {
    super(name, description, optionsType);
    this.create = create;
  }

  @Override
  public Reward create(RewardContext context, O options) {
    return create.apply(context, options);
  }

  /** N, the completions of each prefix that its reward asks for; 0 for none. */
  public static int rollOuts(Record options) {
    return options instanceof RollsOut rollsOut ? rollsOut.rollOuts() : 0;
  }

  /** Options of rewards that complete prefixes. */
  interface RollsOut {
    /** N. */
    int rollOuts();
  }

  /** Options of rewards that search with the discriminator. */
  public record SearchOptions(
      @Option(
              description = "N: completions of each prefix",
              defaultValue = "16",
              min = 1,
              max = 100000)
          int rollOuts)
      implements RollsOut {}

  /** Options of reward {@code constant}. */
  public record ConstantOptions(
      @Option(description = "the reward of every token", defaultValue = "1.0") float value) {}

  /** Reward {@code discriminator}: Eq. 4. */
  public static final class Discriminator extends BuiltInReward<SearchOptions> {
    /** For the service loader. */
    public Discriminator() {
      super(
          "discriminator",
          "mean score of the discriminator over N roll-outs of each prefix (Eq. 4)",
          SearchOptions.class,
          (context, options) -> new MonteCarloSearch(options.rollOuts()));
    }
  }

  /** Reward {@code bleu}: PG-BLEU. */
  public static final class Bleu extends BuiltInReward<BleuReward.Options> {
    /** For the service loader. */
    public Bleu() {
      super(
          "bleu",
          "mean BLEU of N roll-outs of each prefix against training sequences (PG-BLEU)",
          BleuReward.Options.class,
          (context, options) ->
              new BleuReward(options, context.training(), context.vocabulary().endToken()));
    }
  }

  /** Reward {@code blend}: the discriminator with an objective. */
  public static final class Blend extends BuiltInReward<BlendReward.Options> {
    /** For the service loader. */
    public Blend() {
      super(
          "blend",
          "mean of the discriminator's score mixed with an objective, over N roll-outs (ORGAN, Guimaraes et al. 2017)",
          BlendReward.Options.class,
          BlendReward::new);
    }
  }

  /** Reward {@code maligan}: importance weights. */
  public static final class Maligan extends BuiltInReward<MaliganReward.Options> {
    /** For the service loader. */
    public Maligan() {
      super(
          "maligan",
          "importance weights D/(1-D) of whole sequences, normalised over the batch (Che et al. 2017)",
          MaliganReward.Options.class,
          (context, options) -> new MaliganReward(options));
    }
  }

  /** Reward {@code constant}: a control. */
  public static final class Constant extends BuiltInReward<ConstantOptions> {
    /** For the service loader. */
    public Constant() {
      super(
          "constant",
          "control: the same number for every token",
          ConstantOptions.class,
          (context, options) -> ControlRewards.constant(options.value()));
    }
  }

  /** Reward {@code random}: a control. */
  public static final class Random extends BuiltInReward<NoOptions> {
    /** For the service loader. */
    public Random() {
      super(
          "random",
          "control: a uniform random number for every token",
          NoOptions.class,
          (context, options) -> ControlRewards.random());
    }
  }

  /** Reward {@code shuffled}: a control. */
  public static final class Shuffled extends BuiltInReward<SearchOptions> {
    /** For the service loader. */
    public Shuffled() {
      super(
          "shuffled",
          "control: the discriminator's reward, given to the wrong sequences of the batch",
          SearchOptions.class,
          (context, options) -> ControlRewards.shuffled(new MonteCarloSearch(options.rollOuts())));
    }
  }
}
