package org.seqgan.core.trainer;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.plugin.About;
import org.seqgan.api.training.Excerpt;
import org.seqgan.api.training.PhasePlan;
import org.seqgan.api.training.Trainer;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.api.training.TrainerSize;

/** Makes {@link SeqGanTrainer}. */
public final class SeqGanTrainerProvider implements TrainerProvider<SeqGanOptions> {
  static final String DISCRIMINATOR_PRETRAINING = "discriminator-pretraining";
  static final String ADVERSARIAL = "adversarial";

  /** The name of G_beta among the models. */
  public static final String ROLL_OUT_POLICY = "roll-out-policy";

  private static final String EPOCHS = MaximumLikelihood.EPOCHS;
  private static final String SETS = "discriminator-pretraining.rounds";
  private static final String ROUNDS = "adversarial.rounds";
  private static final String G_STEPS = "adversarial.g-steps";
  private static final String D_STEPS = "adversarial.d-steps";

  @Override
  public About<SeqGanOptions> about() {
    return new About<>(
        "seqgan",
        "Algorithm 1: policy gradient with roll-outs against a discriminator (Yu et al., AAAI-17)",
        SeqGanOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public List<PhasePlan> phases(SeqGanOptions options) {
    return List.of(
        options.generatorPretraining().plan(),
        PhasePlan.of(
            DISCRIMINATOR_PRETRAINING,
            options.discriminatorPretraining().rounds(),
            SETS,
            PhasePlan.Evaluated.NEVER),
        PhasePlan.of(
            ADVERSARIAL, options.adversarial().rounds(), ROUNDS, PhasePlan.Evaluated.BY_ROUNDS));
  }

  /** Negatives are drawn as in the game. */
  @Override
  public Map<String, Set<String>> reads() {
    return Map.of(
        DISCRIMINATOR_PRETRAINING,
        Set.of(
            "adversarial.negatives",
            "adversarial.sampling-temperature",
            "adversarial.temperature"));
  }

  @Override
  public Set<TrainerPart> uses() {
    return EnumSet.allOf(TrainerPart.class);
  }

  @Override
  public Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("g-loss", "generator's loss per token, nats, mean over the step's batches");
    figures.put(
        "d-loss", "discriminator's loss with its penalty, nats, mean over the step's batches");
    figures.put(Accuracy.FIGURE, Accuracy.OF_CLASSES);
    RewardFigures.describe(figures, "mean reward of a token, over the step's batches");
    figures.put(
        "importance-weight",
        "mean importance weight of a token, where sampling-temperature is not 1; it is 1 but for chance and for what is clipped");
    GradientNorm.describe(figures);
    return figures;
  }

  @Override
  public TrainerSize size(SeqGanOptions options) {
    Map<String, Integer> sequences = new LinkedHashMap<>();
    sequences.put("batch-size", options.batchSize());
    sequences.put("adversarial.negatives", options.adversarial().negatives());
    return new TrainerSize(options.batchSize(), sequences, options.adversarial().rounds() > 0);
  }

  /** A round of the paper's size takes minutes, so g-steps and d-steps are tried apart. */
  @Override
  public List<Excerpt> excerpts(SeqGanOptions options) {
    SeqGanOptions.Adversarial game = options.adversarial();
    int epochs = options.generatorPretraining().epochs();
    int sets = options.discriminatorPretraining().rounds();
    List<Excerpt> excerpts = new ArrayList<>();
    if (epochs > 0) {
      excerpts.add(new Excerpt(alone(EPOCHS, epochs), epochs));
    }
    if (sets > 0) {
      excerpts.add(new Excerpt(alone(SETS, MANY), sets));
    }
    if (game.rounds() > 0 && game.gSteps() > 0) {
      excerpts.add(new Excerpt(rounds(1, 0), (long) game.rounds() * game.gSteps()));
    }
    if (game.rounds() > 0 && game.dSteps() > 0) {
      excerpts.add(new Excerpt(rounds(0, 1), (long) game.rounds() * game.dSteps()));
    }
    return excerpts;
  }

  private static Map<String, String> rounds(int gSteps, int dSteps) {
    Map<String, String> rounds = alone(ROUNDS, MANY);
    rounds.put(G_STEPS, Integer.toString(gSteps));
    rounds.put(D_STEPS, Integer.toString(dSteps));
    return rounds;
  }

  private static Map<String, String> alone(String option, int steps) {
    Map<String, String> options = new LinkedHashMap<>();
    List.of(EPOCHS, SETS, ROUNDS).forEach(each -> options.put(each, "0"));
    options.put(option, Integer.toString(steps));
    return options;
  }

  @Override
  public Trainer create(TrainerContext context, SeqGanOptions options) {
    return new SeqGanTrainer(context, options);
  }
}
