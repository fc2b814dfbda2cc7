package org.seqgan.core.metric;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.metric.MetricProvider;
import org.seqgan.core.config.OptionsBinder;
import org.seqgan.testkit.MetricContract;

@DisplayName("The contract of a metric is kept by")
class MetricContractTest {
  /** Of a built-in metric with its default options. */
  abstract static class OfBuiltIn<O extends Record> extends MetricContract {
    private final MetricProvider<O> provider;
    private final Set<Capability> lacks = EnumSet.noneOf(Capability.class);

    OfBuiltIn(MetricProvider<O> provider, Capability... lacks) {
      this.provider = provider;
      this.lacks.addAll(Set.of(lacks));
    }

    @Override
    protected Metric create() {
      return provider.create(new OptionsBinder().bind(provider.about().optionsType(), Map.of()));
    }

    @Override
    protected Set<Capability> lacks() {
      return lacks;
    }
  }

  @Nested
  class NllOracle extends OfBuiltIn<BuiltInMetric.NoOptions> {
    NllOracle() {
      super(new BuiltInMetric.NllOracle(), Capability.DOES_WITHOUT_AN_ORACLE);
    }
  }

  @Nested
  class NllGen extends OfBuiltIn<BuiltInMetric.NoOptions> {
    NllGen() {
      super(new BuiltInMetric.NllGen(), Capability.SCORES_EACH_SEQUENCE);
    }
  }

  @Nested
  class Bleu extends OfBuiltIn<BleuMetric.Options> {
    Bleu() {
      super(new BuiltInMetric.Bleu());
    }
  }

  @Nested
  class SelfBleu extends OfBuiltIn<SelfBleuMetric.Options> {
    SelfBleu() {
      super(new BuiltInMetric.SelfBleu());
    }
  }

  @Nested
  class Distinct extends OfBuiltIn<DistinctMetric.Options> {
    Distinct() {
      super(new BuiltInMetric.Distinct(), Capability.SCORES_EACH_SEQUENCE);
    }
  }

  @Nested
  class Copied extends OfBuiltIn<BuiltInMetric.NoOptions> {
    Copied() {
      super(new BuiltInMetric.Copied());
    }
  }

  @Nested
  class ForwardPerplexity extends OfBuiltIn<PerplexityMetric.Options> {
    ForwardPerplexity() {
      super(new BuiltInMetric.ForwardPerplexity());
    }
  }

  @Nested
  class ReversePerplexity extends OfBuiltIn<PerplexityMetric.Options> {
    ReversePerplexity() {
      super(new BuiltInMetric.ReversePerplexity(), Capability.SCORES_EACH_SEQUENCE);
    }
  }

  @Nested
  class MsJaccard extends OfBuiltIn<NGramComparison.Options> {
    MsJaccard() {
      super(new BuiltInMetric.MsJaccard(), Capability.SCORES_EACH_SEQUENCE);
    }
  }

  @Nested
  class NGramJsd extends OfBuiltIn<NGramComparison.Options> {
    NGramJsd() {
      super(new BuiltInMetric.NGramJsd(), Capability.SCORES_EACH_SEQUENCE);
    }
  }

  @Nested
  class ClassifierTwoSampleTest extends OfBuiltIn<TwoSampleTest.Options> {
    ClassifierTwoSampleTest() {
      super(new BuiltInMetric.ClassifierTwoSampleTest(), Capability.SCORES_EACH_SEQUENCE);
    }
  }

  @Nested
  class LmScore extends OfBuiltIn<LanguageModel.Options> {
    LmScore() {
      super(new BuiltInMetric.LmScore());
    }
  }

  @Nested
  class ReverseLmScore extends OfBuiltIn<LanguageModel.Options> {
    ReverseLmScore() {
      super(new BuiltInMetric.ReverseLmScore(), Capability.SCORES_EACH_SEQUENCE);
    }
  }

  @Nested
  class SequenceJsd extends OfBuiltIn<BuiltInMetric.NoOptions> {
    SequenceJsd() {
      super(
          new BuiltInMetric.SequenceJsd(),
          Capability.SCORES_EACH_SEQUENCE,
          Capability.DOES_WITHOUT_AN_ORACLE);
    }
  }
}
