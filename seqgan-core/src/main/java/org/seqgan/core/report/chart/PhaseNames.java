package org.seqgan.core.report.chart;

import java.util.List;
import java.util.Map;
import org.seqgan.core.event.Phase;
import org.seqgan.core.run.Position;

/** What phases are called on the page. */
public final class PhaseNames {
  private PhaseNames() {}

  private static final Map<Phase, List<String>> KNOWN =
      Map.of(
          Phase.GENERATOR_PRETRAINING,
          List.of("generator pre-training", "G pre-training", "G pre", "G"),
          Phase.DISCRIMINATOR_PRETRAINING,
          List.of("discriminator pre-training", "D pre-training", "D pre", "D"),
          Phase.ADVERSARIAL,
          List.of("adversarial training", "adversarial", "adv.", "A"));

  private static final Map<Phase, String> UNITS =
      Map.of(
          Phase.GENERATOR_PRETRAINING,
          "MLE epoch",
          Phase.DISCRIMINATOR_PRETRAINING,
          "D round",
          Phase.ADVERSARIAL,
          "round");

  /** The name in full, then shorter ones for narrow places. */
  public static List<String> of(Phase phase) {
    String name = phase.name().replace('-', ' ');
    return KNOWN.getOrDefault(phase, List.of(name, name.substring(0, 1)));
  }

  /** A position in few words, in the units in which its phase counts. */
  public static String brief(Position position) {
    Phase phase = position.phase();
    return UNITS.getOrDefault(phase, phase.name().replace('-', ' ')) + " " + position.step();
  }
}
