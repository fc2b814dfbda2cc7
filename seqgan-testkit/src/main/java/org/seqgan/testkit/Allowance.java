package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

/** What may be asked of a backend by a plugin, unless it says that it asks for more. */
final class Allowance {
  private Allowance() {}

  /**
   * Insists that no more is asked for; or that more is, of a plugin that says so.
   *
   * @param has whether the plugin has the capability
   * @param what is counted
   */
  static void assertKept(boolean has, Enum<?> capability, String what, int found, int most) {
    if (has) {
      assertThat(found)
          .as("%s, of which %s allows %d", what, capability, most)
          .isLessThanOrEqualTo(most);
    } else {
      assertThat(found)
          .as("%s, of what says by lacks() that it has more than %d: %s", what, most, capability)
          .isGreaterThan(most);
    }
  }
}
