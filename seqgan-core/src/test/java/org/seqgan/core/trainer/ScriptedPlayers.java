package org.seqgan.core.trainer;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.Scorer;
import org.seqgan.api.discriminator.TrainingSet;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.training.Network;
import org.seqgan.api.training.TrainerContext;

/** Players that compute nothing and write down what they are asked to do. */
final class ScriptedPlayers implements TrainerContext {
  static final int TIME = 2;

  private static final Sequences DATA =
      Sequences.ofFullLength(new int[] {0, 1, 1, 0, 1, 1, 0, 0, 1, 2}, TIME);

  private final List<String> transcript = new ArrayList<>();

  List<String> transcript() {
    return transcript;
  }

  @Override
  public TensorBackend backend() {
    return scripted(
        TensorBackend.class,
        (method, arguments) -> {
          throw new UnsupportedOperationException(method);
        });
  }

  @Override
  public Task task() {
    return scripted(
        Task.class,
        (method, arguments) ->
            switch (method) {
              case "data" ->
                  new TaskData(
                      new Vocabulary(3, 0, OptionalInt.empty()),
                      DATA,
                      DATA,
                      DATA,
                      List.of(),
                      List.of());
              case "show" -> "";
              default -> throw new UnsupportedOperationException(method);
            });
  }

  @Override
  public Generator generator(String name, OptimizerOptions likelihood, OptimizerOptions policy) {
    return player(name);
  }

  @Override
  public Generator follower(String name, Generator leader) {
    return player(name);
  }

  private Generator player(String name) {
    return scripted(
        Generator.class,
        (method, arguments) ->
            switch (method) {
              case "sample" -> {
                int count = (int) arguments[0];
                say("%s: sample %d%s", name, count, at(((Decoding) arguments[1]).temperature()));
                yield Sequences.ofFullLength(new int[count * TIME], TIME);
              }
              case "nextTokens" -> {
                int cells = ((int[]) arguments[1]).length;
                float[] same = new float[3 * cells];
                Arrays.fill(same, (float) -Math.log(3));
                yield new NextTokens(3, same);
              }
              case "trainMaximumLikelihood" -> {
                say("%s: MLE step on %d", name, ((Sequences) arguments[0]).count());
                yield Step.of(1, 1);
              }
              case "trainPolicyGradient" -> {
                int count = ((Sequences) arguments[0]).count();
                say("%s: policy step on %d%s", name, count, at((float) arguments[2]));
                yield Step.of(1, 1);
              }
              case "moveTowards" -> {
                say("%s <- %s", name, arguments[0]);
                yield name;
              }
              case "toString" -> name;
              default -> throw new UnsupportedOperationException(method);
            });
  }

  @Override
  public Discriminator discriminator(String name, OptimizerOptions optimizer) {
    return scripted(
        Discriminator.class,
        (method, arguments) -> {
          if (!method.equals("trainingSet")) {
            throw new UnsupportedOperationException(method);
          }
          boolean[] real = (boolean[]) arguments[1];
          int positives = 0;
          for (boolean each : real) {
            positives += each ? 1 : 0;
          }
          say("%s: %d real, %d generated", name, positives, real.length - positives);
          return set(name);
        });
  }

  private TrainingSet set(String name) {
    return new TrainingSet() {
      @Override
      public Step train(int[] rows, RandomStream stream) {
        say("%s: step on %d", name, rows.length);
        return Step.of(1, 1);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public OnTape<AutoregressiveModel> onTape(Generator generator, OptimizerOptions optimizer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public OnTape<SequenceClassifier> onTape(
      Discriminator discriminator, OptimizerOptions optimizer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Network network(String name, List<ParameterSpec> parameters, OptimizerOptions optimizer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TokenValues reward(
      Sequences batch,
      Policy rollOutPolicy,
      Scorer discriminator,
      Decoding decoding,
      RandomStream stream) {
    say("reward of %d with %s%s", batch.count(), rollOutPolicy, at(decoding.temperature()));
    float[] values = new float[batch.count() * TIME];
    Arrays.fill(values, 1);
    return new TokenValues(batch.count(), TIME, values);
  }

  @Override
  public TokenValues reward(
      Sequences batch, Policy rollOutPolicy, Decoding decoding, RandomStream stream) {
    throw new UnsupportedOperationException();
  }

  private static String at(float temperature) {
    return temperature == 1f ? "" : " at " + temperature;
  }

  private void say(String line, Object... values) {
    transcript.add(line.formatted(values));
  }

  private interface Script {
    Object answer(String method, Object[] arguments);
  }

  private static <T> T scripted(Class<T> type, Script script) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> script.answer(method.getName(), arguments)));
  }
}
