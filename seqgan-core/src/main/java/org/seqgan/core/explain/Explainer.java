package org.seqgan.core.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.experiment.Experiment;
import org.seqgan.core.trainer.PolicyWeights;
import org.seqgan.core.trainer.SeqGanOptions;
import org.seqgan.core.trainer.SeqGanTrainerProvider;

/**
 * Explains an experiment with a reward: draws a batch as a step of policy gradient does, and asks
 * reward and discriminator of it what training asks. Parameters stay as they are; the experiment is
 * not to be trained afterwards.
 */
public final class Explainer {
  private final Experiment experiment;
  private final ResolvedConfig config;
  private final Task task;
  private final RandomStream stream;
  private final Optional<PolicyWeights> rules;

  private Explainer(Experiment experiment, RandomStream stream) {
    this.experiment = experiment;
    this.config = experiment.config();
    this.task = experiment.task();
    this.stream = stream;
    this.rules = rules(experiment);
  }

  /** What trainer {@code seqgan} makes of Q; another trainer is taken to use Q itself. */
  private static Optional<PolicyWeights> rules(Experiment experiment) {
    if (experiment.config().trainer().options() instanceof SeqGanOptions options) {
      PolicyWeights weights =
          new PolicyWeights(options.adversarial(), experiment.task().data().sequenceLength());
      weights.setState(experiment.trainerState());
      return Optional.of(weights);
    }
    return Optional.empty();
  }

  /**
   * Explains.
   *
   * @param experiment opened for training, with everything restored
   * @param number how many sequences are shown, at least 1
   * @param stream for all random numbers; split as that of a step of training is
   * @throws UserException of kind {@code CONFIGURATION} where the trainer has no reward
   */
  public static Explanation explain(Experiment experiment, int number, RandomStream stream) {
    ResolvedConfig config = experiment.config();
    if (!config.uses(TrainerPart.REWARD)) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "expected a run of a trainer that uses a reward, such as seqgan, found trainer '%s', which has no rewards of tokens and no roll-outs to explain; what its steps did is in metrics.jsonl and in the run's report"
              .formatted(config.trainer().provider().about().name()));
    }
    return new Explainer(experiment, stream).explanation(number);
  }

  private Explanation explanation(int number) {
    Generator generator = experiment.generator();
    int count = Math.max(number, config.trainerSize().batchSize());
    Sequences batch =
        generator.sample(
            count,
            rules.map(PolicyWeights::sampling).orElse(Decoding.SAMPLE),
            stream.split("sample"));
    ObservedRollOuts policy =
        new ObservedRollOuts(
            experiment
                .model(SeqGanTrainerProvider.ROLL_OUT_POLICY, Generator.class)
                .orElse(generator),
            task.data().vocabulary().endToken());
    Optional<Discriminator> judge =
        experiment.model(TrainerContext.DISCRIMINATOR, Discriminator.class);
    Credit credit = Credit.of(batch, policy, asked -> reward(batch, asked, judge));
    TokenValues weights =
        rules
            .map(each -> each.of(batch, credit.q(), each.importance(batch, generator)))
            .orElseGet(credit::q);
    List<String> notes = new ArrayList<>(credit.notes());
    if (judge.isEmpty()) {
      notes.add("the trainer has no discriminator");
    }
    return new Explanation(
        config.trainer().provider().about().name(),
        config.reward().provider().about().name(),
        count,
        sequences(batch.slice(0, number), credit, weights, judge),
        GradientShares.of(
            generator, batch, weights, rules.map(PolicyWeights::temperature).orElse(1f)),
        judge.map(this::judgement),
        notes);
  }

  private TokenValues reward(Sequences batch, Policy policy, Optional<Discriminator> judge) {
    TrainerContext models = experiment.models();
    Decoding decoding = rules.map(PolicyWeights::policy).orElse(Decoding.SAMPLE);
    return judge
        .map(scorer -> models.reward(batch, policy, scorer, decoding, stream))
        .orElseGet(() -> models.reward(batch, policy, decoding, stream));
  }

  private Judgement judgement(Discriminator judge) {
    Sequences training = task.data().training();
    Sequences generated =
        experiment
            .generator()
            .sample(
                Math.min(Judgement.MOST, training.count()),
                Decoding.SAMPLE,
                stream.split("judged"));
    return Judgement.of(judge, training, task.data().validation(), generated);
  }

  private List<Explanation.Sequence> sequences(
      Sequences shown, Credit credit, TokenValues weights, Optional<Discriminator> judge) {
    Optional<float[]> judged = judge.map(each -> each.probabilityReal(shown));
    List<Explanation.Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < shown.count(); i++) {
      int row = i;
      List<Explanation.Token> tokens = new ArrayList<>();
      for (int t = 0; t < shown.length(i); t++) {
        int token = shown.token(i, t);
        int at = t;
        boolean last = t == shown.length(i) - 1;
        OptionalDouble spread =
            credit.spread().filter(each -> !last).stream()
                .mapToDouble(each -> each.get(row, at))
                .findFirst();
        tokens.add(
            new Explanation.Token(
                token,
                task.show(new int[] {token}),
                credit.q().get(i, t),
                spread,
                weights.get(i, t)));
      }
      OptionalDouble probability = judged.stream().mapToDouble(values -> values[row]).findFirst();
      sequences.add(new Explanation.Sequence(task.show(shown.row(i)), tokens, probability));
    }
    return sequences;
  }
}
