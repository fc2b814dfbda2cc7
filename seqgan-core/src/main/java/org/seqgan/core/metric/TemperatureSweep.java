package org.seqgan.core.metric;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.metric.Score;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;

/**
 * Curves of quality and diversity: the same model sampled at several temperatures (Caccia et al.,
 * "Language GANs Falling Short", ICLR 2020). Of two models the better one is that whose curve lies
 * beyond the other's, whatever a single temperature says.
 */
public final class TemperatureSweep {
  private TemperatureSweep() {}

  /**
   * A point of the curves.
   *
   * @param temperature what the logits were divided by
   * @param scores those of the samples, such as NLL_oracle and Self-BLEU
   */
  public record Point(float temperature, List<Score> scores) {}

  /**
   * Samples and measures at each temperature, with the same random numbers at all of them. Metrics
   * that do not look at the samples are left out.
   *
   * @param backend where a metric may compute
   * @param temperatures each above 0
   * @param samples how many for each temperature
   */
  public static List<Point> run(
      Policy generator,
      Task task,
      TensorBackend backend,
      MetricSelection metrics,
      List<Float> temperatures,
      int samples,
      RandomStream stream) {
    List<Point> points = new ArrayList<>();
    for (float temperature : temperatures) {
      Sequences drawn =
          generator.sample(samples, Decoding.atTemperature(temperature), stream.split("samples"));
      MetricInput input = new MetricInput(drawn, task, generator, backend, stream.split("metrics"));
      points.add(new Point(temperature, metrics.ofSamples().measure(input)));
    }
    return points;
  }
}
