package org.seqgan.core.trainer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.Step;
import org.seqgan.api.plugin.About;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.training.PhasePlan;
import org.seqgan.api.training.Progress;
import org.seqgan.api.training.Trainer;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.api.training.TrainerSize;

/**
 * Cooperative training (CoT: Lu et al., ICML 2019, arXiv 1804.03782). No discriminator and no
 * pre-training: a mediator M learns the even mixture of real and generated sequences by maximum
 * likelihood, and the generator lowers the Jensen-Shannon divergence that M estimates, token by
 * token and exactly over the vocabulary, instead of by REINFORCE:
 *
 * <pre>
 * loss of M = -1/2 (mean over real tokens of log M + mean over generated tokens of log M)
 * loss of G = mean over the tokens of s ~ G of sum over v of G(v|s_1:t-1) (log G(v|s_1:t-1) - log M(v|s_1:t-1))
 * </pre>
 *
 * <p>The gradient of the second flows through both factors G, not through the prefixes s and not
 * into M.
 *
 * <p>Departures: M has the sizes of the configured generator, where the authors give it twice as
 * many units.
 */
public final class Cot implements TrainerProvider<Cot.Options> {
  static final String COOPERATION = "cooperation";
  static final String MEDIATOR = "mediator";

  /** Section {@code training} of trainer {@code cot}. Defaults are those of the authors' code. */
  public record Options(
      @Option(
              description = "sequences per step of either model; the mediator's has as many real",
              defaultValue = "64",
              min = 1)
          int batchSize,
      @Option(
              description = "rounds, after which the generator can be measured",
              defaultValue = "2000",
              min = 0)
          int rounds,
      @Option(
              description =
                  "steps of a round, each one of the generator and then one of the mediator",
              defaultValue = "100",
              min = 1)
          int steps,
      @Option(
              description = "how the generator is optimised",
              defaultValue = "{learning-rate = 0.001, beta2 = 0.95}")
          OptimizerOptions generatorOptimizer,
      @Option(
              description = "how the mediator is optimised",
              defaultValue = "{learning-rate = 0.003, beta2 = 0.95}")
          OptimizerOptions mediatorOptimizer,
      @Option(
              description =
                  "probability with which dropout keeps a unit of the mediator's hidden state",
              defaultValue = "0.5",
              min = 0.01,
              max = 1)
          float mediatorKeep) {}

  @Override
  public About<Options> about() {
    return new About<>(
        "cot",
        "cooperative training: a mediator instead of a discriminator, exact over the vocabulary (Lu et al. 2019)",
        Options.class,
        ApiVersion.CURRENT);
  }

  @Override
  public List<PhasePlan> phases(Options options) {
    return List.of(
        PhasePlan.of(COOPERATION, options.rounds(), "rounds", PhasePlan.Evaluated.BY_ROUNDS));
  }

  @Override
  public Set<TrainerPart> uses() {
    return Set.of(TrainerPart.GENERATOR);
  }

  @Override
  public Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put(
        "g-loss",
        "divergence of the generator from the mediator per token, nats, mean over the round");
    figures.put("m-loss", "the mediator's loss per token, nats, mean over the round");
    return figures;
  }

  @Override
  public TrainerSize size(Options options) {
    return new TrainerSize(2 * options.batchSize(), Map.of(), false);
  }

  @Override
  public Trainer create(TrainerContext context, Options options) {
    return new Cooperation(context, options);
  }

  private static final class Cooperation implements Trainer {
    private final Options options;
    private final Sequences realData;
    private final Generator generator;
    private final OnTape<AutoregressiveModel> ofGenerator;
    private final OnTape<AutoregressiveModel> ofMediator;
    private final TeacherForcing byGenerator;
    private final TeacherForcing byMediator;

    Cooperation(TrainerContext context, Options options) {
      this.options = options;
      this.realData = context.task().data().training();
      int start = context.task().data().vocabulary().startToken();
      OptimizerOptions ofG = options.generatorOptimizer();
      OptimizerOptions ofM = options.mediatorOptimizer();
      this.generator = context.generator(TrainerContext.GENERATOR, ofG, ofG);
      this.ofGenerator = context.onTape(generator, ofG);
      this.ofMediator = context.onTape(context.generator(MEDIATOR, ofM, ofM), ofM);
      this.byGenerator = new TeacherForcing(ofGenerator.forward(), start);
      this.byMediator = new TeacherForcing(ofMediator.forward(), start);
    }

    @Override
    public void step(String phase, int number, Progress progress) {
      for (int i = 0; i < options.steps(); i++) {
        if (progress.passesOver(1)) {
          continue;
        }
        cooperate(progress, i);
        progress.batchDone((i + 1.0) / options.steps());
      }
    }

    private void cooperate(Progress progress, int i) {
      Sequences own = sample(progress, "generator", i);
      Step g =
          ofGenerator.train(
              tape ->
                  divergence(
                      tape,
                      byGenerator.logDistributions(tape, own),
                      byMediator.logDistributions(ofMediator.frozen(tape), own)),
              progress.random().split("generator-dropout", i));
      Sequences real =
          Batches.any(realData, options.batchSize(), progress.random().split("real", i));
      Sequences fresh = sample(progress, "mediator", i);
      Step m =
          ofMediator.train(
              tape -> likelihood(tape, real, fresh), progress.random().split("dropout", i));
      progress.add("g-loss", g, Step::loss, own.tokenCount());
      progress.add("m-loss", m, Step::loss, real.tokenCount() + fresh.tokenCount());
    }

    private Sequences sample(Progress progress, String reader, int i) {
      return generator.sample(
          options.batchSize(), Decoding.SAMPLE, progress.random().split(reader, i));
    }

    /** The loss of M: both halves weigh the same, however long their sequences are. */
    private Variable likelihood(Tape tape, Sequences real, Sequences generated) {
      Sequences both = Sequences.concat(List.of(real, generated));
      float[] weights = new float[both.tokens().length];
      for (int i = 0; i < both.count(); i++) {
        Sequences half = i < real.count() ? real : generated;
        for (int t = 0; t < both.length(i); t++) {
          weights[i * both.time() + t] = 0.5f / half.tokenCount();
        }
      }
      Variable hidden = tape.dropout(byMediator.hidden(tape, both), options.mediatorKeep());
      return byMediator.crossEntropy(tape, hidden, both, weights);
    }
  }

  /**
   * The loss of G: the mean over tokens of {@code sum over v of G (log G - log M)}, {@code [1]}.
   *
   * @param logG {@code [tokens, V]}
   * @param logM {@code [tokens, V]}
   */
  static Variable divergence(Tape tape, Variable logG, Variable logM) {
    Variable ofTokens = // (tokens)
        tape.reduce(
            Reduction.SUM,
            tape.binary(
                BinaryOperation.MULTIPLY,
                tape.unary(UnaryOperation.EXP, logG),
                tape.binary(BinaryOperation.SUBTRACT, logG, logM)),
            1);
    return tape.reduce(Reduction.MEAN, ofTokens, 0);
  }
}
