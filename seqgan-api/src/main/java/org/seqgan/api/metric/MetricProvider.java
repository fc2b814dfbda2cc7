package org.seqgan.api.metric;

import java.util.List;
import org.seqgan.api.plugin.Provider;

/** Makes metrics. */
public interface MetricProvider<O extends Record> extends Provider<O> {
  /**
   * The names of all scores that its metric can give, by the rules of a plugin's name.
   * Configuration chooses a score by its name, or all of a metric's by the metric's.
   */
  List<String> scores(O options);

  /** A new metric. */
  Metric create(O options);
}
