package org.seqgan.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpellingTest {
  @Test
  void countsInsertionsDeletionsSubstitutionsAndSwaps() {
    assertThat(Spelling.distance("", "abc")).isEqualTo(3);
    assertThat(Spelling.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Spelling.distance("batch-szie", "batch-size")).isEqualTo(1);
    assertThat(Spelling.distance("same", "same")).isZero();
  }

  @Test
  void listsTheNearestFirst() {
    assertThat(Spelling.closestFirst("lsmt", List.of("gru", "lstm", "rnn")))
        .startsWith("lstm")
        .hasSize(3);
  }

  @Test
  void suggestsNothingForAWordThatIsFarFromAll() {
    assertThat(Spelling.suggestion("batch-sise", List.of("batch-size", "epochs")))
        .contains("batch-size");
    assertThat(Spelling.suggestion("zzzzzzzz", List.of("batch-size", "epochs"))).isEmpty();
  }
}
