package org.seqgan.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seqgan.core.config.CommentedFile.Entry;
import org.seqgan.core.config.CommentedFile.Section;

class CommentedFileTest {
  @Test
  void everyOptionStandsBelowItsReason() {
    CommentedFile file =
        new CommentedFile(
            List.of("Mine."),
            List.of(new Section("task", List.of(new Entry("length", 8, "short lines")))));
    assertThat(file.render()).isEqualTo("# Mine.\n\ntask {\n  # short lines\n  length = 8\n}\n");
  }

  @Test
  void everyValueIsReadBackAsItWas() {
    String path = "/a b/${c} \"d\" # e\\f\n.txt";
    Config read =
        read(
            new Entry("path", path, ""),
            new Entry("word", "true", ""),
            new Entry("plain", "leave-out", ""),
            new Entry("deep.number", 0.001, ""),
            new Entry("flag", true, ""),
            new Entry("list", List.of("x", "1"), ""));
    assertThat(read.getString("path")).isEqualTo(path);
    assertThat(read.getValue("word").unwrapped()).isEqualTo("true");
    assertThat(read.getString("plain")).isEqualTo("leave-out");
    assertThat(read.getDouble("deep.number")).isEqualTo(0.001);
    assertThat(read.getBoolean("flag")).isTrue();
    assertThat(read.getStringList("list")).containsExactly("x", "1");
  }

  @Test
  void noCommentReachesBeyondItsLine() {
    String comment = "one\ntwo } three " + "four ".repeat(60);
    assertThat(read(new Entry("key", 1, comment)).root()).containsOnlyKeys("key");
    assertThat(text(new Entry("key", 1, comment)).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void anUnknownTypeIsRefused() {
    assertThatThrownBy(() -> read(new Entry("key", new Object(), "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not the value of an option");
  }

  private static Config read(Entry... entries) {
    return ConfigFactory.parseString(text(entries)).getConfig("task");
  }

  private static String text(Entry... entries) {
    return new CommentedFile(List.of(), List.of(new Section("task", List.of(entries)))).render();
  }
}
