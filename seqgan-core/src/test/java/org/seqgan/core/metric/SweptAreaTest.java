package org.seqgan.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.metric.Better;
import org.seqgan.api.metric.Score;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.ScoreIdentity;
import org.seqgan.core.statistics.Interval;

class SweptAreaTest {
  private static final MetricCatalog METRICS = MetricsTest.catalog();

  private static TemperatureSweep.Point point(float temperature, Map<String, Double> values) {
    List<Score> scores = new ArrayList<>();
    values.forEach(
        (name, value) ->
            scores.add(
                Score.of(
                    new ScoreDescription(
                        new ScoreIdentity(name, "", 0, "", "", 1),
                        name.startsWith("nll") ? Better.LOWER : Better.HIGHER,
                        "made up"),
                    value)));
    return new TemperatureSweep.Point(temperature, scores);
  }

  private static Map<String, Double> values(
      double nll, double bleu, double distinct, double selfBleu) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("nll-oracle", nll);
    values.put("bleu-2", bleu);
    values.put("distinct-2", distinct);
    values.put("self-bleu-2", selfBleu);
    return values;
  }

  private static List<TemperatureSweep.Point> sweep() {
    return List.of(
        point(0.5f, values(5, 0.9, 0.2, 0.8)),
        point(1, values(6, 0.7, 0.6, 0.5)),
        point(1.5f, values(9, 0.1, 0.7, 0.4)));
  }

  @Test
  void everyQualityHasAnAreaOverTheFirstDiversity() {
    List<SweptArea> areas =
        SweptArea.of(
            sweep(),
            METRICS,
            Optional.empty(),
            Map.of("distinct-2", 0.4, "self-bleu-2", 0.45, "bleu-2", 0.75));
    assertThat(areas).extracting(SweptArea::quality).containsExactly("nll-oracle", "bleu-2");
    SweptArea nll = areas.get(0);
    assertThat(nll.diversity()).isEqualTo("distinct-2");
    assertThat(nll.range()).isEqualTo(new Interval(0.2, 0.7));
    // 0.4 wide of 5 and 6, 0.1 wide of 6 and 9.
    assertThat(nll.area()).isCloseTo(2.95, within(1e-12));
    assertThat(nll.mean()).isCloseTo(5.9, within(1e-12));
    assertThat(nll.atReal().orElseThrow()).isCloseTo(5.5, within(1e-12));
  }

  @Test
  void anotherDiversityCanBeChosenAndIsNotQuality() {
    List<SweptArea> areas =
        SweptArea.of(sweep(), METRICS, Optional.of("bleu-2"), Map.of("bleu-2", 0.95));
    assertThat(areas).extracting(SweptArea::quality).containsExactly("nll-oracle");
    assertThat(areas.get(0).range()).isEqualTo(new Interval(0.1, 0.9));
    assertThat(areas.get(0).atReal()).as("beyond the curve").isEmpty();
  }

  @Test
  void aDiversityThatWasNotMeasuredIsRefused() {
    List<ScoreDescription> scores =
        sweep().get(0).scores().stream().map(Score::description).toList();
    SweptArea.requireMeasured("distinct-2", scores);
    assertThatThrownBy(() -> SweptArea.requireMeasured("distinct-3", scores))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the diversity 'distinct-3' is not among the scores that are measured at each temperature: nll-oracle, bleu-2, distinct-2, self-bleu-2; take one of them, or add it to the metrics");
  }

  @Test
  void onePointHasNoAreaAndWhatIsNotFiniteIsNoPoint() {
    assertThat(SweptArea.of(sweep().subList(0, 1), METRICS, Optional.empty(), Map.of())).isEmpty();
    assertThat(SweptArea.of(List.of(), METRICS, Optional.empty(), Map.of())).isEmpty();
    List<TemperatureSweep.Point> broken = new ArrayList<>(sweep());
    broken.set(1, point(1, values(Double.NaN, 0.7, 0.6, 0.5)));
    SweptArea nll = SweptArea.of(broken, METRICS, Optional.empty(), Map.of()).get(0);
    assertThat(nll.mean()).as("a straight line from 5 to 9").isCloseTo(7, within(1e-12));
  }
}
