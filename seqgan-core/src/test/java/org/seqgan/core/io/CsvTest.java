package org.seqgan.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void fieldsAreQuotedWhereRfc4180SaysSo() {
    assertThat(Csv.record(List.of("a b", "", "1,2", "say \"x\"", "two\nlines", "r\r", "'")))
        .isEqualTo("a b,,\"1,2\",\"say \"\"x\"\"\",\"two\nlines\",\"r\r\",'");
  }
}
