package org.seqgan.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.UserException;

/** Where HOCON would keep the later of two values, and drop the other without a word. */
@DisplayName("A plugin's section in one file")
class SectionKeysTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "reward = bleu\nreward.roll-outs = 4",
        "reward.roll-outs = 4\nreward = bleu",
        "reward : \"bleu\", \"reward\" { roll-outs = 4 }",
        "reward { roll-outs = 4 } # options\n\n reward = bleu",
        "reward = { roll-outs = 4 }\nreward = bleu",
        "generator = gru\ngenerator.hidden-size = 64",
        "methods { a {}, b { reward = bleu, reward.roll-outs = 4 } }",
        "methods.b { reward = bleu }\nmethods { b.reward.roll-outs = 4 }",
        "axes { generator = [lstm, gru], generator.hidden-size = [32, 64] }",
        "\"include\" = [ { reward = bleu }, { reward = bleu, reward.roll-outs = 4 } ]",
        "{ \"reward\": \"bleu\", \"reward\": { \"roll-outs\": 4 } }"
      })
  void isANameOrAGroup(String text) {
    assertThatThrownBy(() -> HoconReader.read("my.conf", text))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("my.conf:")
        .hasMessageContaining("as a name or as a group, found both (line ")
        .hasMessageContaining(".name = NAME");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reward.name = bleu\nreward.roll-outs = 4",
        "reward { name = bleu }\nreward { roll-outs = 4 }",
        "reward = bleu\nreward = constant",
        "reward = bleu # reward.roll-outs = 4",
        "reward = bleu\ntext = \"reward { roll-outs = 4 }\"",
        "methods { a { reward = bleu }, b { reward.roll-outs = 4 } }",
        "\"include\" = [ { reward = bleu }, { reward.roll-outs = 4 } ]",
        "base { a = 1 }\nreward = ${base}\nreward.roll-outs = 4",
        "axes { generator.name = [lstm, gru], generator.hidden-size = [32, 64] }",
        "at = \"10:30\"\nreward.roll-outs = 4",
        "{ \"reward\": { \"name\": \"bleu\", \"roll-outs\": 4 } }"
      })
  void isReadWhereNothingIsLost(String text) {
    assertThat(HoconReader.read("my.conf", text).isEmpty()).isFalse();
  }
}
