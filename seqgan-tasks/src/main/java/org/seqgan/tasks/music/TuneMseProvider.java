package org.seqgan.tasks.music;

import java.util.List;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.metric.MetricProvider;
import org.seqgan.api.plugin.About;

/** The metric "tune-mse": see {@link TuneMse}. */
public final class TuneMseProvider implements MetricProvider<TuneMseProvider.Options> {
  static final String NAME = "tune-mse";

  /** It has none. */
  public record Options() {}

  @Override
  public About<Options> about() {
    return new About<>(
        NAME,
        "of music: squared semitones from each sample to the nearest test tune; NOT comparable"
            + " with the paper's undefined MSE",
        Options.class,
        ApiVersion.CURRENT);
  }

  @Override
  public List<String> scores(Options options) {
    return List.of(NAME);
  }

  @Override
  public Metric create(Options options) {
    return new TuneMse();
  }
}
