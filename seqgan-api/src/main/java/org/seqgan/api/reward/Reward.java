package org.seqgan.api.reward;

import java.util.Map;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.TokenValues;

/** The return of each token. One thread at a time. */
@FunctionalInterface
public interface Reward {
  /**
   * A reward per token, {@code [batch, time]} like the request's sequences. What it says of the
   * positions after the end of a sequence does not count.
   */
  TokenValues reward(RewardRequest request);

  /**
   * Whether it gives every token the same reward by choice, as a control does. Of any other reward
   * a run warns where all tokens have the same: no policy gradient can learn from it.
   */
  default boolean isConstant() {
    return false;
  }

  /**
   * Whether it asks for the {@linkplain RewardRequest#discriminator discriminator}. Such a reward
   * is refused beside a trainer that has none, when the run is opened.
   */
  default boolean readsDiscriminator() {
    return false;
  }

  /**
   * What it has to report of its last request beside the rewards, by the rules of a plugin's name:
   * figures of that step. A reward that is not asked any more reports what it did then.
   */
  default Map<String, Double> figures() {
    return Map.of();
  }

  /**
   * A copy of what it remembers from one request to the next, for an exact resume; empty where a
   * request's answer does not depend on those before it.
   */
  default NamedArrays state() {
    return new NamedArrays(Map.of());
  }

  /**
   * Restores what {@link #state()} gave.
   *
   * @throws org.seqgan.api.UserException naming the first array that is missing, unknown or of
   *     another shape
   */
  default void setState(NamedArrays state) {
    if (!state.names().isEmpty()) {
      throw new UserException(
          UserException.Kind.DATA,
          "the reward remembers nothing, found %s: it must be the one that the state was saved with"
              .formatted(state.names()));
    }
  }
}
