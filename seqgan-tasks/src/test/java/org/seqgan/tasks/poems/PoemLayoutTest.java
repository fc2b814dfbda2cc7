package org.seqgan.tasks.poems;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoemLayoutTest {
  private static final List<String> POEM = Arrays.asList("春水绕村流轻烟上小楼谁家新燕子又到旧檐头".split(""));

  @Test
  void linesStandBelowEachOther() {
    assertThat(PoemLayout.LINES.write(POEM)).isEqualTo("春水绕村流\n轻烟上小楼\n谁家新燕子\n又到旧檐头");
  }

  @Test
  void columnsAreReadDownwardsFromRightToLeft() {
    assertThat(PoemLayout.COLUMNS.write(POEM))
        .isEqualTo("又　谁　轻　春\n到　家　烟　水\n旧　新　上　绕\n檐　燕　小　村\n头　子　楼　流");
  }

  @Test
  void anUnfinishedPoemHasAShortLastLine() {
    assertThat(PoemLayout.LINES.write(POEM.subList(0, 7))).isEqualTo("春水绕村流\n轻烟");
    assertThat(PoemLayout.COLUMNS.write(POEM.subList(0, 7))).isEqualTo("轻　春\n烟　水\n　　绕\n　　村\n　　流");
    assertThat(PoemLayout.COLUMNS.write(POEM.subList(0, 2))).isEqualTo("春\n水");
  }
}
