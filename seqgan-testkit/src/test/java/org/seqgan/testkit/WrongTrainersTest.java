package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.Step;
import org.seqgan.api.plugin.About;
import org.seqgan.api.training.PhasePlan;
import org.seqgan.api.training.Progress;
import org.seqgan.api.training.Trainer;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.api.training.TrainerPart;
import org.seqgan.api.training.TrainerProvider;
import org.seqgan.api.training.TrainerSize;

@DisplayName("The contract of a trainer finds what is wrong")
final class WrongTrainersTest {
  /** None. */
  record Options() {}

  /** Policy gradient with a reward that is less the oftener there was one; right by default. */
  static class Falling implements Trainer {
    final TrainerContext context;
    final Generator generator;
    int before;

    Falling(TrainerContext context) {
      this.context = context;
      OptimizerOptions adam = new OptimizerOptions(0.1f, 0.9f, 0.999f, 1e-8f, 5f);
      this.generator = context.generator(TrainerContext.GENERATOR, adam, adam);
    }

    @Override
    public void step(String phase, int number, Progress progress) {
      for (int b = 0; b < 3; b++) {
        if (!skips(progress)) {
          batch(b, number, progress);
          progress.batchDone((b + 1) / 3.0);
        }
      }
    }

    boolean skips(Progress progress) {
      return progress.passesOver(1);
    }

    float scale() {
      return 1;
    }

    void batch(int b, int number, Progress progress) {
      Sequences batch = generator.sample(8, Decoding.SAMPLE, progress.random().split("batch", b));
      TokenValues q =
          context.reward(batch, generator, Decoding.SAMPLE, progress.random().split("reward", b));
      float[] values = q.values().clone();
      for (int i = 0; i < values.length; i++) {
        values[i] *= scale() / (1 + before);
      }
      before++;
      Step step =
          generator.trainPolicyGradient(batch, new TokenValues(q.count(), q.time(), values));
      progress.add("g-loss", step, Step::loss, 1);
    }

    @Override
    public NamedArrays state() {
      return new NamedArrays(Map.of("n", new FloatArray(new int[] {1}, new float[] {before})));
    }

    @Override
    public void setState(NamedArrays state) {
      before = (int) state.get("n").values()[0];
    }
  }

  /** Makes {@link Falling}, or what a subclass makes. */
  static class Provider implements TrainerProvider<Options> {
    @Override
    public About<Options> about() {
      return new About<>("falling", "for a test", Options.class, ApiVersion.CURRENT);
    }

    @Override
    public List<PhasePlan> phases(Options options) {
      return List.of(PhasePlan.of("game", 2, "rounds", PhasePlan.Evaluated.BY_ROUNDS));
    }

    @Override
    public Set<TrainerPart> uses() {
      return EnumSet.of(TrainerPart.GENERATOR, TrainerPart.REWARD);
    }

    @Override
    public Map<String, String> figures() {
      return Map.of("g-loss", "the generator's loss");
    }

    @Override
    public TrainerSize size(Options options) {
      return new TrainerSize(8, Map.of(), true);
    }

    @Override
    public Trainer create(TrainerContext context, Options options) {
      return new Falling(context);
    }
  }

  @ExtendWith(ContractRun.Only.class)
  static class Right extends TrainerContract<Options> {
    @Override
    protected TrainerProvider<Options> provider() {
      return new Provider();
    }

    @Override
    protected Options options() {
      return new Options();
    }
  }

  private static void finds(
      Class<? extends TrainerContract<?>> contract, String test, String inTheMessage) {
    assertThat(ContractRun.of(contract).failures())
        .hasEntrySatisfying(
            test, message -> assertThat(message).contains(inTheMessage).contains("[seed "));
  }

  @Test
  @DisplayName("is right to be right")
  void right() {
    assertThat(ContractRun.of(Right.class).failures()).isEmpty();
  }

  static class Forgetful extends Right {
    @Override
    protected TrainerProvider<Options> provider() {
      return new Provider() {
        @Override
        public Trainer create(TrainerContext context, Options options) {
          return new Falling(context) {
            @Override
            public NamedArrays state() {
              return NamedArrays.NONE;
            }

            @Override
            public void setState(NamedArrays state) {}
          };
        }
      };
    }
  }

  @Test
  @DisplayName("a trainer that remembers what it does not save")
  void forgetful() {
    finds(Forgetful.class, "endsWithTheSameBitsWhereverItIsStopped", "stopped after 1 batches");
  }

  static class Again extends Right {
    @Override
    protected TrainerProvider<Options> provider() {
      return new Provider() {
        @Override
        public Trainer create(TrainerContext context, Options options) {
          return new Falling(context) {
            @Override
            boolean skips(Progress progress) {
              return false;
            }
          };
        }
      };
    }
  }

  @Test
  @DisplayName("a trainer that does batches again that are done")
  void again() {
    finds(Again.class, "endsWithTheSameBitsWhereverItIsStopped", "stopped after 1 batches");
  }

  static class Modest extends Right {
    @Override
    protected TrainerProvider<Options> provider() {
      return new Provider() {
        @Override
        public Set<TrainerPart> uses() {
          return EnumSet.of(TrainerPart.GENERATOR);
        }
      };
    }
  }

  @Test
  @DisplayName("a trainer that uses what it does not say")
  void modest() {
    finds(Modest.class, "usesWhatItSaysThatItUses", "REWARD");
  }

  static class Twins extends Right {
    @Override
    protected TrainerProvider<Options> provider() {
      return new Provider() {
        @Override
        public List<PhasePlan> phases(Options options) {
          PhasePlan phase = super.phases(options).get(0);
          return List.of(phase, phase);
        }
      };
    }
  }

  @Test
  @DisplayName("two phases of one name")
  void twins() {
    finds(Twins.class, "phasesHaveNamesOfTheirOwnAndSteps", "two phases are named game");
  }

  /** A second phase, of which the first has what it multiplies rewards by. */
  record Ahead(int rounds, float scale) {}

  /** Options with a group for each phase but the first. */
  record TwoPhases(Ahead after) {}

  @ExtendWith(ContractRun.Only.class)
  static class ReadsAhead extends TrainerContract<TwoPhases> {
    @Override
    protected TwoPhases options() {
      return new TwoPhases(new Ahead(2, 0.5f));
    }

    Set<String> named() {
      return Set.of("reward");
    }

    @Override
    protected TrainerProvider<TwoPhases> provider() {
      return new TrainerProvider<>() {
        @Override
        public About<TwoPhases> about() {
          return new About<>("ahead", "for a test", TwoPhases.class, ApiVersion.CURRENT);
        }

        @Override
        public List<PhasePlan> phases(TwoPhases options) {
          return List.of(
              PhasePlan.of("game", 2, "rounds", PhasePlan.Evaluated.BY_ROUNDS),
              PhasePlan.of(
                  "after", options.after().rounds(), "after.rounds", PhasePlan.Evaluated.NEVER));
        }

        @Override
        public Map<String, Set<String>> reads() {
          return Map.of("game", named());
        }

        @Override
        public Set<TrainerPart> uses() {
          return EnumSet.of(TrainerPart.GENERATOR, TrainerPart.REWARD);
        }

        @Override
        public Map<String, String> figures() {
          return Map.of("g-loss", "the generator's loss");
        }

        @Override
        public TrainerSize size(TwoPhases options) {
          return new TrainerSize(8, Map.of(), true);
        }

        @Override
        public Trainer create(TrainerContext context, TwoPhases options) {
          return new Falling(context) {
            @Override
            public void step(String phase, int number, Progress progress) {
              if (phase.equals("game")) {
                super.step(phase, number, progress);
              }
            }

            @Override
            float scale() {
              return options.after().scale();
            }
          };
        }
      };
    }
  }

  @Test
  @DisplayName("a phase that depends on an option of a later one and does not say so")
  void readsAhead() {
    finds(ReadsAhead.class, "readsOnlyTheOptionsOfLaterPhasesThatItNames", "after.scale");
  }

  static class SaysSo extends ReadsAhead {
    @Override
    Set<String> named() {
      return Set.of("reward", "after.scale");
    }
  }

  @Test
  @DisplayName("is right to name the options of later phases that a phase depends on")
  void saysSo() {
    assertThat(ContractRun.of(SaysSo.class).failures()).isEmpty();
  }

  static class HidesTheReward extends ReadsAhead {
    @Override
    Set<String> named() {
      return Set.of("after.scale");
    }
  }

  @Test
  @DisplayName("a phase before the last that asks for rewards and does not say so")
  void hidesTheReward() {
    finds(HidesTheReward.class, "namesTheRewardWhereAPhaseBeforeTheLastAsksForIt", "game");
  }

  static class Misspells extends ReadsAhead {
    @Override
    Set<String> named() {
      return Set.of("reward", "after.scale", "after.shrink");
    }
  }

  @Test
  @DisplayName("a phase that names an option that there is not")
  void misspells() {
    finds(Misspells.class, "readsOnlyTheOptionsOfLaterPhasesThatItNames", "after.shrink");
  }

  static class Idle extends Other {
    @Override
    Trainer other(TrainerContext context) {
      OptimizerOptions adam = new OptimizerOptions(0.1f, 0.9f, 0.999f, 1e-8f, 5f);
      context.discriminator(TrainerContext.DISCRIMINATOR, adam);
      return new Falling(context);
    }
  }

  @Test
  @DisplayName("a trainer that makes a model and does not train it")
  void idle() {
    finds(Idle.class, "trainsItsModels", "discriminator");
  }

  /** Says a figure that is told in no line, or is no number. */
  abstract static class Saying extends Right {
    private final double gap;
    private final Map<String, String> lines;

    Saying(double gap, Map<String, String> lines) {
      this.gap = gap;
      this.lines = lines;
    }

    @Override
    protected TrainerProvider<Options> provider() {
      return new Provider() {
        @Override
        public Map<String, String> figures() {
          return lines;
        }

        @Override
        public Trainer create(TrainerContext context, Options options) {
          return new Falling(context) {
            @Override
            void batch(int b, int number, Progress progress) {
              super.batch(b, number, progress);
              progress.add("gap", gap, 1);
            }
          };
        }
      };
    }
  }

  static class Nameless extends Saying {
    Nameless() {
      super(Double.NaN, Map.of("g-loss", "the generator's loss", "gap", "a distance"));
    }
  }

  static class Unexplained extends Saying {
    Unexplained() {
      super(1, Map.of("g-loss", "the generator's loss"));
    }
  }

  @Test
  @DisplayName("a figure of which nothing says what it is")
  void unexplained() {
    finds(Unexplained.class, "isRepeatable", "figure gap has no line in figures()");
  }

  @Test
  @DisplayName("a figure that is no number")
  void noNumber() {
    finds(Nameless.class, "isRepeatable", "figure gap is NaN");
  }

  /** Makes a trainer that does otherwise than {@link Falling}. */
  abstract static class Other extends Right {
    @Override
    protected TrainerProvider<Options> provider() {
      return new Provider() {
        @Override
        public Trainer create(TrainerContext context, Options options) {
          return other(context);
        }
      };
    }

    abstract Trainer other(TrainerContext context);
  }

  static class Counts extends Other {
    @Override
    Trainer other(TrainerContext context) {
      return new Falling(context) {
        @Override
        public void begin(String phase) {
          before++;
        }
      };
    }
  }

  @Test
  @DisplayName("a trainer that counts how often a phase is begun")
  void counts() {
    finds(Counts.class, "beginsAPhaseTwiceLikeOnce", "after phases that were begun twice");
  }

  static class AsksInTime extends Other {
    @Override
    Trainer other(TrainerContext context) {
      return new Falling(context) {
        @Override
        void batch(int b, int number, Progress progress) {
          progress.checkStop();
          super.batch(b, number, progress);
        }
      };
    }
  }

  @Test
  @DisplayName("is right to ask before a batch changes anything")
  void asksInTime() {
    assertThat(ContractRun.of(AsksInTime.class).failures()).isEmpty();
  }

  static class AsksTooLate extends Other {
    @Override
    Trainer other(TrainerContext context) {
      return new Falling(context) {
        @Override
        void batch(int b, int number, Progress progress) {
          super.batch(b, number, progress);
          progress.checkStop();
        }
      };
    }
  }

  @Test
  @DisplayName("a trainer that may stop within a batch that has changed a model")
  void asksTooLate() {
    finds(AsksTooLate.class, "endsWithTheSameBitsWhereABatchIsLost", "stopped within a batch");
  }

  static class GoesOn extends Other {
    @Override
    Trainer other(TrainerContext context) {
      return new Falling(context) {
        @Override
        public void step(String phase, int number, Progress progress) {
          try {
            super.step(phase, number, progress);
          } catch (RuntimeException e) {
            before++;
          }
        }
      };
    }
  }

  @Test
  @DisplayName("a trainer that catches what stops it")
  void goesOn() {
    finds(GoesOn.class, "endsWithTheSameBitsWhereverItIsStopped", "went on where it was to stop");
  }
}
