package org.seqgan.tasks.poems;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seqgan.api.task.FileContents.LeftOut;
import org.seqgan.tasks.TextLines.Line;

class PoemReaderTest {
  private static final String ONE = "春水绕村流轻烟上小楼谁家新燕子又到旧檐头";
  private static final String TWO = "夜雨打空船渔灯照水眠一声归雁过秋在远山前";

  @Test
  void aLineOfTwentyCharactersIsAQuatrain() {
    assertThat(poems(ONE, TWO)).containsExactly(ONE, TWO);
  }

  @Test
  void spacesAndPunctuationDoNotCount() {
    assertThat(poems("春 水 绕 村 流 ， 轻 烟 上 小 楼 。 谁 家 新 燕 子 ， 又 到 旧 檐 头 。 ")).containsExactly(ONE);
    assertThat(poems("春水绕村流,轻烟上小楼.谁家新燕子?又到旧檐头!")).containsExactly(ONE);
  }

  @Test
  void aSignForALostCharacterCounts() {
    assertThat(poems(ONE.replace('春', '□'))).containsExactly(ONE.replace('春', '□'));
  }

  @Test
  void linesOfFiveOrTenAreQuatrainsTogether() {
    assertThat(poems("春水绕村流，", "轻烟上小楼。", "谁家新燕子，", "又到旧檐头。", TWO)).containsExactly(ONE, TWO);
    assertThat(poems("春水绕村流，轻烟上小楼。", "谁家新燕子，又到旧檐头。", "", TWO)).containsExactly(ONE, TWO);
  }

  @Test
  void aCommentIsNotLookedAt() {
    PoemReader.Found found = found("# 春水绕村流", ONE);
    assertThat(found.poems()).hasSize(1);
    assertThat(found.leftOut()).isZero();
  }

  @Test
  void aQuatrainThatOccursTwiceIsTakenOnce() {
    PoemReader.Found found = found(ONE, TWO, ONE);
    assertThat(found.poems()).hasSize(2);
    assertThat(found.read()).isEqualTo(3);
    assertThat(found.summary())
        .isEqualTo(
            "3 quatrains of 20 characters; removed: 1 that occur before; left out: 0 lines that belong to no quatrain");
  }

  @Test
  void otherLinesAreLeftOutAndCounted() {
    PoemReader.Found found =
        found("无题", ONE, "春水绕村流，轻烟上小楼。谁家新燕子，", "", "春水绕村流", "轻烟上小楼", "", TWO, "春水绕村流");
    assertThat(found.poems()).hasSize(2);
    assertThat(found.leftOut()).isEqualTo(5);
    assertThat(found.summary()).endsWith("(first: a.txt, line 1 has 2 characters)");
  }

  @Test
  void aLineOfFiveAboveAQuatrainIsItsTitle() {
    for (List<String> lines :
        List.of(
            List.of("春夜听雨声", "夜雨打空船", "渔灯照水眠", "一声归雁过", "秋在远山前"),
            List.of("春夜听雨声", "夜雨打空船，渔灯照水眠。", "一声归雁过，秋在远山前。"))) {
      PoemReader.Found found = found(lines.toArray(String[]::new));
      assertThat(found.poems()).containsExactly(List.of(TWO.split("")));
      assertThat(found.leftOut()).isEqualTo(1);
      assertThat(found.summary())
          .endsWith("(first: a.txt, line 1 has 5 characters, the title of a quatrain)");
    }
  }

  @Test
  void aPoemOfAnotherFormHasNoQuatrain() {
    String[] eightVerses = (ONE + TWO).split("(?<=\\G.{5})");
    String[] fourCouplets = (ONE + TWO).split("(?<=\\G.{10})");
    for (String[] lines : List.of(eightVerses, fourCouplets)) {
      PoemReader.Found found = found(lines);
      assertThat(found.poems()).isEmpty();
      assertThat(found.leftOut()).isEqualTo(lines.length);
      assertThat(found.summary())
          .endsWith(
              "(first: a.txt, line 1 has %d characters, 40 with the lines around it)"
                  .formatted(40 / lines.length));
    }
    assertThat(poems("春水绕村流轻烟上小楼", "夜雨打空船", "渔灯照水眠", "一声归雁过")).isEmpty();
  }

  @Test
  void aBlankLinePartsQuatrains() {
    assertThat(poems("春水绕村流轻烟上小楼", "谁家新燕子又到旧檐头", "", "夜雨打空船渔灯照水眠", "一声归雁过秋在远山前"))
        .containsExactly(ONE, TWO);
  }

  @Test
  void linesThatAreTooManyTogetherAreLeftOut() {
    PoemReader.Found found = found("春水绕村流", "春水绕村流轻烟上小楼", "春水绕村流轻烟上小楼", "谁家新燕子又到旧檐头");
    assertThat(found.leftOut()).isEqualTo(4);
    assertThat(found.poems()).isEmpty();
  }

  @Test
  void aQuatrainDoesNotGoOnInTheNextFile() {
    PoemReader reader = new PoemReader();
    reader.accept(new Line("a.txt", 1, "春水绕村流轻烟上小楼"));
    reader.accept(new Line("b.txt", 1, "谁家新燕子又到旧檐头"));
    assertThat(reader.found().poems()).isEmpty();
    assertThat(reader.found().leftOut()).isEqualTo(2);
  }

  @Test
  void whatIsLeftOutIsToldWithItsLine() {
    List<LeftOut> leftOut = new ArrayList<>();
    PoemReader reader = new PoemReader(leftOut::add);
    List<String> lines =
        List.of(
            "# 春",
            ONE,
            "无题",
            "",
            "春水绕村流，轻烟上小楼。",
            "谁家新燕子，又到旧檐头。",
            "",
            "春水绕村流",
            "",
            "春夜听雨声",
            "夜雨打空船渔灯照水眠",
            "# 秋",
            "一声归雁过秋在远山前",
            "",
            "春水绕村流",
            "轻烟上小楼");
    for (int i = 0; i < lines.size(); i++) {
      reader.accept(new Line("a.txt", i + 1, lines.get(i)));
    }
    assertThat(reader.found().poems()).hasSize(2);
    assertThat(leftOut)
        .containsExactly(
            new LeftOut("a.txt, line 1", "a comment"),
            new LeftOut("a.txt, line 3", "2 characters, which belong to no quatrain of 20"),
            new LeftOut("a.txt, line 5", "repeats the quatrain of a.txt, line 2"),
            new LeftOut("a.txt, line 8", "5 characters, which belong to no quatrain of 20"),
            new LeftOut("a.txt, line 12", "a comment"),
            new LeftOut("a.txt, line 10", "5 characters, the title of a quatrain"),
            new LeftOut("a.txt, line 15", "5 characters, 10 with the lines around it"),
            new LeftOut("a.txt, line 16", "5 characters, 10 with the lines around it"));
  }

  private static List<String> poems(String... lines) {
    return found(lines).poems().stream().map(poem -> String.join("", poem)).toList();
  }

  private static PoemReader.Found found(String... lines) {
    PoemReader reader = new PoemReader();
    for (int i = 0; i < lines.length; i++) {
      reader.accept(new Line("a.txt", i + 1, lines[i]));
    }
    return reader.found();
  }
}
