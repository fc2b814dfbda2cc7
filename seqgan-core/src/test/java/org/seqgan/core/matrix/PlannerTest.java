package org.seqgan.core.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.seqgan.api.UserException;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.Matrices;
import org.seqgan.core.config.MatrixFile;
import org.seqgan.core.registry.PluginRegistry;

@DisplayName("A matrix file")
class PlannerTest {
  private static final PluginRegistry REGISTRY =
      PluginRegistry.discover(PlannerTest.class.getClassLoader());

  private static final String HEAD =
      """
      name = test
      preset = quickstart
      configuration { backend = reference, reward.roll-outs = 4 }
      baseline = mle
      metric = nll-oracle
      """;

  private static final String METHODS =
      """
      methods {
        mle { training.adversarial.rounds = 0 }
        seqgan {}
        constant { reward = constant }
      }
      """;

  @TempDir Path folder;

  /** Workers run cells wherever they are. */
  @Test
  void cellsSayInFullWhereTheirFilesAre() {
    String here = Path.of("some.pkl").toAbsolutePath().toString();
    String axes =
        "axes { task.parameters = [some.pkl, corpus, \"/elsewhere/other.pkl\"] }\nseeds = [1]";
    List<Cell> cells = plan(METHODS + axes).cells();
    assertThat(cells.get(0).overrides()).last().isEqualTo("task.parameters=\"" + here + "\"");
    assertThat(cells.get(0).axes()).containsEntry("task.parameters", "some.pkl");
    assertThat(cells.get(1).overrides()).last().isEqualTo("seed=1");
    assertThat(cells.get(2).overrides()).last().isEqualTo("seed=1");
    Cell again = cells.get(0);
    assertThat(ExperimentConfig.loadText(REGISTRY, again.source(), again.overrides()).values())
        .filteredOn(value -> value.key().equals("task.parameters"))
        .singleElement()
        .extracting(value -> value.value().orElseThrow())
        .isEqualTo("\"" + here + "\"");
  }

  @Test
  void expandsSeedsThenMethodsThenAxes() {
    Plan plan =
        plan(
            METHODS
                + """
                axes {
                  "training.adversarial.k" { from = 1, to = 2 }
                  training.batch-size = [32, 64]
                }
                seeds = [1, 2]
                """);

    assertThat(plan.cells()).hasSize(2 * 3 * 2 * 2);
    assertThat(plan.cells().stream().map(Cell::id).limit(5))
        .containsExactly(
            "mle-k1-batch-size32-seed1",
            "mle-k1-batch-size64-seed1",
            "mle-k2-batch-size32-seed1",
            "mle-k2-batch-size64-seed1",
            "seqgan-k1-batch-size32-seed1");
    Cell last = plan.cells().get(23);
    assertThat(last.number()).isEqualTo(24);
    assertThat(last.axes())
        .containsExactly(
            java.util.Map.entry("training.adversarial.k", "2"),
            java.util.Map.entry("training.batch-size", "64"));
    assertThat(last.overrides())
        .containsExactly(
            "reward.name=constant", "training.adversarial.k=2", "training.batch-size=64", "seed=2");
  }

  @Test
  void aCellHoldsItsWholeConfiguration() {
    Cell cell = plan(METHODS + "seeds = [7]").cells().get(2);

    var config = ExperimentConfig.loadText(REGISTRY, cell.source(), cell.overrides());
    assertThat(config.seed()).isEqualTo(7);
    assertThat(config.backend().provider().about().name()).isEqualTo("reference");
    // Options of the reward that the method replaces do not apply to its own.
    assertThat(config.reward().provider().about().name()).isEqualTo("constant");
  }

  @Test
  void excludesCellsOfTheGridAndIncludesOthers() {
    Plan plan =
        plan(
            METHODS
                + """
                axes { training.adversarial.k = [1, 2] }
                seeds = { from = 1, to = 3, step = 2 }
                exclude = [
                  { method = constant }
                  { method = mle, training.adversarial.k = 2 }
                  { method = seqgan, training.adversarial.k = 2, seed = 3 }
                ]
                "include" = [ { method = constant, reward.value = 0.5, seeds = [3, 4] } ]
                """);

    assertThat(plan.cells().stream().map(Cell::id))
        .containsExactly(
            "mle-k1-seed1",
            "seqgan-k1-seed1",
            "seqgan-k2-seed1",
            "mle-k1-seed3",
            "seqgan-k1-seed3",
            "constant-value0.5-seed3",
            "constant-value0.5-seed4");
  }

  @Test
  void namesOfAxesTellThemApart() {
    Plan plan =
        plan(
            METHODS
                + """
                axes { discriminator.embedding-size = [4], generator.hidden-size = [8]
                  generator.embedding-size = [5], reward = [random] }
                seeds = [1]
                exclude = [ { method = constant } ]
                """,
            "training.batch-size=16");

    assertThat(plan.cells().get(0).id())
        .isEqualTo(
            "mle-discriminator-embedding-size4-hidden-size8-generator-embedding-size5"
                + "-reward-random-seed1");
    assertThat(plan.cells().get(0).source()).contains("training.batch-size = 16");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "method { a {} }, seeds = [1]               | test.conf:6: unknown key 'method'; did you mean 'methods'?",
        "methods { mle {} }                         | 'seeds' must be given",
        "methods { mle {} }, seeds = []             | test.conf:6: seeds: expected at least one seed",
        "methods { mle {} }, seeds = [1, 1]         | expected each seed once",
        "methods { mle {} }, seeds = [1.5]          | expected a whole number",
        "methods { mle {} }, seeds { from = 3, to = 1 } | expected from <= to",
        "methods { mle {} }, seeds { from = 1, two = 3 } | unknown key 'seeds.two'",
        "methods { mel {} }, seeds = [1]            | baseline: expected one of mel, found 'mle'",
        "methods { mle {seed = 3} }, seeds = [1]    | expected no seed here",
        "methods { mle {}, \"a/b\" {} }, seeds = [1]| expected a name of lower-case letters",
        "methods { mle {} }, seeds = [1], axes { training.batch-size = 3 } | expected a list",
        "methods { mle {} }, seeds = [1], axes { training.batch-size = [3, 3] } | expected each value once",
        "methods { mle {} }, seeds = [1], exclude = [{methd = mle}] | expected method, seed or one of the axes",
        "methods { mle {} }, seeds = [1], exclude = [{method = mel}] | expected one of mle, found 'mel'",
        "methods { mle {}, a {} }, seeds = [1], controls { a = [b] } | controls.a: expected one of a, mle, found 'b'",
        "methods { mle {}, a {} }, seeds = [1], controls { b = [a] } | controls",
        "methods { mle {}, a {} }, seeds = [1], controls { a = [a] } | controls.a: expected other methods, each once",
        "methods { mle {}, a {} }, seeds = [1], controls { a = [mle, mle] } | controls.a: expected other methods, each once",
        "methods { mle {}, a {} }, seeds = [1], controls { a = [] } | controls.a: expected a list of the methods that are its controls",
        "methods { mle {} }, seeds = [1], exclude = [{seed = 2}] | test.conf:6: an exclusion that excludes nothing",
        "methods { mle {} }, seeds = [1], exclude = [{seed = 1}] | everything is excluded",
        "methods { mle {} }, seeds = [1], \"include\" = [{seed = 1}] | expected the method of the cell to include",
        "methods { mle {} }, seeds = [1], \"include\" = [{method = mle}] | cells mle-seed1 and mle-seed1 would do the same",
        "methods { mle {}, b {} }, seeds = [1]      | cells b-seed1 and mle-seed1 would do the same",
        "methods { mle {} }, seeds = [1], include = [] | write the key in quotes",
        "methods { mle {} }, seeds = [1], metrics = [nll-gen] | expected either metric or metrics",
        "methods { mle {} }, seeds = [1], configuration.evaluation.metrics = [bleu, nll-gen] | cell mle-seed1: expected a measurement of 'nll-oracle', which is to be compared, found bleu-2, bleu-3",
      })
  void mistakesAreSaidInOneLine(String text, String message) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> plan(text))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void aWrongConfigurationNamesItsCellAndItsLine() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                plan(
                    """
                    methods {
                      mle {}
                      seqgan { training.adversarial.round = 3 }
                    }
                    seeds = [1]
                    """))
        .withMessageContaining("cell seqgan-seed1: ")
        .withMessageContaining("test.conf:8: unknown key 'training.adversarial.round'")
        .withMessageContaining("did you mean 'rounds'?");
  }

  @Test
  void anAxisMustNotUndoAMethod() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () -> plan(METHODS + "axes { training.adversarial.rounds = [1, 2] }, seeds = [1]"))
        .withMessageContaining("would take back what method 'mle' sets");
  }

  @Test
  void aChangedPlanIsSaidInWords() {
    Plan old = plan(METHODS + "seeds = [1]");

    assertThat(old.difference(old)).isEmpty();
    assertThat(old.difference(plan(METHODS + "seeds = [1, 2]"))).hasValue("cell mle-seed2 is new");
    assertThat(plan(METHODS + "seeds = [1, 2]").difference(old)).hasValue("cell mle-seed2 is gone");
    assertThat(old.difference(plan(METHODS.replace("rounds = 0", "rounds = 1") + "seeds = [1]")))
        .hasValue(
            "cell mle-seed1 had 'training.adversarial.rounds=0', now has"
                + " 'training.adversarial.rounds=1'");
  }

  @Test
  void severalMetricsAreComparedAndTheFirstRanks() {
    String text = METHODS + "seeds = [1]\nmetrics = [nll-gen, distinct-2]";
    Plan plan = planOf(HEAD.replace("metric = nll-oracle\n", "") + text);

    assertThat(plan.metric()).isEqualTo("nll-gen");
    assertThat(plan.further()).containsExactly("distinct-2");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () -> planOf(HEAD.replace("metric = nll-oracle\n", "") + text + "\nmetrics = []"))
        .withMessageContaining("expected a list of metrics, the one that ranks first");
  }

  @Test
  void whatItsCellsAreComparedByDoesNotMakeAPlanAnother() {
    String text = METHODS + "seeds = [1]";
    Plan other = planOf(HEAD.replace("nll-oracle", "nll-gen") + text + "\nbetter = higher");

    assertThat(plan(text).difference(other)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Matrices.Size.class)
  void readyMadeMatricesThatNeedNoOtherPluginsResolve(Matrices.Size size) {
    for (String name : List.of("figure3", "controls")) {
      Plan plan = new Planner(MatrixFile.ready(name, size, List.of()), REGISTRY).plan();
      assertThat(plan.cells()).as(name).hasSizeGreaterThanOrEqualTo(15);
      assertThat(plan.cells()).extracting(Cell::method).contains("mle", "seqgan");
    }
  }

  private Plan plan(String text, String... overrides) {
    return planOf(HEAD + text, overrides);
  }

  private Plan planOf(String text, String... overrides) {
    Path file = folder.resolve("test.conf");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Planner(MatrixFile.read(file, List.of(overrides)), REGISTRY).plan();
  }
}
