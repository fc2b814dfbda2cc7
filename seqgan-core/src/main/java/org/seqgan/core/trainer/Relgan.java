package org.seqgan.core.trainer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.model.Initializer;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.Unrolled;
import org.seqgan.api.operation.Dropout;
import org.seqgan.api.plugin.About;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.api.training.Network;
import org.seqgan.api.training.PhasePlan;
import org.seqgan.api.training.Trainer;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.api.training.TrainerSize;

/**
 * RelGAN (Nie, Narodytska, Patel, ICLR 2019; weilinie/RelGAN). Relaxed tokens {@code softmax(beta
 * (o + g))} whose inverse temperature beta rises, a critic that looks at a sequence in many
 * representations, and the relativistic loss over the scores of all of them:
 *
 * <pre>
 * loss of the critic    = mean softplus(-(d(x) - d(y)))
 * loss of the generator = mean softplus(-(d(y) - d(x)))
 * beta of step i        = maximum^min(i / N, 1), i from 0     or another policy
 * </pre>
 *
 * <p>The critic: an embedding of R numbers a token, each of which is a representation of its own;
 * convolutions of several widths over time, the same for all representations, ReLU, max over time;
 * a highway layer; dropout, also in the generator's steps, as in the released code; linear to 100
 * and to 1.
 *
 * <p>The paper's generator is {@code relational-memory}; any other that can be unrolled will do.
 * Departures: the critic's highway layer has its gate's bias at -2, as elsewhere here. N is apart
 * from the number of steps, as in the released code, where it is 5,000 and training stops earlier.
 * Its formulas have no bound: past N beta would be above the maximum, and stays at it here.
 */
public final class Relgan implements TrainerProvider<Relgan.Options> {
  static final String ADVERSARIAL = "adversarial";
  static final String CRITIC = "critic";
  private static final int MIDDLE = 100;

  /**
   * Section {@code training} of trainer {@code relgan}. Defaults are those of the authors' code.
   */
  public record Options(
      @Option(description = "sequences per step of either model", defaultValue = "64", min = 1)
          int batchSize,
      @Option(description = "maximum likelihood", defaultValue = "{epochs = 150}")
          MaximumLikelihood.Options generatorPretraining,
      @Option(description = "the critic") Critic critic,
      @Option(description = "the game") Adversarial adversarial) {}

  /** Section {@code training.critic}. */
  public record Critic(
      @Option(
              description = "R: numbers of a token's embedding, each a representation",
              defaultValue = "64",
              min = 1)
          int representations,
      @Option(
              description = "how many tokens the filters cover",
              defaultValue = "[2, 3, 4, 5]",
              min = 1)
          List<Integer> filterWidths,
      @Option(description = "filters of each width", defaultValue = "300", min = 1) int filters,
      @Option(
              description =
                  "probability with which dropout keeps a feature, in the generator's steps too",
              defaultValue = "0.75",
              min = 0.01,
              max = 1)
          float keep) {}

  /** Section {@code training.adversarial}. */
  public record Adversarial(
      @Option(
              description = "how the generator is optimised",
              defaultValue = "{learning-rate = 0.0001, clip-norm = 5}")
          OptimizerOptions generatorOptimizer,
      @Option(
              description = "how the critic is optimised",
              defaultValue = "{learning-rate = 0.0001, clip-norm = 5}")
          OptimizerOptions criticOptimizer,
      @Option(
              description = "rounds, after which the generator can be measured",
              defaultValue = "60",
              min = 0)
          int rounds,
      @Option(
              description = "steps of a round, each one of the generator and some of the critic",
              defaultValue = "50",
              min = 1)
          int steps,
      @Option(description = "critic updates per step", defaultValue = "5", min = 1) int criticSteps,
      @Option(
              description = "the largest inverse temperature",
              defaultValue = "100.0",
              min = 0.001,
              max = 1000000)
          float maximum,
      @Option(
              description =
                  "how the inverse temperature rises: exponential, linear, or none (always 1)",
              defaultValue = "exponential")
          Policy policy,
      @Option(
              description = "N: the steps after which it is largest, and stays so",
              defaultValue = "5000",
              min = 2)
          int horizon,
      @Option(
              description = "what both play for: standard, relativistic, hinge or least-squares",
              defaultValue = "relativistic")
          GanLoss loss,
      @Option(
              description =
                  "what the generator reads of its own tokens: soft (relaxed), hard (ids, no gradient) or straight-through",
              defaultValue = "hard")
          Unrolled.Feedback feedback) {}

  /** How the inverse temperature rises over the steps, up to the horizon N. */
  public enum Policy {
    /** {@code maximum^(i / N)}. */
    EXPONENTIAL,
    /** {@code 1 + i / (N - 1) (maximum - 1)}. */
    LINEAR,
    /** 1. */
    NONE;

    /** Beta of a step, counted from 0; the maximum from step N on. */
    double inverseTemperature(int step, int horizon, double maximum) {
      boolean over = step >= horizon;
      return switch (this) {
        case EXPONENTIAL -> over ? maximum : Math.pow(maximum, (double) step / horizon);
        case LINEAR -> over ? maximum : 1 + step / (horizon - 1.0) * (maximum - 1);
        case NONE -> 1;
      };
    }
  }

  @Override
  public About<Options> about() {
    return new About<>(
        "relgan",
        "relaxed tokens of rising inverse temperature against a critic of many representations (Nie et al. 2019)",
        Options.class,
        ApiVersion.CURRENT);
  }

  @Override
  public List<PhasePlan> phases(Options options) {
    return List.of(
        options.generatorPretraining().plan(),
        PhasePlan.of(
            ADVERSARIAL,
            options.adversarial().rounds(),
            "adversarial.rounds",
            PhasePlan.Evaluated.BY_ROUNDS));
  }

  @Override
  public Set<TrainerPart> uses() {
    return Set.of(TrainerPart.GENERATOR);
  }

  @Override
  public Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put(
        "g-loss", "generator's loss, mean over the step's batches; nats per token in pre-training");
    figures.put("critic-loss", "critic's loss, mean over the step's batches");
    figures.put(
        Accuracy.FIGURE,
        Accuracy.OF_PAIRS + ", in each representation; with another loss of single sequences");
    figures.put("inverse-temperature", "beta, mean over the step's batches");
    GradientNorm.describe(figures);
    return figures;
  }

  @Override
  public TrainerSize size(Options options) {
    return new TrainerSize(2 * options.batchSize(), Map.of(), false);
  }

  @Override
  public Trainer create(TrainerContext context, Options options) {
    Adversarial game = options.adversarial();
    return new RelaxedTrainer(
        context,
        new RelaxedTrainer.Method(
            options.generatorPretraining(),
            game.generatorOptimizer(),
            models -> opponent(models, options),
            new RelaxedGame.Rules(options.batchSize(), game.feedback()),
            new RelaxedTrainer.Rounds(
                game.steps(),
                game.criticSteps(),
                CRITIC,
                (round, step, progress) -> {
                  int before = (round - 1) * game.steps() + step;
                  double beta =
                      game.policy().inverseTemperature(before, game.horizon(), game.maximum());
                  progress.add("inverse-temperature", beta, 1);
                  return beta;
                })));
  }

  private static RelaxedGame.Opponent opponent(TrainerContext models, Options options) {
    Model critic = new Model(models.task().data().vocabulary().size(), options.critic());
    Network network =
        models.network(CRITIC, critic.parameters(), options.adversarial().criticOptimizer());
    return new RelaxedGame.Scorer(network, critic::scores, options.adversarial().loss());
  }

  /**
   * The critic.
   *
   * @param vocabulary V
   * @param options its sizes
   */
  record Model(int vocabulary, Critic options) {
    private int features() {
      return options.filterWidths().size() * options.filters();
    }

    /** Truncated normal numbers with a deviation of 1 over the root of a unit's inputs. */
    private static Initializer scaled(int inputs) {
      return new Initializer.TruncatedNormal((float) (1 / Math.sqrt(inputs)));
    }

    List<ParameterSpec> parameters() {
      Initializer zero = new Initializer.Constant(0);
      int features = features();
      List<ParameterSpec> specs = new ArrayList<>();
      specs.add(
          ParameterSpec.of("embedding", scaled(vocabulary), vocabulary, options.representations()));
      for (int width : options.filterWidths()) {
        specs.add(ParameterSpec.of("conv" + width + ".W", scaled(width), width, options.filters()));
        specs.add(ParameterSpec.of("conv" + width + ".b", zero, options.filters()));
      }
      specs.add(ParameterSpec.of("highway.W", scaled(features), features, features));
      specs.add(ParameterSpec.of("highway.b", zero, features));
      specs.add(ParameterSpec.of("gate.W", scaled(features), features, features));
      specs.add(ParameterSpec.of("gate.b", new Initializer.Constant(-2), features));
      specs.add(ParameterSpec.of("middle.W", scaled(features), features, MIDDLE));
      specs.add(ParameterSpec.of("middle.b", zero, MIDDLE));
      specs.add(ParameterSpec.of("out.W", scaled(MIDDLE), MIDDLE, 1));
      specs.add(ParameterSpec.of("out.b", zero, 1));
      return specs;
    }

    /** The score of each sequence in each representation, {@code [B * R]}. */
    Variable scores(Tape tape, RelaxedGame.Batch batch) {
      Variable x = // (batch, time, representations)
          tape.embedding(tape.parameter("embedding"), batch.tokens());
      int count = x.value().dim(0);
      int time = x.value().dim(1);
      int rows = count * options.representations();
      Variable each = // (batch * representations, time, 1)
          tape.reshape(tape.permute(x, 0, 2, 1), rows, time, 1);
      int[] lengths = new int[rows];
      int[] ofSequences = tape.scope().read(batch.lengths());
      for (int i = 0; i < count; i++) {
        Arrays.fill(
            lengths,
            i * options.representations(),
            (i + 1) * options.representations(),
            ofSequences[i]);
      }
      TensorScope scope = tape.scope();
      List<Variable> filters = new ArrayList<>();
      for (int width : options.filterWidths()) {
        filters.add(tape.parameter("conv" + width + ".W"));
        filters.add(tape.parameter("conv" + width + ".b"));
      }
      Variable features = // (batch * representations, features)
          tape.highway(
              tape.convMaxPool(each, options.filterWidths(), filters, scope.ints(lengths, rows)),
              tape.parameter("highway.W"),
              tape.parameter("highway.b"),
              tape.parameter("gate.W"),
              tape.parameter("gate.b"));
      Variable middle =
          tape.linear(
              dropout(tape, features),
              tape.parameter("middle.W"),
              tape.parameter("middle.b"),
              Activation.IDENTITY);
      Variable scores =
          tape.linear(
              middle, tape.parameter("out.W"), tape.parameter("out.b"), Activation.IDENTITY);
      return tape.reshape(scores, rows);
    }

    /** Always on: where the critic is frozen, too. */
    private Variable dropout(Tape tape, Variable features) {
      if (options.keep() == 1f) {
        return features;
      }
      RandomDraws draws = tape.draws(features.value().size());
      return tape.apply(List.of(features), in -> new Dropout(in.get(0), options.keep(), draws));
    }
  }
}
