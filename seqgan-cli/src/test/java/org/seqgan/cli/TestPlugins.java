package org.seqgan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.seqgan.api.discriminator.DiscriminatorProvider;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.metric.MetricProvider;
import org.seqgan.api.reward.RewardProvider;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.api.training.TrainerProvider;

/**
 * Plugins whose code a test writes, each in a jar of its own in one folder, as a user would install
 * them. All have the name {@code odd}.
 */
final class TestPlugins {
  private static final String PROVIDER =
      """
      import java.util.*;
      import org.seqgan.api.*;
      import org.seqgan.api.data.*;
      import org.seqgan.api.discriminator.*;
      import org.seqgan.api.generator.*;
      import org.seqgan.api.metric.*;
      import org.seqgan.api.model.*;
      import org.seqgan.api.backend.*;
      import org.seqgan.api.plugin.*;
      import org.seqgan.api.random.*;
      import org.seqgan.api.reward.*;
      import org.seqgan.api.task.*;
      import org.seqgan.api.training.*;

      public final class %1$s implements %2$s<%1$s.Options> {
        public record Options() {}
        public About<Options> about() {
          return new About<>("odd", "made by a test", Options.class, ApiVersion.CURRENT);
        }
        %3$s
      }
      """;

  private final Path folder;
  private final Path work;
  private int made;

  /** In an empty folder. */
  TestPlugins(Path empty) throws IOException {
    this.folder = Files.createDirectories(empty.resolve("plugins"));
    this.work = Files.createDirectories(empty.resolve("work"));
  }

  /** The folder that the program is told of. */
  Path folder() {
    return folder;
  }

  /** The jar of a kind of plugin. */
  Path jar(String kind) {
    return folder.resolve("odd-" + kind + ".jar");
  }

  /**
   * A reward.
   *
   * @param body what is done with the {@code request}, the {@code float[] values} of whose tokens
   *     are the result
   */
  void reward(String body) throws IOException {
    rewardProvider(
        """
        private int calls;
        public Reward create(RewardContext context, Options options) {
          return request -> {
            calls++;
            Sequences sequences = request.sequences();
            float[] values = new float[sequences.count() * sequences.time()];
            %s
            return new TokenValues(sequences.count(), sequences.time(), values);
          };
        }
        """
            .formatted(body));
  }

  /** A reward, by the members of its provider. */
  void rewardProvider(String members) throws IOException {
    make("reward", RewardProvider.class, members);
  }

  /** A metric of one score, {@code odd}, by the code that measures. */
  void metric(String measure) throws IOException {
    make(
        "metric",
        MetricProvider.class,
        """
        public List<String> scores(Options options) { return List.of("odd"); }
        public Metric create(Options options) {
          return new Metric() {
            public List<ScoreDescription> describe(Task task, int samples) {
              return List.of(new ScoreDescription(
                  new ScoreIdentity("odd", "", 0, "", "", 1), Better.HIGHER, "made up"));
            }
            public ScoreRange range(String score) { return ScoreRange.SHARE; }
            public StandIn standIn() { return StandIn.VALIDATION; }
            public List<Score> measure(MetricInput input) {
              ScoreDescription odd = describe(input.task(), 1).get(0);
              %s
            }
          };
        }
        """
            .formatted(measure));
  }

  /** A discriminator that learns real sequences by heart, by the code that scores. */
  void discriminator(String score) throws IOException {
    make(
        "discriminator",
        DiscriminatorProvider.class,
        """
        public Discriminator create(DiscriminatorContext context, Options options) {
          Set<List<Integer>> known = new HashSet<>();
          return new Discriminator() {
            private List<Integer> row(Sequences sequences, int i) {
              return Arrays.stream(sequences.row(i)).boxed().toList();
            }
            public float[] probabilityReal(Sequences sequences) {
              float[] scores = new float[sequences.count()];
              for (int i = 0; i < scores.length; i++) {
                boolean real = known.contains(row(sequences, i));
                int token = sequences.token(i, 0);
                %s
              }
              return scores;
            }
            public Step train(Sequences batch, boolean[] real, RandomStream stream) {
              for (int i = 0; i < real.length; i++) {
                if (real[i]) { known.add(row(batch, i)); }
              }
              return Step.of(0.1, 0.1);
            }
            public NamedArrays parameters() { return new NamedArrays(Map.of()); }
            public void setParameters(NamedArrays parameters) {}
            public NamedArrays optimizerState() { return new NamedArrays(Map.of()); }
            public void setOptimizerState(NamedArrays state) {}
            public void close() {}
          };
        }
        """
            .formatted(score));
  }

  /** A generator that has not learnt anything, by the token that it writes all the time. */
  void generator(String token) throws IOException {
    make(
        "generator",
        GeneratorProvider.class,
        """
        public Generator create(GeneratorContext context, Options options) {
          int time = context.sequenceLength();
          return new Generator() {
            public Sequences sample(int count, Decoding decoding, RandomStream stream) {
              int[] tokens = new int[count * time];
              Arrays.fill(tokens, %s);
              return Sequences.ofFullLength(tokens, time);
            }
            public Completions complete(
                Sequences sequences, int copies, Decoding decoding, RandomStream stream) {
              throw new UnsupportedOperationException();
            }
            public TokenValues logProbabilities(Sequences sequences) {
              return new TokenValues(
                  sequences.count(), time, new float[sequences.count() * time]);
            }
            public NextTokens nextTokens(Sequences sequences, int[] cells) {
              throw new UnsupportedOperationException();
            }
            public Step trainMaximumLikelihood(Sequences batch, float truth, RandomStream stream) {
              return Step.of(1, 1);
            }
            public Step trainPolicyGradient(Sequences batch, TokenValues rewards, float temperature) {
              return Step.of(1, 1);
            }
            public void moveTowards(Generator other, float fraction) {}
            public NamedArrays parameters() { return new NamedArrays(Map.of()); }
            public void setParameters(NamedArrays parameters) {}
            public NamedArrays optimizerState() { return new NamedArrays(Map.of()); }
            public void setOptimizerState(NamedArrays state) {}
            public void close() {}
          };
        }
        """
            .formatted(token));
  }

  /**
   * A trainer of one phase, which has a generator alone.
   *
   * @param phases its phases
   * @param uses the parts that it uses
   * @param size what it asks of data and memory
   * @param step what it does in a step, with {@code context} and {@code generator}
   */
  void trainer(String phases, String uses, String size, String step) throws IOException {
    make(
        "training",
        TrainerProvider.class,
        """
        public List<PhasePlan> phases(Options options) { %s }
        public Set<TrainerPart> uses() { %s }
        public TrainerSize size(Options options) { %s }
        public Trainer create(TrainerContext context, Options options) {
          OptimizerOptions adam = new OptimizerOptions(0.01f, 0.9f, 0.999f, 1e-8f, 5f);
          Generator generator = context.generator("generator", adam, adam);
          return (phase, number, progress) -> { %s };
        }
        """
            .formatted(phases, uses, size, step));
  }

  /** A task, by the code that opens it. */
  void task(String open) throws IOException {
    make(
        "task",
        TaskProvider.class,
        "public Task open(TaskContext context, Options options) { %s }".formatted(open));
  }

  private void make(String kind, Class<?> service, String members) throws IOException {
    String type = "Odd" + made++;
    PluginJar.compiled(
        type,
        PROVIDER.formatted(type, service.getName(), members),
        service,
        work.resolve(type),
        jar(kind));
  }
}
