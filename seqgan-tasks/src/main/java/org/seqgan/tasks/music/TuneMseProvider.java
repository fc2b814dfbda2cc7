package org.seqgan.tasks.music;

import java.util.List;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.metric.MetricProvider;

/** The metric "tune-mse": see {@link TuneMse}. */
public final class TuneMseProvider implements MetricProvider<TuneMseProvider.Options> {
  static final String NAME = "tune-mse";

  /** It has none. */
  public record Options() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "of music: squared semitones from each sample to the nearest test tune; NOT comparable"
        + " with the paper's undefined MSE";
  }

  @Override
  public int apiVersion() {
    return ApiVersion.CURRENT;
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
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
