package org.example.baseline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.plugin.About;
import org.seqgan.api.training.PhasePlan;
import org.seqgan.api.training.Trainer;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.api.training.TrainerSize;

/** Makes {@link BaselineTrainer}. */
public final class BaselineTrainerProvider implements TrainerProvider<BaselineOptions> {
  static final String LIKELIHOOD = "likelihood";
  static final String GAME = "game";

  @Override
  public About<BaselineOptions> about() {
    return new About<>("learned-baseline", "policy gradient with a learned baseline, no discriminator (Williams 1992)", BaselineOptions.class, ApiVersion.CURRENT);
  }

  @Override
  public List<PhasePlan> phases(BaselineOptions options) {
    return List.of(
        PhasePlan.of(
            LIKELIHOOD,
            options.likelihood().epochs(),
            "likelihood.epochs",
            PhasePlan.Evaluated.BY_EPOCHS),
        PhasePlan.of(
            GAME, options.game().rounds(), "game.rounds", PhasePlan.Evaluated.BY_ROUNDS));
  }

  @Override
  public Set<TrainerPart> uses() {
    return Set.of(TrainerPart.GENERATOR, TrainerPart.REWARD);
  }

  @Override
  public Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("g-loss", "generator's loss per token, nats, mean over the step's batches");
    figures.put("reward", "mean reward of a token, over the step's batches");
    figures.put("baseline-loss", "mean square of the baseline's distance from the rewards");
    return figures;
  }

  @Override
  public TrainerSize size(BaselineOptions options) {
    return new TrainerSize(
        options.batchSize(),
        Map.of("batch-size", options.batchSize()),
        options.game().rounds() > 0);
  }

  @Override
  public Trainer create(TrainerContext context, BaselineOptions options) {
    return new BaselineTrainer(context, options);
  }
}
