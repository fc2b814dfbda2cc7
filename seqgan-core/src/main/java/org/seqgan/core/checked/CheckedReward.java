package org.seqgan.core.checked;

import java.util.Map;
import java.util.regex.Pattern;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.plugin.About;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardRequest;
import org.seqgan.core.registry.PluginOrigin;

/**
 * A plugin's reward, checked: it gives one finite number for each token, and figures of names that
 * can stand beside others. What it says of the positions after the end of a sequence does not count
 * and is not looked at.
 */
public final class CheckedReward implements Reward {
  private static final Pattern FIGURE = Pattern.compile(About.NAME);

  private final Reward reward;
  private final PluginOrigin origin;

  /**
   * Checks a reward.
   *
   * @param origin the plugin that made it
   */
  public CheckedReward(Reward reward, PluginOrigin origin) {
    this.reward = reward;
    this.origin = origin;
  }

  @Override
  public TokenValues reward(RewardRequest request) {
    Sequences sequences = request.sequences();
    TokenValues values = origin.call("reward", () -> reward.reward(request));
    if (values.count() != sequences.count() || values.time() != sequences.time()) {
      throw origin.fault(
          "reward",
          "gave [%d, %d] rewards for [%d, %d] tokens"
              .formatted(values.count(), values.time(), sequences.count(), sequences.time()));
    }
    for (int i = 0; i < sequences.count(); i++) {
      for (int t = 0; t < sequences.length(i); t++) {
        if (!Float.isFinite(values.get(i, t))) {
          throw origin.fault(
              "reward",
              "gave %s for token %d of sequence %d, expected a finite number"
                  .formatted(values.get(i, t), t, i));
        }
      }
    }
    return values;
  }

  @Override
  public boolean readsDiscriminator() {
    return origin.call("readsDiscriminator", reward::readsDiscriminator);
  }

  @Override
  public boolean isConstant() {
    return origin.call("isConstant", reward::isConstant);
  }

  @Override
  public Map<String, Double> figures() {
    Map<String, Double> figures = origin.call("figures", reward::figures);
    for (String name : figures.keySet()) {
      if (!FIGURE.matcher(name).matches()) {
        throw origin.fault(
            "figures",
            "named a figure '%s', expected a lower-case letter followed by at most 39 lower-case letters, digits and hyphens"
                .formatted(name));
      }
    }
    return figures;
  }

  @Override
  public NamedArrays state() {
    return origin.call("state", reward::state);
  }

  @Override
  public void setState(NamedArrays state) {
    origin.run("setState", () -> reward.setState(state));
  }
}
