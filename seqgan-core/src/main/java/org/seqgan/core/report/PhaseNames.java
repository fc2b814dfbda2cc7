package org.seqgan.core.report;

import java.util.List;
import org.seqgan.core.event.Phase;
import org.seqgan.core.run.Position;

/** What phases are called on the page. */
final class PhaseNames {
  private PhaseNames() {}

  /** The name in full, then shorter ones for narrow places. */
  static List<String> of(Phase phase) {
    return switch (phase) {
      case GENERATOR_PRETRAINING ->
          List.of("generator pre-training", "G pre-training", "G pre", "G");
      case DISCRIMINATOR_PRETRAINING ->
          List.of("discriminator pre-training", "D pre-training", "D pre", "D");
      case ADVERSARIAL -> List.of("adversarial training", "adversarial", "adv.", "A");
    };
  }

  /** A position in few words, in the units in which its phase counts. */
  static String brief(Position position) {
    String unit =
        switch (position.phase()) {
          case GENERATOR_PRETRAINING -> "MLE epoch ";
          case DISCRIMINATOR_PRETRAINING -> "D round ";
          case ADVERSARIAL -> "round ";
        };
    return unit + position.step();
  }
}
