package org.seqgan.core.run;

import java.util.List;

/**
 * What is known of a run before it starts.
 *
 * @param version the version of this program
 * @param metrics what the metrics mean, the one that ranks the run first
 * @param provenance one line each: where data, backend, seed and program come from
 */
public record RunDescription(String version, List<MetricNote> metrics, List<String> provenance) {
  /** Copies the lists. */
  public RunDescription {
    metrics = List.copyOf(metrics);
    provenance = List.copyOf(provenance);
  }
}
