package org.seqgan.tasks.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.task.Task;
import org.seqgan.tasks.DataChoice;

class OracleTaskTest {
  private static final OracleOptions SMALL =
      new OracleOptions(10, 4, 3, 2, 1, 6, 5, 7, 1.0, 1, Optional.empty());

  @TempDir Path folder;

  @Test
  void drawsTheSequencesFromTheOracle() {
    FakeOracle oracle = new FakeOracle(1);
    try (Task task = open(oracle, SMALL)) {
      assertThat(task.data().training().count()).isEqualTo(6);
      assertThat(task.data().validation().count()).isEqualTo(5);
      assertThat(task.data().test().count()).isEqualTo(7);
      assertThat(task.data().training().time()).isEqualTo(4);
      assertThat(task.data().sequenceLength()).isEqualTo(4);
      assertThat(task.data().vocabulary()).isEqualTo(Vocabulary.fixedLength(10, 1));
      assertThat(task.oracle().orElseThrow()).isSameAs(oracle);
      assertThat(oracle.decodings()).hasSize(3).containsOnly(Decoding.SAMPLE);
    }
  }

  @Test
  void theOracleIsTheLstmGeneratorWithTheFreshParameters() {
    FakeOracle oracle = new FakeOracle(1);
    try (Task task = open(oracle, SMALL)) {
      assertThat(task.data().metrics()).containsExactly("nll-oracle", "nll-gen");
      assertThat(oracle.name()).isEqualTo("lstm");
      assertThat(oracle.options()).isEqualTo(Map.of("embedding-size", 3, "hidden-size", 2));
      assertThat(oracle.parameters().get("lstm.W").values())
          .containsExactly(OracleParameters.fresh(SMALL.sizes(), 1, 1).get("lstm.W").values());
    }
  }

  @Test
  void theOracleDoesNotDependOnTheSeedOfTheRunButTheSequencesDo() {
    FakeOracle one = new FakeOracle(1);
    FakeOracle other = new FakeOracle(2);
    try (Task first = open(one, SMALL);
        Task again = open(new FakeOracle(1), SMALL);
        Task second = open(other, SMALL)) {
      assertThat(one.parameters().get("lstm.W").values())
          .containsExactly(other.parameters().get("lstm.W").values());
      assertThat(first.data().training())
          .isEqualTo(again.data().training())
          .isNotEqualTo(second.data().training());
    }
  }

  @Test
  void theWordCorpusStandsForTheFileThatWasFetched() throws IOException {
    OracleOptions fetched =
        new OracleOptions(10, 4, 3, 2, 1, 6, 5, 7, 1.0, 1, Optional.of(Path.of(DataChoice.CORPUS)));
    Path file = folder.resolve("target_params.pkl");
    assertThatThrownBy(() -> open(new FakeOracle(1).fetched(folder), fetched))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("no such file");
    Files.writeString(file, "no pickle");
    assertThatThrownBy(() -> open(new FakeOracle(1).fetched(folder), fetched))
        .hasMessageContaining(file.toString());
  }

  @Test
  void theThreeSetsHaveStreamsOfTheirOwn() {
    OracleOptions equal = new OracleOptions(1000, 4, 3, 2, 1, 6, 6, 6, 1.0, 1, Optional.empty());
    OracleOptions more = new OracleOptions(1000, 4, 3, 2, 1, 60, 6, 6, 1.0, 1, Optional.empty());
    try (Task task = open(new FakeOracle(1), equal);
        Task larger = open(new FakeOracle(1), more)) {
      assertThat(task.data().training())
          .isNotEqualTo(task.data().validation())
          .isNotEqualTo(task.data().test());
      assertThat(task.data().validation())
          .isNotEqualTo(task.data().test())
          .isEqualTo(larger.data().validation());
    }
  }

  @Test
  void showsTokensAsNumbers() {
    try (Task task = open(new FakeOracle(1), SMALL)) {
      assertThat(task.show(new int[] {3, 0, 9})).isEqualTo("3 0 9");
    }
  }

  @Test
  void saysWhereAFreshOracleComesFrom() {
    try (Task task = open(new FakeOracle(1), SMALL)) {
      assertThat(task.data().provenance())
          .containsExactly(
              "oracle: fresh LSTM, parameters from N(0, 1.0^2), oracle-seed 1",
              "oracle: 10 tokens, embedding 3, hidden 2, start token 1",
              "sampled from the oracle: 6 training, 5 validation and 7 test sequences of 4 tokens");
    }
  }

  @Test
  void readsTheParametersOfAFileAndSaysItsHash() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.safetensors"), "abc");
    FakeOracle oracle = new FakeOracle(1).holding(OracleParameters.fresh(SMALL.sizes(), 1, 99));
    OracleOptions options = new OracleOptions(10, 4, 3, 2, 1, 6, 5, 7, 1.0, 1, Optional.of(file));
    try (Task task = open(oracle, options)) {
      assertThat(oracle.parameters().get("lstm.U").values())
          .containsExactly(OracleParameters.fresh(SMALL.sizes(), 1, 99).get("lstm.U").values());
      // SHA-256 of "abc": FIPS 180-2, appendix B.1.
      assertThat(task.data().provenance().get(0))
          .isEqualTo(
              "oracle: parameters of mine.safetensors, SHA-256"
                  + " ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
  }

  @Test
  void closesTheOracle() {
    FakeOracle oracle = new FakeOracle(1);
    open(oracle, SMALL).close();
    assertThat(oracle.closed()).isEqualTo(1);
  }

  @Test
  void closesTheOracleIfSamplingFails() {
    FakeOracle oracle = new FakeOracle(1, true);
    assertThatThrownBy(() -> open(oracle, SMALL)).hasMessage("this generator fails");
    assertThat(oracle.closed()).isEqualTo(1);
  }

  @Test
  void optionsThatDoNotFitTogetherAreRejected() {
    assertThatThrownBy(() -> new OracleOptions(10, 4, 3, 2, 10, 6, 5, 7, 1.0, 1, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("start-token is 10, expected below vocabulary-size 10");
    assertThatThrownBy(
            () -> new OracleOptions(10, 4, 3, 2, 0, 6, 5, 7, Double.NaN, 1, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("deviation is NaN");
    assertThatThrownBy(
            () -> new OracleOptions(1 << 20, 4, 1 << 12, 2, 0, 6, 5, 7, 1, 1, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("vocabulary-size x embedding-size is 1048576 x 4096");
    assertThatThrownBy(
            () -> new OracleOptions(10, 1 << 16, 3, 2, 0, 1 << 15, 5, 7, 1, 1, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("training-sequences x sequence-length");
  }

  @Test
  void everyOptionIsDescribedAndOnlyTheFileHasNoDefault() {
    for (RecordComponent component : OracleOptions.class.getRecordComponents()) {
      Option option = component.getAnnotation(Option.class);
      assertThat(option).as(component.getName()).isNotNull();
      assertThat(option.description()).isNotBlank();
      assertThat(option.defaultValue().isEmpty())
          .isEqualTo(component.getName().equals("parameters"));
    }
    assertThat(Arrays.stream(OracleOptions.class.getRecordComponents()).map(c -> c.getName()))
        .containsExactly(
            "vocabularySize",
            "sequenceLength",
            "embeddingSize",
            "hiddenSize",
            "startToken",
            "trainingSequences",
            "validationSequences",
            "testSequences",
            "deviation",
            "oracleSeed",
            "parameters");
  }

  @Test
  void theProviderSaysWhatItIs() {
    OracleTaskProvider provider = new OracleTaskProvider();
    assertThat(provider.about().name()).isEqualTo("oracle");
    assertThat(provider.about().apiVersion()).isEqualTo(ApiVersion.CURRENT);
    assertThat(provider.about().optionsType()).isEqualTo(OracleOptions.class);
    assertThat(provider.about().description()).isNotBlank();
  }

  @Test
  void theProviderIsRegistered() throws IOException {
    try (InputStream in =
        OracleTaskProvider.class.getResourceAsStream(
            "/META-INF/services/org.seqgan.api.task.TaskProvider")) {
      assertThat(in).isNotNull();
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains(OracleTaskProvider.class.getName());
    }
  }

  private static Task open(FakeOracle context, OracleOptions options) {
    return new OracleTaskProvider().open(context, options);
  }

  @Test
  void itReadsNumbers() {
    try (Task task = open(new FakeOracle(1), SMALL)) {
      assertThat(task.read(" 9 0  3")).contains(new int[] {9, 0, 3});
      for (String number : List.of("10", "-1", "x", "99999999999")) {
        assertThatThrownBy(() -> task.read("1 " + number))
            .isInstanceOf(UserException.class)
            .hasMessage(
                "'%s' is no token of the oracle; expected numbers from 0 to 9 with spaces between them"
                    .formatted(number));
      }
    }
  }
}
