package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.operation.AdamStep;
import org.seqgan.api.reward.RewardRequest;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.training.Excerpt;
import org.seqgan.api.training.PhasePlan;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

/**
 * What every trainer must keep to; extend it and say which. Trainers are run as the program runs
 * them, with models that are small enough to be run many times: a generator whose next token
 * depends on the last alone, a discriminator that counts tokens, a reward that the token decides.
 *
 * <p>A run is stopped after every one of its batches, saved, and continued by another trainer: it
 * has to end with the same bits as the run that was left alone; so has one that is stopped within a
 * batch, where the trainer asks {@link org.seqgan.api.training.Progress#checkStop}. So what a
 * trainer remembers has to be in its models or its state, and what it draws has to come from its
 * step's random numbers.
 *
 * @param <O> the trainer's options
 */
@ExtendWith(ContractSeed.class)
public abstract class TrainerContract<O extends Record> {
  /** More batches than the options of a contract should give. */
  private static final int MOST_BATCHES = 300;

  private static final String REWARD = TrainerPart.REWARD.section();

  private final TensorBackend backend = new ReferenceBackend(ReferenceOptions.defaults());
  private final Task task = new CountingTask(1);

  /** The trainer's provider. */
  protected abstract TrainerProvider<O> provider();

  /**
   * Options with which every phase has two or three steps, of batches of about 8 sequences: there
   * are 40 training sequences.
   */
  protected abstract O options();

  /**
   * The configured generator, for a trainer that cannot do with any: as small as may be.
   *
   * @param data with sequences of 5 tokens
   */
  protected Generator generator(TensorBackend backend, TaskData data, long seed) {
    return new BigramGenerator(
        backend, data.vocabulary(), data.sequenceLength(), AdamStep.Settings.of(0.05f, 5f), seed);
  }

  /** The configured discriminator, likewise. */
  protected Discriminator discriminator(TensorBackend backend, TaskData data, long seed) {
    return new BagOfTokens(backend, data.vocabulary(), AdamStep.Settings.of(0.05f, 5f), seed);
  }

  /**
   * The names of models that the trainer makes and never trains. Where one that it does train stays
   * as it was, the toy models have nothing that its loss reaches, and the contract needs {@link
   * #discriminator another}.
   */
  protected Set<String> untrained() {
    return Set.of();
  }

  private TrainerRun<O> open() {
    return open(options());
  }

  private TrainerRun<O> open(O options) {
    return new TrainerRun<>(provider(), options, backend, task, this::reward, models());
  }

  private TrainerRun.Models models() {
    return new TrainerRun.Models() {
      @Override
      public Generator generator(TensorBackend backend, TaskData data, long seed) {
        return TrainerContract.this.generator(backend, data, seed);
      }

      @Override
      public Discriminator discriminator(TensorBackend backend, TaskData data, long seed) {
        return TrainerContract.this.discriminator(backend, data, seed);
      }
    };
  }

  @AfterEach
  final void free() {
    task.close();
    backend.close();
  }

  /** The token over the size of the vocabulary. */
  private TokenValues reward(RewardRequest request) {
    Sequences sequences = request.sequences();
    float[] values = new float[sequences.tokens().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) sequences.tokens()[i] / task.data().vocabulary().size();
    }
    return new TokenValues(sequences.count(), sequences.time(), values);
  }

  @Test
  final void phasesHaveNamesOfTheirOwnAndSteps() {
    List<PhasePlan> phases = provider().phases(options());
    assertThat(phases).isNotEmpty();
    Set<String> names = new HashSet<>();
    for (PhasePlan phase : phases) {
      assertThat(names.add(phase.name())).as("two phases are named %s", phase.name()).isTrue();
      assertThat(phase.steps())
          .as("steps of %s under the contract's options", phase.name())
          .isPositive();
    }
    assertThat(names).as("phases that say what they read").containsAll(provider().reads().keySet());
  }

  @Test
  final void excerptsNameOptionsAndHaveSteps() {
    List<Excerpt> excerpts = provider().excerpts(options());
    assertThat(excerpts).isNotEmpty();
    for (Excerpt excerpt : excerpts) {
      assertThat(excerpt.steps()).isPositive();
      assertThat(excerpt.options()).isNotEmpty();
    }
  }

  @Test
  final void usesWhatItSaysThatItUses() {
    try (TrainerRun<O> run = open()) {
      assertThat(run.run(Integer.MAX_VALUE)).isTrue();
      assertThat(run.used()).isEqualTo(provider().uses());
    }
  }

  @Test
  final void hasTheGeneratorThatARunIsAbout() {
    try (TrainerRun<O> run = open()) {
      assertThat(run.modelNames()).contains(TrainerContext.GENERATOR);
    }
  }

  @Test
  final void trainsItsModels() {
    try (TrainerRun<O> run = open()) {
      Map<String, List<Integer>> before = allBits(run);
      assertThat(run.run(Integer.MAX_VALUE)).isTrue();
      Map<String, List<Integer>> after = allBits(run);
      assertThat(run.modelNames())
          .as("models that are as they were after training")
          .filteredOn(name -> after.get(name).equals(before.get(name)))
          .containsExactlyInAnyOrderElementsOf(untrained());
    }
  }

  @Test
  final void isRepeatable() {
    try (TrainerRun<O> one = open();
        TrainerRun<O> other = open()) {
      one.run(Integer.MAX_VALUE);
      other.run(Integer.MAX_VALUE);
      assertSame("a second run", other, one);
      assertThat(other.figures()).isEqualTo(one.figures());
    }
  }

  @Test
  final void endsWithTheSameBitsWhereverItIsStopped() {
    goesOnFromEveryStop(TrainerRun::run, "stopped after %1$d batches, at %2$s");
  }

  @Test
  final void beginsAPhaseTwiceLikeOnce() {
    try (TrainerRun<O> whole = open();
        TrainerRun<O> twice = open()) {
      whole.run(Integer.MAX_VALUE);
      twice.beginTwice();
      twice.run(Integer.MAX_VALUE);
      assertSame("after phases that were begun twice", twice, whole);
    }
  }

  /** Of a trainer that never asks within a batch, this asks nothing. */
  @Test
  final void endsWithTheSameBitsWhereABatchIsLost() {
    goesOnFromEveryStop(
        TrainerRun::runToTheQuestion,
        "stopped within a batch, after %2$s: a batch must not change a model before it asks");
  }

  /**
   * A run can begin with phases of another whose later phases have other options, so a phase must
   * not depend on such an option unless it says that it {@linkplain TrainerProvider#reads reads}
   * it.
   */
  @Test
  final void readsOnlyTheOptionsOfLaterPhasesThatItNames() {
    Map<String, O> others = OtherOptions.of(options());
    List<PhasePlan> phases = provider().phases(options());
    Set<String> named = new TreeSet<>();
    for (int p = 0; p + 1 < phases.size(); p++) {
      named.addAll(reads(phases.get(p)));
      List<String> later =
          phases.subList(p + 1, phases.size()).stream().map(PhasePlan::name).toList();
      TrainerRun.Saved saved;
      try (TrainerRun<O> before = open()) {
        before.runPhases(p + 1);
        saved = before.save();
      }
      Set<String> read = new TreeSet<>();
      others.forEach(
          (option, options) -> {
            if (isAmong(later, option)
                && !isAmong(named, option)
                && !goesOnAsWithItsOwn(saved, options)) {
              read.add(option);
            }
          });
      assertThat(read)
          .as(
              "options of later phases that %s depends on, or what is saved at its end, without naming them"
                  .formatted(phases.get(p).name()))
          .isEmpty();
    }
    assertThat(named)
        .as("what phases read")
        .allMatch(
            name ->
                name.equals(REWARD)
                    || others.keySet().stream().anyMatch(o -> isAmong(Set.of(name), o)));
  }

  /** A run can begin with phases of another that has another reward, too. */
  @Test
  final void namesTheRewardWhereAPhaseBeforeTheLastAsksForIt() {
    List<PhasePlan> phases = provider().phases(options());
    try (TrainerRun<O> run = open()) {
      assertThat(run.run(Integer.MAX_VALUE)).isTrue();
      assertThat(phases.subList(0, phases.size() - 1))
          .filteredOn(phase -> run.rewarded().contains(phase.name()))
          .allSatisfy(
              phase ->
                  assertThat(reads(phase))
                      .as("what %s reads, which asks for rewards", phase.name())
                      .contains(REWARD));
    }
  }

  private Set<String> reads(PhasePlan phase) {
    return provider().reads().getOrDefault(phase.name(), Set.of());
  }

  private static boolean isAmong(Collection<String> groups, String option) {
    return groups.stream().anyMatch(group -> (option + ".").startsWith(group + "."));
  }

  /** Whether a run that begins with what another saved ends like one that was left alone. */
  private boolean goesOnAsWithItsOwn(TrainerRun.Saved saved, O options) {
    try (TrainerRun<O> own = open(options);
        TrainerRun<O> taken = open(options)) {
      assertThat(own.run(Integer.MAX_VALUE)).isTrue();
      taken.restore(saved);
      assertThat(taken.run(Integer.MAX_VALUE)).isTrue();
      return allBits(own).equals(allBits(taken));
    }
  }

  private static Map<String, List<Integer>> allBits(TrainerRun<?> run) {
    Map<String, List<Integer>> all = new TreeMap<>();
    run.save().arrays().forEach((name, arrays) -> all.put(name, bits(arrays)));
    return all;
  }

  /**
   * Stops after one, two, and so on, until a run comes to its end before.
   *
   * @param stopping runs until a number of whatever it counts; true at the end of training
   * @param where what stands before a difference, made of that number and of the place of the stop
   */
  private void goesOnFromEveryStop(BiPredicate<TrainerRun<O>, Integer> stopping, String where) {
    try (TrainerRun<O> whole = open()) {
      whole.run(Integer.MAX_VALUE);
      for (int count = 1; ; count++) {
        assertThat(count)
            .as("stops in all; the options of a contract should be smaller")
            .isLessThan(MOST_BATCHES);
        TrainerRun.Saved saved;
        try (TrainerRun<O> first = open()) {
          if (stopping.test(first, count)) {
            return;
          }
          saved = first.save();
        }
        try (TrainerRun<O> second = open()) {
          second.restore(saved);
          assertThat(second.run(Integer.MAX_VALUE)).isTrue();
          assertSame(where.formatted(count, saved.place()), second, whole);
        }
      }
    }
  }

  private void assertSame(String when, TrainerRun<O> actual, TrainerRun<O> expected) {
    Map<String, NamedArrays> arrays = actual.save().arrays();
    expected
        .save()
        .arrays()
        .forEach(
            (name, values) ->
                assertThat(bits(arrays.get(name)))
                    .as("%s, %s", name, when)
                    .isEqualTo(bits(values)));
  }

  private static List<Integer> bits(NamedArrays arrays) {
    List<Integer> bits = new ArrayList<>();
    for (String name : arrays.names()) {
      for (float value : arrays.get(name).values()) {
        bits.add(Float.floatToRawIntBits(value));
      }
    }
    return bits;
  }
}
