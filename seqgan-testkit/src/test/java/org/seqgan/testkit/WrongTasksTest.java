package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.plugin.About;
import org.seqgan.api.task.Notation;
import org.seqgan.api.task.NotationState;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskContext;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.api.task.Tune;

@DisplayName("The contract of a task finds one that")
class WrongTasksTest {
  private static final String FIT = "everySetHasSequencesOfTheVocabulary";

  private static void assertFinds(
      Class<? extends TaskContract> contract, String test, String... inTheMessage) {
    assertThat(ContractRun.of(contract).failures())
        .hasEntrySatisfying(
            test, message -> assertThat(message).contains(inTheMessage).contains("[seed "));
  }

  @ExtendWith(ContractRun.Only.class)
  abstract static class WrongTask extends TaskContract {}

  /** A task that does all as a right one does, but for what a subclass does otherwise. */
  static class Wrong implements Task {
    final Task right;

    Wrong(long seed) {
      this.right = new CountingTask(seed);
    }

    @Override
    public TaskData data() {
      return new TaskData(
          vocabulary(),
          training(),
          validation(),
          test(),
          right.data().metrics(),
          right.data().provenance());
    }

    Vocabulary vocabulary() {
      return right.data().vocabulary();
    }

    Sequences training() {
      return right.data().training();
    }

    Sequences validation() {
      return right.data().validation();
    }

    Sequences test() {
      return right.data().test();
    }

    @Override
    public Optional<Policy> oracle() {
      return right.oracle();
    }

    @Override
    public String show(int[] tokens) {
      return right.show(tokens);
    }

    @Override
    public Optional<Tune> tune(int[] tokens) {
      return right.tune(tokens);
    }

    @Override
    public Map<String, byte[]> files(int[] tokens) {
      return right.files(tokens);
    }

    @Override
    public void close() {
      right.close();
    }
  }

  static class Right extends WrongTask {
    @Override
    protected Task open(long seed) {
      return new Wrong(seed);
    }
  }

  @Test
  @DisplayName("is right to be right")
  void isRight() {
    assertThat(ContractRun.of(Right.class).failures()).isEmpty();
  }

  static class HasAVocabularyTooSmall extends WrongTask {
    @Override
    protected Task open(long seed) {
      return new Wrong(seed) {
        @Override
        Vocabulary vocabulary() {
          return new Vocabulary(8, 0, OptionalInt.of(7));
        }
      };
    }
  }

  @Test
  @DisplayName("has a vocabulary of fewer tokens than its data")
  void hasAVocabularyTooSmall() {
    assertFinds(HasAVocabularyTooSmall.class, FIT, "of training, in a vocabulary of 8");
  }

  static class HasATokenBelowZero extends WrongTask {
    @Override
    protected Task open(long seed) {
      return new Wrong(seed) {
        @Override
        Sequences test() {
          int[] tokens = right.data().test().tokens().clone();
          tokens[0] = -1;
          return Sequences.of(tokens, right.data().test().lengths(), right.data().test().time());
        }
      };
    }
  }

  @Test
  @DisplayName("has a token that is no id")
  void hasATokenBelowZero() {
    assertFinds(HasATokenBelowZero.class, FIT, "token 0 of sequence 0 of test", "-1");
  }

  static class EndsWithoutItsEnd extends WrongTask {
    @Override
    protected Task open(long seed) {
      return new Wrong(seed) {
        @Override
        Sequences validation() {
          int[] tokens = {1, 2, 3, 3, 3};
          return Sequences.concat(
              List.of(
                  right.data().validation(), Sequences.of(tokens, new int[] {3}, tokens.length)));
        }
      };
    }
  }

  @Test
  @DisplayName("ends a sequence without the end token")
  void endsWithoutItsEnd() {
    assertFinds(
        EndsWithoutItsEnd.class,
        FIT,
        "sequence 20 of validation has 3 tokens: expected the end token 10 at position 2, found 3");
  }

  static class ShowsOnlyWhatItHasRead extends WrongTask {
    @Override
    protected Task open(long seed) {
      return new Wrong(seed) {
        @Override
        public String show(int[] tokens) {
          if (tokens.length > 1 && tokens[0] == tokens[1]) {
            throw new IllegalStateException("two of a kind");
          }
          return right.show(tokens);
        }

        @Override
        Sequences training() {
          return withoutTwoOfAKind(right.data().training());
        }

        @Override
        Sequences validation() {
          return withoutTwoOfAKind(right.data().validation());
        }

        @Override
        Sequences test() {
          return withoutTwoOfAKind(right.data().test());
        }
      };
    }

    private static Sequences withoutTwoOfAKind(Sequences all) {
      return all.select(
          IntStream.range(0, all.count())
              .filter(i -> all.token(i, 0) != all.token(i, 1))
              .toArray());
    }
  }

  @Test
  @DisplayName("shows no sequence that is not like its data")
  void showsOnlyWhatItHasRead() {
    assertFinds(
        ShowsOnlyWhatItHasRead.class,
        "showsEverySequenceAsText",
        "show([",
        "must do for any tokens, as an untrained generator writes them; it failed:",
        "two of a kind");
  }

  static class HasOtherDataEachTimeItIsOpened extends WrongTask {
    private int opened;

    @Override
    protected Task open(long seed) {
      return new Wrong(seed + opened++);
    }
  }

  @Test
  @DisplayName("has other data each time it is opened with one seed")
  void hasOtherDataEachTimeItIsOpened() {
    assertFinds(
        HasOtherDataEachTimeItIsOpened.class,
        "openingTwiceWithOneSeedGivesEqualData",
        "of training, opened again with the same seed");
  }

  static class HasOtherDataEachTimeItIsAsked extends WrongTask {
    @Override
    protected Task open(long seed) {
      return new Wrong(seed) {
        private int asked;

        @Override
        Sequences training() {
          int from = asked++ % 10;
          return right.data().training().slice(from, from + 20);
        }
      };
    }
  }

  @Test
  @DisplayName("has other data each time it is asked")
  void hasOtherDataEachTimeItIsAsked() {
    assertFinds(HasOtherDataEachTimeItIsAsked.class, "givesTheSameSetsEachTime", "training again");
  }

  static class TestsOnItsTrainingSet extends WrongTask {
    @Override
    protected Task open(long seed) {
      return new Wrong(seed) {
        @Override
        Sequences test() {
          return right.data().training();
        }
      };
    }
  }

  @Test
  @DisplayName("tests on its training set")
  void testsOnItsTrainingSet() {
    assertFinds(
        TestsOnItsTrainingSet.class,
        "trainingValidationAndTestAreDifferentSets",
        "training, validation and test are different sets");
  }

  /** The notation of a task without its data, which is another one, and of any state. */
  private static final class Forgetful implements TaskProvider<Forgetful.Options> {
    record Options() {}

    @Override
    public About<Options> about() {
      return new About<>("forgetful", "forgets its data", Options.class, ApiVersion.CURRENT);
    }

    @Override
    public Task open(TaskContext context, Options options) {
      throw new AssertionError("a contract opens nothing by a provider");
    }

    @Override
    public Optional<Notation> notation(Vocabulary vocabulary, NotationState state) {
      return Optional.of(tokens -> "something");
    }
  }

  static class ShowsOtherwiseWithoutItsData extends WrongTask {
    @Override
    protected Task open(long seed) {
      return new Wrong(seed) {
        @Override
        public Optional<NotationState> notationState() {
          List<String> digits = IntStream.range(0, 11).mapToObj(Integer::toString).toList();
          return Optional.of(new NotationState(digits, Map.of()));
        }
      };
    }

    @Override
    protected Optional<TaskProvider<?>> provider() {
      return Optional.of(new Forgetful());
    }
  }

  @Test
  @DisplayName("shows sequences otherwise without its data, and takes any state")
  void showsOtherwiseWithoutItsData() {
    assertFinds(
        ShowsOtherwiseWithoutItsData.class,
        "showsSequencesWithoutItsDataAsWithThem",
        "notation: show(");
    assertFinds(
        ShowsOtherwiseWithoutItsData.class,
        "refusesANotationThatItHasNotMade",
        "notation of a state with an unknown key");
  }
}
