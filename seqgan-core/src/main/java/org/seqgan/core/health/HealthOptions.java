package org.seqgan.core.health;

import java.util.List;
import org.seqgan.api.plugin.Option;
import org.seqgan.core.event.WarningKind;

/** What section {@code training} says of warnings, whatever the trainer. */
public record HealthOptions(
    @Option(
            description =
                "warnings that stop training, its state saved, with exit code 8; docs/training-health.md says what each means",
            defaultValue = "[]")
        List<WarningKind> stopOn) {
  /** Copies the list. */
  public HealthOptions {
    stopOn = List.copyOf(stopOn);
  }
}
