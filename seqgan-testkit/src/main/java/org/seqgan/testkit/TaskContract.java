package org.seqgan.testkit;

import static java.util.Comparator.comparingDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Corpus;
import org.seqgan.api.task.Notation;
import org.seqgan.api.task.NotationState;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.api.task.Tune;

/**
 * What every task must do. Extend it and implement {@link #open}; give the {@link #provider} too,
 * so that what it tells is checked. {@link DataContext} serves a task that has no oracle.
 *
 * <p>All random numbers come from one seed, which every failure names. It is 1 unless the system
 * property {@code seqgan.contract.seed} says otherwise.
 */
@ExtendWith(ContractSeed.class)
public abstract class TaskContract {
  private static final int SHOWN = 100;

  private Task task;

  /** The task, opened with the stream of a seed. The contract closes it. */
  protected abstract Task open(long seed);

  /**
   * The provider of the task, where what it tells is to be checked too. The contract opens nothing
   * by it.
   */
  protected Optional<TaskProvider<?>> provider() {
    return Optional.empty();
  }

  @BeforeEach
  final void openTheTask() {
    task = open(ContractSeed.value());
  }

  @AfterEach
  final void closeTheTask() {
    task.close();
  }

  @Test
  final void everySetHasSequencesOfTheVocabulary() {
    sets(task)
        .forEach(
            (name, set) -> {
              assertThat(set.count()).as("sequences of %s", name).isPositive();
              assertThat(set.time())
                  .as("positions of %s", name)
                  .isEqualTo(task.data().sequenceLength());
              SequenceChecks.assertFit(name, set, task.data().vocabulary());
            });
  }

  @Test
  final void trainingValidationAndTestAreDifferentSets() {
    List<Sequences> sets = List.copyOf(sets(task).values());
    for (int i = 0; i < sets.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(sets.get(i))
            .as("training, validation and test are different sets")
            .isNotSameAs(sets.get(j))
            .isNotEqualTo(sets.get(j));
      }
    }
  }

  @Test
  final void givesTheSameSetsEachTime() {
    Map<String, Sequences> first = sets(task);
    sets(task)
        .forEach((name, set) -> assertThat(set).as("%s again", name).isEqualTo(first.get(name)));
  }

  @Test
  final void openingTwiceWithOneSeedGivesEqualData() {
    try (Task again = open(ContractSeed.value())) {
      assertThat(again.data().vocabulary())
          .as("vocabulary, opened again with the same seed")
          .isEqualTo(task.data().vocabulary());
      assertThat(again.data().sequenceLength())
          .as("sequence length, opened again with the same seed")
          .isEqualTo(task.data().sequenceLength());
      Map<String, Sequences> first = sets(task);
      sets(again)
          .forEach(
              (name, set) ->
                  assertSameSequences(
                      name + ", opened again with the same seed", first.get(name), set));
    }
  }

  private static void assertSameSequences(String what, Sequences expected, Sequences actual) {
    assertThat(actual.count()).as("number of sequences of %s", what).isEqualTo(expected.count());
    for (int i = 0; i < expected.count(); i++) {
      assertThat(actual.row(i)).as("sequence %d of %s", i, what).isEqualTo(expected.row(i));
    }
  }

  @Test
  final void showsEverySequenceAsText() {
    for (int[] tokens : someSequences()) {
      String shown = asksFor("show", tokens, task::show);
      assertThat(shown).as("show(%s)", Arrays.toString(tokens)).isNotNull();
      assertThat(task.show(tokens)).as("show(%s) again", Arrays.toString(tokens)).isEqualTo(shown);
    }
  }

  /** What the task makes of a sequence, which may be any that an untrained generator writes. */
  private static <T> T asksFor(String method, int[] tokens, Function<int[], T> ask) {
    try {
      return ask.apply(tokens.clone());
    } catch (RuntimeException e) {
      throw new AssertionError(
          "%s(%s) must do for any tokens, as an untrained generator writes them; it failed: %s"
              .formatted(method, Arrays.toString(tokens), e),
          e);
    }
  }

  @Test
  final void writesEverySequenceAsTheSameFilesEachTime() {
    for (int[] tokens : someSequences()) {
      Map<String, byte[]> files = asksFor("files", tokens, task::files);
      assertThat(files.keySet())
          .as("file-name endings of the sequences of one task")
          .isEqualTo(task.files(task.data().training().row(0)).keySet())
          .allSatisfy(ending -> assertThat(ending).matches("[a-z0-9]+"));
      Map<String, byte[]> again = task.files(tokens);
      files.forEach((ending, bytes) -> assertThat(again.get(ending)).as(ending).isEqualTo(bytes));
    }
  }

  @Test
  final void showsSequencesWithoutItsDataAsWithThem() {
    Optional<NotationState> state = task.notationState();
    assertThat(task.notationState()).as("notationState again").isEqualTo(state);
    if (provider().isEmpty() || state.isEmpty()) {
      return;
    }
    assertThat(state.get().tokens())
        .as("tokens of notationState")
        .hasSize(task.data().vocabulary().size());
    Optional<Notation> restored = provider().get().notation(task.data().vocabulary(), state.get());
    assertThat(restored)
        .as("notation of the provider, as the task has a notationState")
        .isPresent();
    for (int[] tokens : someSequences()) {
      String what = Arrays.toString(tokens);
      String shown = task.show(tokens);
      assertThat(restored.get().show(tokens)).as("notation: show(%s)", what).isEqualTo(shown);
      assertThat(restored.get().tune(tokens))
          .as("notation: tune(%s)", what)
          .isEqualTo(task.tune(tokens));
      assertSameFiles(task.files(tokens), restored.get().files(tokens));
      assertThat(read(restored.get(), shown))
          .as("notation: read(%s)", shown)
          .isEqualTo(read(task, shown));
    }
  }

  private static void assertSameFiles(Map<String, byte[]> expected, Map<String, byte[]> found) {
    assertThat(found.keySet()).as("notation: files").isEqualTo(expected.keySet());
    expected.forEach(
        (ending, bytes) ->
            assertThat(found.get(ending)).as("notation: " + ending).isEqualTo(bytes));
  }

  /** What is read, or what is said to be wrong. */
  private static String read(Notation notation, String text) {
    try {
      return notation.read(text).map(Arrays::toString).orElse("nothing");
    } catch (UserException e) {
      return e.getMessage();
    }
  }

  @Test
  final void refusesANotationThatItHasNotMade() {
    Optional<NotationState> state = task.notationState();
    if (provider().isEmpty() || state.isEmpty()) {
      return;
    }
    Map<String, String> settings = new LinkedHashMap<>(state.get().settings());
    settings.put("no-such-key", "x");
    NotationState strange = new NotationState(state.get().tokens(), settings);
    assertThatThrownBy(
            () -> provider().get().notation(task.data().vocabulary(), strange),
            "notation of a state with an unknown key")
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.DATA));
  }

  @Test
  final void givesEverySequenceATuneOrNone() {
    boolean musical = task.tune(task.data().training().row(0)).isPresent();
    for (int[] tokens : someSequences()) {
      Optional<Tune> tune = asksFor("tune", tokens, task::tune);
      assertThat(tune).isEqualTo(task.tune(tokens));
      assertThat(tune.isPresent())
          .as("all sequences of a task are tunes, or none")
          .isEqualTo(musical);
      tune.ifPresent(
          notes ->
              assertThat(notes.notes()).isSortedAccordingTo(comparingDouble(Tune.Note::start)));
    }
  }

  /** Real sequences, each token alone, and, as an untrained generator writes them, any. */
  private List<int[]> someSequences() {
    List<int[]> some = new ArrayList<>();
    for (Sequences set : sets(task).values()) {
      for (int i = 0; i < Math.min(SHOWN, set.count()); i++) {
        some.add(set.row(i));
      }
    }
    int vocabularySize = task.data().vocabulary().size();
    for (int token = 0; token < vocabularySize; token++) {
      some.add(new int[] {token});
    }
    RandomStream stream = ContractSeed.stream("sequences");
    int[] drawn = new int[SHOWN * task.data().sequenceLength()];
    Arrays.setAll(drawn, i -> stream.nextInt(vocabularySize));
    Sequences any =
        Sequences.ofSampled(
            drawn, task.data().sequenceLength(), task.data().vocabulary().endToken());
    for (int i = 0; i < any.count(); i++) {
      some.add(any.row(i));
    }
    return some;
  }

  @Test
  final void tellsOfItselfWithoutBeingOpened() {
    provider().ifPresent(TaskContract::assertTells);
  }

  private static void assertTells(TaskProvider<?> provider) {
    assertThat(provider.about().name()).matches("[a-z][a-z0-9-]{0,39}");
    assertThat(provider.about().description()).isNotBlank().doesNotContain("\n");
    assertThat(provider.about().apiVersion()).isEqualTo(ApiVersion.CURRENT);
    assertThat(provider.about().optionsType().getRecordComponents())
        .allSatisfy(
            option ->
                assertThat(option.isAnnotationPresent(Option.class))
                    .as("@Option of %s", option.getName())
                    .isTrue());
    assertThat(provider.corpus()).as("a constant").isEqualTo(provider.corpus());
    provider.corpus().ifPresent(TaskContract::assertCanBeFetched);
  }

  private static void assertCanBeFetched(Corpus corpus) {
    assertThat(corpus.name()).matches("[a-z][a-z0-9-]{0,39}");
    assertThat(List.of(corpus.description(), corpus.licence()))
        .allSatisfy(line -> assertThat(line).isNotBlank().doesNotContain("\n"));
    assertThat(corpus.commit()).as("the name of a folder").matches("[A-Za-z0-9][A-Za-z0-9._-]*");
    assertThat(corpus.base().getScheme()).isIn("http", "https");
    assertThat(corpus.base().toString()).as("pinned to its version").contains(corpus.commit());
    assertThat(corpus.repository().isAbsolute()).isTrue();
  }

  @Test
  final void namesItsMetricsOnceEach() {
    assertThat(task.data().metrics()).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  final void saysWhereItsDataComeFrom() {
    assertThat(task.data().provenance()).isNotEmpty().allSatisfy(this::isOneLine);
  }

  private void isOneLine(String line) {
    assertThat(line).isNotBlank().doesNotContain("\n");
  }

  @Test
  final void itsOracleKnowsItsSequences() {
    task.oracle().ifPresent(this::assertKnowsTheTask);
  }

  private void assertKnowsTheTask(Policy oracle) {
    Sequences samples = oracle.sample(13, Decoding.SAMPLE, ContractSeed.stream("sampling"));
    assertThat(samples.time()).isEqualTo(task.data().sequenceLength());
    SequenceChecks.assertFit("the oracle's samples", samples, task.data().vocabulary());
    Sequences few = task.data().test().slice(0, Math.min(13, task.data().test().count()));
    for (float value : oracle.logProbabilities(few).values()) {
      assertThat(value).isFinite().isNotPositive();
    }
  }

  private static Map<String, Sequences> sets(Task of) {
    Map<String, Sequences> sets = new LinkedHashMap<>();
    sets.put("training", of.data().training());
    sets.put("validation", of.data().validation());
    sets.put("test", of.data().test());
    return sets;
  }
}
