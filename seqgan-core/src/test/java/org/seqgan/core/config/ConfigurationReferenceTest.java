package org.seqgan.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;

final class ConfigurationReferenceTest {
  @Test
  void listsEverySectionAndEveryPlugin() {
    assertThat(ConfigurationReference.tables(FakePlugins.registry()))
        .contains(
            "| `seed` | whole number | `1` |  | of all randomness",
            "### `generator = gru`",
            "| `hidden-size` | whole number | `24` | at least 1 | of the state |",
            "## Section `training`",
            "| `adversarial.g-steps` | whole number | `1` | at least 0 |",
            "| `adversarial.baseline` | none or batch-mean or moving-average | `none` |",
            "beta &lt;- theta",
            "## Section `evaluation`");
  }

  @Test
  void replacesTheTablesOfADocumentAndKeepsTheRest() {
    String document =
        "Before.\n%s\nold\n%s\nAfter.\n"
            .formatted(ConfigurationReference.BEGIN, ConfigurationReference.END);
    String updated = ConfigurationReference.update(document, FakePlugins.registry());

    assertThat(updated).startsWith("Before.\n").endsWith("\nAfter.\n").doesNotContain("\nold\n");
    assertThat(ConfigurationReference.update(updated, FakePlugins.registry())).isEqualTo(updated);
    assertThatThrownBy(() -> ConfigurationReference.update("none", FakePlugins.registry()))
        .isInstanceOf(UserException.class);
  }
}
