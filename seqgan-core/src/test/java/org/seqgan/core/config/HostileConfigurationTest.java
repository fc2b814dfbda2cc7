package org.seqgan.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;

/** Configurations that a fuzzer found. */
class HostileConfigurationTest {
  private static final String TASK = "backend = slow, task { name = lines, file = x }\n";

  private static ResolvedConfig load(String text, String... overrides) {
    return ExperimentConfig.loadText(FakePlugins.registry(), text, List.of(overrides));
  }

  @Test
  void aPluginWhoseNameIsNullHasNone() {
    assertThatThrownBy(() -> load(TASK + "generator { name = null }"))
        .isInstanceOf(UserException.class)
        .hasMessage("cell:2: generator.name: expected the name of a plugin, found null");
  }

  @Test
  void theTextOfACellMayReferToItsOwnValues() {
    assertThat(load(TASK + "generator.hidden-size = ${seed}, seed = 3"))
        .extracting(config -> config.generator().options())
        .isEqualTo(new FakePlugins.LstmOptions(32, 3));
  }

  @Test
  void aReferenceToNothingIsNamed() {
    assertThatThrownBy(() -> load(TASK + "seed = ${nowhere}"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("cell:2: ")
        .hasMessageContaining("${nowhere}");
  }

  @Test
  void anOverrideThatRefersToAnythingIsNamed() {
    assertThatThrownBy(() -> load(TASK, "generator={name=lstm,hidden-size=${seed}}"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("command line: generator=")
        .hasMessageContaining("${seed}");
  }
}
