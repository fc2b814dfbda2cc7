package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.training.Progress;
import org.seqgan.api.training.Trainer;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.core.model.LeakganModel;
import org.seqgan.core.model.LeakganOptions;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

@DisplayName("Trainer leakgan lowers both losses")
final class LeakganLearningTest {
  private static final int TIME = 4;
  private static final Sequences DATA =
      Sequences.ofFullLength(new int[] {1, 2, 3, 4, 1, 2, 4, 3, 2, 1, 3, 4, 2, 1, 4, 3}, TIME);
  private static final TaskData TASK =
      new TaskData(Vocabulary.fixedLength(5, 0), DATA, DATA, DATA, List.of(), List.of());

  private final TensorBackend backend = new ReferenceBackend(ReferenceOptions.defaults());
  private final Generator generator =
      LeakganContractTest.generator(backend, TASK, 1, LeakganOptions.Goals.WINDOW);
  private final Discriminator discriminator =
      LeakganContractTest.discriminator(backend, TASK, 2, List.of(2, 3));
  private final List<Double> rewards = new ArrayList<>();
  private final List<Double> losses = new ArrayList<>();

  @AfterEach
  void close() {
    generator.close();
    discriminator.close();
    backend.close();
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Trainer trainer(Leakgan.Pretraining pretraining, Leakgan.Adversarial adversarial) {
    return trainer(false, generator, pretraining, adversarial);
  }

  private Trainer trainer(
      boolean released,
      Generator generator,
      Leakgan.Pretraining pretraining,
      Leakgan.Adversarial adversarial) {
    Task task = proxy(Task.class, (self, method, arguments) -> TASK);
    TrainerContext context =
        proxy(
            TrainerContext.class,
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "task" -> task;
                  case "generator" -> generator;
                  case "discriminator" -> discriminator;
                  case "onTape" -> generator.onTape((OptimizerOptions) arguments[1]).orElseThrow();
                  default -> throw new UnsupportedOperationException(method.getName());
                });
    OptimizerOptions adam = LeakganContractTest.ADAM;
    return new Leakgan()
        .create(context, new Leakgan.Options(16, released, adam, adam, pretraining, adversarial));
  }

  /** Of a step that is never stopped. */
  private Progress progress(int number) {
    return proxy(
        Progress.class,
        (self, method, arguments) -> {
          if (method.getName().equals("add") && arguments[0].equals("reward")) {
            rewards.add((double) arguments[1]);
          } else if (method.getName().equals("add") && arguments[0].equals("g-loss")) {
            losses.add(((Step) arguments[1]).loss());
          }
          return switch (method.getName()) {
            case "random" -> RandomStream.of(number);
            case "passesOver" -> false;
            default -> null;
          };
        });
  }

  /** Of the goals at the start of each step of c positions, over the data. */
  private double meanCosine(NamedArrays parameters) {
    try (Generator copy =
        LeakganContractTest.generator(backend, TASK, 3, LeakganOptions.Goals.WINDOW)) {
      copy.setParameters(parameters);
      OnTape<AutoregressiveModel> onTape = copy.onTape(LeakganContractTest.ADAM).orElseThrow();
      int[] inputs = new int[DATA.count() * (TIME + 1)];
      for (int i = 0; i < DATA.count(); i++) {
        System.arraycopy(DATA.tokens(), i * TIME, inputs, i * (TIME + 1) + 1, TIME);
      }
      LeakganModel model = (LeakganModel) onTape.forward();
      return onTape
          .compute(
              tape ->
                  tape.reduce(
                      Reduction.MEAN,
                      Leakgan.cosines(
                          tape,
                          model.walk(tape, tape.scope().ints(inputs, DATA.count(), TIME + 1)),
                          2,
                          2,
                          false),
                      0))[0];
    }
  }

  @Test
  void ofLikelihood() {
    Trainer trainer =
        trainer(
            new Leakgan.Pretraining(1, 0, 1, 60),
            new Leakgan.Adversarial(0, 0, 0, 1, 0, 1, 16, 1, 0, 0));
    trainer.begin(Leakgan.PRETRAINING);
    NamedArrays before = generator.parameters();
    double unlikely = -generator.logProbabilities(DATA).sum();
    trainer.step(Leakgan.PRETRAINING, 1, progress(1));
    assertThat(-generator.logProbabilities(DATA).sum()).isLessThan(unlikely / 2);
    assertThat(meanCosine(generator.parameters()))
        .isGreaterThan(meanCosine(before) + 0.1)
        .isGreaterThan(0.5);
    // The features are the discriminator's.
    assertThat(generator.parameters().get("features.conv1.W").values())
        .containsExactly(discriminator.parameters().get("conv1.W").values());
  }

  @Test
  void ofTheGame() {
    Trainer trainer =
        trainer(
            new Leakgan.Pretraining(0, 0, 1, 0),
            new Leakgan.Adversarial(40, 1, 0, 1, 0, 2, 16, 1, 0, 0));
    trainer.begin(Leakgan.ADVERSARIAL);
    for (int round = 1; round <= 40; round++) {
      trainer.step(Leakgan.ADVERSARIAL, round, progress(round));
    }
    double first = rewards.subList(0, 5).stream().mapToDouble(x -> x).average().orElseThrow();
    double last = rewards.subList(35, 40).stream().mapToDouble(x -> x).average().orElseThrow();
    assertThat(last).as("intrinsic reward, %s at first", first).isGreaterThan(first + 0.1);
  }

  /**
   * As released, where every token has the same reward r: of the same batch, the Worker's loss at a
   * temperature is that at 1, and r times what its mean log-probability loses.
   */
  @Test
  void ofTheWorkerAtTheTemperatureOfThePolicy() {
    float temperature = 0.5f;
    try (Generator other = ofBlocks();
        Generator own = ofBlocks()) {
      play(other, 1f);
      Sequences batch = play(own, temperature);
      double reward = rewards.get(0);
      assertThat(rewards.get(1)).isEqualTo(reward).isNotZero();
      try (Generator before = ofBlocks()) {
        before.setParameters(withLeak(before.parameters()));
        double expected =
            losses.get(0)
                - reward * (meanLog(before, batch, temperature) - meanLog(before, batch, 1f));
        assertThat(losses.get(1)).isCloseTo(expected, within(1e-5));
        assertThat(losses.get(1)).isNotCloseTo(losses.get(0), within(1e-4));
      }
    }
  }

  /** Maximum likelihood is that of the data, whatever the temperature of the game. */
  @Test
  void ofLikelihoodAtTemperatureOne() {
    for (float temperature : new float[] {1f, 0.5f}) {
      try (Generator own = ofBlocks()) {
        Trainer trainer =
            trainer(true, own, new Leakgan.Pretraining(1, 0, 1, 1), game(temperature));
        trainer.begin(Leakgan.PRETRAINING);
        trainer.step(Leakgan.PRETRAINING, 1, progress(1));
      }
    }
    assertThat(losses.get(1)).isEqualTo(losses.get(0));
  }

  private Generator ofBlocks() {
    return LeakganContractTest.generator(backend, TASK, 1, LeakganOptions.Goals.BLOCKS);
  }

  private static Leakgan.Adversarial game(float temperature) {
    return new Leakgan.Adversarial(1, 1, 0, 1, 0, 2, 16, temperature, 0, 0);
  }

  /** The parameters with the discriminator's features, as a phase begins with them. */
  private NamedArrays withLeak(NamedArrays parameters) {
    Map<String, FloatArray> all = new LinkedHashMap<>(parameters.arrays());
    discriminator
        .parameters()
        .arrays()
        .forEach((name, array) -> all.replace("features." + name, array));
    return new NamedArrays(all);
  }

  /** A round at a temperature of what is drawn at 1 whatever it is; gives the batch. */
  private Sequences play(Generator own, float temperature) {
    List<Sequences> drawn = new ArrayList<>();
    Generator always =
        proxy(
            Generator.class,
            (self, method, arguments) -> {
              if (method.getName().equals("sample")) {
                assertThat(arguments[1]).isEqualTo(Decoding.atTemperature(temperature));
                drawn.add(
                    own.sample((int) arguments[0], Decoding.SAMPLE, (RandomStream) arguments[2]));
                return drawn.get(0);
              }
              return method.invoke(own, arguments);
            });
    Trainer trainer = trainer(true, always, new Leakgan.Pretraining(0, 0, 1, 0), game(temperature));
    trainer.begin(Leakgan.ADVERSARIAL);
    trainer.step(Leakgan.ADVERSARIAL, 1, progress(1));
    return drawn.get(0);
  }

  private static double meanLog(Generator generator, Sequences batch, float temperature) {
    int[] cells = NextTokens.everyCell(batch);
    NextTokens next = generator.nextTokens(batch, cells);
    double all = 0;
    for (int row = 0; row < cells.length; row++) {
      double sum = 0;
      for (int v = 0; v < next.vocabularySize(); v++) {
        sum += Math.exp(next.log(row, v) / temperature);
      }
      all += next.log(row, batch.tokens()[cells[row]]) / temperature - Math.log(sum);
    }
    return all / cells.length;
  }
}
