package org.seqgan.core.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.ActionValues;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.model.TinyModels;

@DisplayName("The spread of roll-outs")
class CreditTest {
  private static final OptionalInt END = OptionalInt.of(4);
  private static final int TIME = 5;
  private static final int COPIES = 7;

  private final TinyModels models = new TinyModels(5, TIME, END);
  private final Generator generator = models.generator(1);
  private final Discriminator discriminator = models.discriminator(2);
  private final RandomStream stream = RandomStream.of(3);
  private final Sequences batch = generator.sample(6, Decoding.SAMPLE, stream.split("sample"));
  private final ObservedRollOuts policy = new ObservedRollOuts(generator, END);

  @AfterEach
  void close() {
    generator.close();
    discriminator.close();
    models.close();
  }

  private TokenValues reward(Policy asked) {
    Completions completions =
        asked.complete(batch, COPIES, Decoding.SAMPLE, stream.split("roll-out"));
    return ActionValues.of(
        completions,
        discriminator.probabilityReal(completions),
        discriminator.probabilityReal(batch));
  }

  @Test
  void isThatOfTheScoresThatQIsTheMeanOf() {
    Credit credit = Credit.of(batch, policy, this::reward);
    assertThat(credit.notes()).isEmpty();
    assertThat(credit.q().values())
        .as("Q, as without anybody who looks")
        .isEqualTo(reward(generator).upToTheEnds(batch).values());
    Completions drawn =
        generator.complete(batch, COPIES, Decoding.SAMPLE, stream.split("roll-out"));
    float[] scores = discriminator.probabilityReal(drawn);
    TokenValues spread = credit.spread().orElseThrow();
    boolean some = false;
    for (int i = 0; i < batch.count(); i++) {
      for (int t = 0; t < batch.length(i) - 1; t++) {
        double mean = 0;
        for (int n = 0; n < COPIES; n++) {
          mean += scores[(t * COPIES + n) * batch.count() + i] / (double) COPIES;
        }
        double variance = 0;
        for (int n = 0; n < COPIES; n++) {
          variance += Math.pow(scores[(t * COPIES + n) * batch.count() + i] - mean, 2) / COPIES;
        }
        assertThat((double) credit.q().get(i, t)).isCloseTo(mean, within(1e-6));
        assertThat((double) spread.get(i, t)).isCloseTo(Math.sqrt(variance), within(1e-6));
        some |= Math.sqrt(variance) > 1e-3;
      }
    }
    assertThat(some).as("some roll-outs differ").isTrue();
  }

  @Test
  void isOfTheVeryRollOutsOneCopyAfterTheOther() {
    Completions drawn = policy.complete(batch, COPIES, Decoding.SAMPLE, stream);
    for (int n = 0; n < COPIES; n++) {
      Completions one = ObservedRollOuts.one(drawn, n, END);
      assertThat(one.copies()).isEqualTo(1);
      for (int row = 0; row < one.rowCount(); row++) {
        int prefix = one.prefixLength(row) - 1;
        int of = (prefix * COPIES + n) * batch.count() + one.sequence(row);
        for (int t = 0; t < TIME; t++) {
          assertThat(one.token(row, t)).isEqualTo(drawn.token(of, t));
        }
      }
    }
    policy.answerWith(3);
    assertThat(policy.complete(batch, COPIES, Decoding.SAMPLE, stream.split("other")).copies())
        .isEqualTo(1);
    assertThat(policy.drawn()).hasSize(1);
  }

  @Test
  void isNotThereOfARewardWithoutRollOuts() {
    float[] ones = new float[batch.count() * TIME];
    Arrays.fill(ones, 1);
    Credit credit =
        Credit.of(batch, policy, asked -> new TokenValues(batch.count(), TIME, ones.clone()));
    assertThat(credit.spread()).isEmpty();
    assertThat(credit.notes())
        .containsExactly("the reward completes no prefixes, so that its tokens have no spread");
  }

  @Test
  void isNotThereOfARewardThatIsNoMean() {
    Credit credit = Credit.of(batch, policy, this::best);
    assertThat(credit.spread()).isEmpty();
    assertThat(credit.notes())
        .containsExactly(
            "the reward is no mean over its roll-outs, so that its tokens have no spread");
  }

  /** The largest score of any roll-out of a token. */
  private TokenValues best(Policy asked) {
    Completions completions = asked.complete(batch, COPIES, Decoding.SAMPLE, stream);
    float[] scores = discriminator.probabilityReal(completions);
    float[] best = new float[batch.count() * TIME];
    for (int row = 0; row < scores.length; row++) {
      int at = completions.sequence(row) * TIME + completions.prefixLength(row) - 1;
      best[at] = Math.max(best[at], scores[row]);
    }
    return new TokenValues(batch.count(), TIME, best);
  }
}
