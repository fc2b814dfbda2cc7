package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardContext;
import org.seqgan.api.reward.RewardRequest;

@DisplayName("The contract of a reward finds one that")
class WrongRewardsTest {
  /** The number of requests before this one, and the token. */
  static class Counting implements Reward {
    float asked;

    float value(RewardRequest request, int at) {
      return asked + request.sequences().tokens()[at];
    }

    @Override
    public TokenValues reward(RewardRequest request) {
      float[] values = new float[request.sequences().tokens().length];
      for (int at = 0; at < values.length; at++) {
        values[at] = value(request, at);
      }
      asked++;
      return new TokenValues(request.sequences().count(), request.sequences().time(), values);
    }

    @Override
    public Map<String, Double> figures() {
      return Map.of("requests", (double) asked);
    }

    @Override
    public NamedArrays state() {
      return new NamedArrays(Map.of("asked", new FloatArray(new int[] {1}, new float[] {asked})));
    }

    @Override
    public void setState(NamedArrays state) {
      asked = state.get("asked").values()[0];
    }
  }

  @ExtendWith(ContractRun.Only.class)
  abstract static class Wrong extends RewardContract {
    @Override
    protected Set<Capability> lacks() {
      return Set.of();
    }
  }

  private static void assertFinds(
      Class<? extends RewardContract> contract, String test, String... inTheMessage) {
    assertThat(ContractRun.of(contract).failures())
        .hasEntrySatisfying(
            test, message -> assertThat(message).contains(inTheMessage).contains("[seed "));
  }

  static class Right extends Wrong {
    @Override
    protected Reward create(RewardContext context) {
      return new Counting();
    }
  }

  @Test
  @DisplayName("is right to be right")
  void isRight() {
    assertThat(ContractRun.of(Right.class).failures()).isEmpty();
  }

  static class DividesByNothing extends Wrong {
    @Override
    protected Reward create(RewardContext context) {
      return new Counting() {
        @Override
        float value(RewardRequest request, int at) {
          return 0f / request.sequences().tokens()[at];
        }
      };
    }
  }

  @Test
  @DisplayName("gives what is no number")
  void dividesByNothing() {
    assertFinds(DividesByNothing.class, "everyTokenHasAFiniteReward", "reward of token ");
  }

  static class HasOneForEachSequence extends Wrong {
    @Override
    protected Reward create(RewardContext context) {
      return request ->
          new TokenValues(request.sequences().count(), 1, new float[request.sequences().count()]);
    }
  }

  @Test
  @DisplayName("gives one number for each sequence")
  void hasOneForEachSequence() {
    assertFinds(HasOneForEachSequence.class, "everyTokenHasAFiniteReward", "positions of rewards");
  }

  static class ReadsWithoutAWord extends Wrong {
    @Override
    protected Reward create(RewardContext context) {
      return new Counting() {
        @Override
        float value(RewardRequest request, int at) {
          return request.discriminator().probabilityReal(request.sequences())[0] + at;
        }
      };
    }
  }

  @Test
  @DisplayName("reads the discriminator and does not say so")
  void readsWithoutAWord() {
    assertFinds(
        ReadsWithoutAWord.class,
        "readsTheDiscriminatorIfItSaysSo",
        "readsDiscriminator() of a reward that reads it");
  }

  static class ForgetsItsState extends Wrong {
    @Override
    protected Reward create(RewardContext context) {
      return new Counting() {
        @Override
        public void setState(NamedArrays state) {}
      };
    }
  }

  static class HidesItsState extends Wrong {
    @Override
    protected Reward create(RewardContext context) {
      Counting hidden = new Counting();
      return hidden::reward;
    }

    @Override
    protected Set<Capability> lacks() {
      return Set.of(Capability.REMEMBERS);
    }
  }

  @Test
  @DisplayName("does not go on where it was")
  void forgetsItsState() {
    assertFinds(ForgetsItsState.class, "goesOnFromItsState", "the state that was set");
    assertFinds(HidesItsState.class, "goesOnFromItsState", "what a resumed reward says");
  }

  static class TakesAnyState extends Wrong {
    @Override
    protected Reward create(RewardContext context) {
      return new Counting() {
        @Override
        float value(RewardRequest request, int at) {
          return request.sequences().tokens()[at];
        }

        @Override
        public NamedArrays state() {
          return new NamedArrays(Map.of());
        }

        @Override
        public void setState(NamedArrays state) {}
      };
    }

    @Override
    protected Set<Capability> lacks() {
      return Set.of(Capability.REMEMBERS);
    }
  }

  @Test
  @DisplayName("takes a state that is not its own")
  void takesAnyState() {
    assertFinds(TakesAnyState.class, "goesOnFromItsState", "Expecting code to raise a throwable");
  }

  static class IsSecretlyConstant extends Wrong {
    @Override
    protected Reward create(RewardContext context) {
      return new Counting() {
        @Override
        float value(RewardRequest request, int at) {
          return 1;
        }
      };
    }
  }

  static class OnlySaysThatItIsConstant extends Wrong {
    @Override
    protected Reward create(RewardContext context) {
      return new Counting() {
        @Override
        public boolean isConstant() {
          return true;
        }
      };
    }

    @Override
    protected Set<Capability> lacks() {
      return Set.of(Capability.VARIES);
    }
  }

  @Test
  @DisplayName("is constant or not, but not as it says")
  void isSecretlyConstant() {
    String test = "rewardsDifferUnlessItSaysThatTheyDoNot";
    assertFinds(IsSecretlyConstant.class, test, "rewards differ");
    assertFinds(OnlySaysThatItIsConstant.class, test, "rewards differ");
  }

  static class DrawsFromItsOwnRandomNumbers extends Wrong {
    private int made;

    @Override
    protected Reward create(RewardContext context) {
      int own = made++;
      return new Counting() {
        @Override
        float value(RewardRequest request, int at) {
          return Arrays.hashCode(new int[] {own, at}) % 100;
        }
      };
    }
  }

  @Test
  @DisplayName("has random numbers of its own")
  void drawsFromItsOwnRandomNumbers() {
    assertFinds(
        DrawsFromItsOwnRandomNumbers.class,
        "equalRewardsAnswerEqualRequestsEqually",
        "what a second reward says of request 0");
  }

  static class KeepsATensor extends Wrong {
    @Override
    protected Reward create(RewardContext context) {
      context.backend().openScope().zeros(3);
      return new Counting();
    }
  }

  @Test
  @DisplayName("leaves tensors behind")
  void keepsATensor() {
    assertThat(ContractRun.of(KeepsATensor.class).failures().values())
        .isNotEmpty()
        .allSatisfy(message -> assertThat(message).contains("tensors left"));
  }

  static class NamesItsFiguresAsItLikes extends Wrong {
    @Override
    protected Reward create(RewardContext context) {
      return new Counting() {
        @Override
        public Map<String, Double> figures() {
          return Map.of("Requests so far", 1.0);
        }
      };
    }
  }

  @Test
  @DisplayName("names its figures as it likes")
  void namesItsFiguresAsItLikes() {
    assertFinds(NamesItsFiguresAsItLikes.class, "itsFiguresHaveNames", "Requests so far");
  }
}
