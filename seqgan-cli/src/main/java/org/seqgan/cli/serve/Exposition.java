package org.seqgan.cli.serve;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.seqgan.core.serve.Histogram;

/**
 * Numbers as Prometheus reads them: its text format 0.0.4
 * (https://prometheus.io/docs/instrumenting/exposition_formats/). It is some lines for each number,
 * so it is written here, and no library is shipped for it.
 */
final class Exposition {
  /** What it says of itself in HTTP. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final String PREFIX = "seqgan_";

  private final StringBuilder text = new StringBuilder();

  Exposition() {}

  /**
   * Begins a metric; its samples follow.
   *
   * @param name without the prefix of all
   * @param type counter, gauge or histogram
   */
  private String begin(String name, String type, String help) {
    String full = PREFIX + name;
    text.append("# HELP %s %s\n".formatted(full, escaped(help)));
    text.append("# TYPE %s %s\n".formatted(full, type));
    return full;
  }

  /** A number that only grows. */
  void counter(String name, String help, long value) {
    sample(begin(name, "counter", help), Map.of(), Long.toString(value));
  }

  /** Numbers that only grow, by their labels. */
  void counters(String name, String help, Map<Map<String, String>, Long> values) {
    String full = begin(name, "counter", help);
    values.forEach((labels, value) -> sample(full, labels, Long.toString(value)));
  }

  /** A number that is now. */
  void gauge(String name, String help, double value) {
    sample(begin(name, "gauge", help), Map.of(), number(value));
  }

  /** Numbers that are now, by their labels. */
  void gauges(String name, String help, Map<Map<String, String>, Long> values) {
    String full = begin(name, "gauge", help);
    values.forEach((labels, value) -> sample(full, labels, Long.toString(value)));
  }

  /** How values are spread. */
  void histogram(String name, String help, Histogram histogram) {
    String full = begin(name, "histogram", help);
    Histogram.Reading reading = histogram.read();
    List<Double> bounds = reading.bounds();
    for (int i = 0; i < bounds.size(); i++) {
      sample(
          full + "_bucket",
          Map.of("le", number(bounds.get(i))),
          Long.toString(reading.upTo().get(i)));
    }
    sample(full + "_bucket", Map.of("le", "+Inf"), Long.toString(reading.count()));
    sample(full + "_sum", Map.of(), number(reading.sum()));
    sample(full + "_count", Map.of(), Long.toString(reading.count()));
  }

  private void sample(String name, Map<String, String> labels, String value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append(
          labels.entrySet().stream()
              .map(
                  label ->
                      "%s=\"%s\""
                          .formatted(
                              label.getKey(), escaped(label.getValue()).replace("\"", "\\\"")))
              .collect(Collectors.joining(",", "{", "}")));
    }
    text.append(' ').append(value).append('\n');
  }

  private static String number(double value) {
    return Double.toString(value);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
