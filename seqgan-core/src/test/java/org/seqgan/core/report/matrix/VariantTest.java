package org.seqgan.core.report.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seqgan.api.metric.Better;
import org.seqgan.core.statistics.Dominance;
import org.seqgan.core.statistics.Interval;
import org.seqgan.core.statistics.NotTestable;
import org.seqgan.core.statistics.QualityDiversity;
import org.seqgan.core.statistics.WelchTest;

class VariantTest {
  private static QualityDiversity of(String method, String diversity) {
    return Variant.among(SyntheticMatrix.swept().cells()).stream()
        .filter(variant -> variant.method().equals(method))
        .map(variant -> variant.qualityDiversity("nll-oracle", Better.LOWER, diversity))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void itsSeedsHaveAPathEachOverTheTemperatures() {
    List<QualityDiversity.Path> paths = of("mle", "self-bleu-4").paths();
    assertThat(paths).extracting(QualityDiversity.Path::seed).containsExactly(1L, 2L);
    assertThat(paths.get(0).points())
        .extracting(QualityDiversity.Point::temperature)
        .containsExactly((double) 0.7f, 1.0, (double) 1.3f);
    QualityDiversity.Point warmest = paths.get(1).points().get(2);
    assertThat(warmest.quality()).isCloseTo(9.07 + 0.6, within(1e-6));
    assertThat(warmest.diversity()).isCloseTo(0.3 - 0.12, within(1e-6));
  }

  @Test
  void methodsAreComparedAtEqualDiversity() {
    Dominance dominance = of("seqgan", "self-bleu-4").against(of("mle", "self-bleu-4"));
    Interval difference = ((WelchTest) dominance.mean()).interval();
    assertThat(difference.low()).isBetween(-1.0, -0.31);
    assertThat(difference.high()).isBetween(-0.31, 0.0);
  }

  @Test
  void aScoreThatWasNotSweptDrawsNoPath() {
    assertThat(of("mle", "distinct-2").paths()).isEmpty();
    assertThat(of("seqgan", "distinct-2").against(of("mle", "distinct-2")).mean())
        .isInstanceOf(NotTestable.class);
  }
}
