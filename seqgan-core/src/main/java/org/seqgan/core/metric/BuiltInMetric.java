package org.seqgan.core.metric;

import java.util.List;
import java.util.function.Function;
import org.seqgan.api.UserCache;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.metric.MetricProvider;
import org.seqgan.core.registry.BuiltInProvider;

/**
 * The providers of the built-in metrics: a name, options, the names of the scores, and the function
 * that makes the metric.
 */
public abstract sealed class BuiltInMetric<O extends Record> extends BuiltInProvider<O>
    implements MetricProvider<O> {
  private final Function<O, List<String>> scores;
  private final Function<O, Metric> create;

  private BuiltInMetric(
      String name,
      String description,
      Class<O> optionsType,
      Function<O, List<String>> scores,
      Function<O, Metric> create) {
    super(name, description, optionsType);
    this.scores = scores;
    this.create = create;
  }

  @Override
  public List<String> scores(O options) {
    return scores.apply(options);
  }

  @Override
  public Metric create(O options) {
    return create.apply(options);
  }

  /** Metric {@code nll-oracle}. */
  public static final class NllOracle extends BuiltInMetric<NoOptions> {
    /** For the service loader. */
    public NllOracle() {
      super(
          LikelihoodMetrics.NLL_ORACLE,
          "how unlikely the oracle finds the samples, nats per token (Eq. 13); where there is an"
              + " oracle",
          NoOptions.class,
          options -> List.of(LikelihoodMetrics.NLL_ORACLE),
          options -> new LikelihoodMetrics.Oracle());
    }
  }

  /** Metric {@code nll-gen}. */
  public static final class NllGen extends BuiltInMetric<NoOptions> {
    /** For the service loader. */
    public NllGen() {
      super(
          LikelihoodMetrics.NLL_GEN,
          "how unlikely the generator finds held-out real sequences, nats per token",
          NoOptions.class,
          options -> List.of(LikelihoodMetrics.NLL_GEN),
          options -> new LikelihoodMetrics.HeldOut());
    }
  }

  /** Metric {@code bleu}. */
  public static final class Bleu extends BuiltInMetric<BleuMetric.Options> {
    /** For the service loader. */
    public Bleu() {
      super(
          "bleu",
          "bleu-n and corpus-bleu-n of the samples against real sequences (Papineni et al. 2002)",
          BleuMetric.Options.class,
          BleuMetric::names,
          BleuMetric::new);
    }
  }

  /** Metric {@code self-bleu}. */
  public static final class SelfBleu extends BuiltInMetric<SelfBleuMetric.Options> {
    /** For the service loader. */
    public SelfBleu() {
      super(
          "self-bleu",
          "self-bleu-n: BLEU of each sample against the others (Zhu et al. 2018)",
          SelfBleuMetric.Options.class,
          SelfBleuMetric::names,
          SelfBleuMetric::new);
    }
  }

  /** Metric {@code distinct}. */
  public static final class Distinct extends BuiltInMetric<DistinctMetric.Options> {
    /** For the service loader. */
    public Distinct() {
      super(
          "distinct",
          "distinct-sequences, duplicates, and distinct-n of the samples (Li et al. 2016)",
          DistinctMetric.Options.class,
          DistinctMetric::names,
          DistinctMetric::new);
    }
  }

  /** Metric {@code copied}. */
  public static final class Copied extends BuiltInMetric<NoOptions> {
    /** For the service loader. */
    public Copied() {
      super(
          CopiedMetric.COPIED,
          "share of the samples that are training sequences, token for token",
          NoOptions.class,
          options -> List.of(CopiedMetric.COPIED),
          options -> new CopiedMetric());
    }
  }

  /** Metric {@code forward-perplexity}. */
  public static final class ForwardPerplexity extends BuiltInMetric<PerplexityMetric.Options> {
    /** For the service loader. */
    public ForwardPerplexity() {
      super(
          PerplexityMetric.FORWARD,
          "perplexity of the samples by n-grams of the training data",
          PerplexityMetric.Options.class,
          options -> List.of(PerplexityMetric.FORWARD),
          PerplexityMetric::forward);
    }
  }

  /** Metric {@code reverse-perplexity}. */
  public static final class ReversePerplexity extends BuiltInMetric<PerplexityMetric.Options> {
    /** For the service loader. */
    public ReversePerplexity() {
      super(
          PerplexityMetric.REVERSE,
          "perplexity of the test data by n-grams of the samples",
          PerplexityMetric.Options.class,
          options -> List.of(PerplexityMetric.REVERSE),
          PerplexityMetric::reverse);
    }
  }

  /** Metric {@code ms-jaccard}. */
  public static final class MsJaccard extends BuiltInMetric<NGramComparison.Options> {
    /** For the service loader. */
    public MsJaccard() {
      super(
          NGramComparison.JACCARD,
          "ms-jaccard-n: n-grams that samples and test sequences share (Alihosseini et al. 2019)",
          NGramComparison.Options.class,
          options -> NGramComparison.names(NGramComparison.JACCARD, options),
          NGramComparison::jaccard);
    }
  }

  /** Metric {@code ngram-jsd}. */
  public static final class NGramJsd extends BuiltInMetric<NGramComparison.Options> {
    /** For the service loader. */
    public NGramJsd() {
      super(
          NGramComparison.DIVERGENCE,
          "ngram-jsd-n: divergence of the samples' n-grams from those of the test sequences (Gulrajani et al. 2017)",
          NGramComparison.Options.class,
          options -> NGramComparison.names(NGramComparison.DIVERGENCE, options),
          NGramComparison::divergence);
    }
  }

  /** Metric {@code lm-score}. */
  public static final class LmScore extends BuiltInMetric<LanguageModel.Options> {
    /** For the service loader. */
    public LmScore() {
      super(
          LanguageModelMetric.FORWARD,
          "how unlikely an LSTM trained on the training data finds the samples, nats per token; trained, and kept",
          LanguageModel.Options.class,
          options -> List.of(LanguageModelMetric.FORWARD),
          options -> LanguageModelMetric.forward(options, UserCache.of(System.getenv())));
    }
  }

  /** Metric {@code reverse-lm-score}. */
  public static final class ReverseLmScore extends BuiltInMetric<LanguageModel.Options> {
    /** For the service loader. */
    public ReverseLmScore() {
      super(
          LanguageModelMetric.REVERSE,
          "how unlikely an LSTM trained on the samples finds the test data, nats per token; trained at each evaluation",
          LanguageModel.Options.class,
          options -> List.of(LanguageModelMetric.REVERSE),
          options -> LanguageModelMetric.reverse(options, UserCache.of(System.getenv())));
    }
  }

  /** Metric {@code classifier-two-sample-test}. */
  public static final class ClassifierTwoSampleTest extends BuiltInMetric<TwoSampleTest.Options> {
    /** For the service loader. */
    public ClassifierTwoSampleTest() {
      super(
          "classifier-two-sample-test",
          "c2st-accuracy: how often a CNN trained on half of them tells samples from test sequences, and c2st-p of a coin (Lopez-Paz and Oquab 2017); trained",
          TwoSampleTest.Options.class,
          options -> List.of(TwoSampleTest.ACCURACY, TwoSampleTest.P),
          TwoSampleTest::new);
    }
  }

  /** Metric {@code sequence-divergence}. */
  public static final class SequenceJsd extends BuiltInMetric<NoOptions> {
    /** For the service loader. */
    public SequenceJsd() {
      super(
          "sequence-divergence",
          "sequence-jsd: divergence of generator and oracle by their likelihoods of whole sequences, with its error; where there is an oracle",
          NoOptions.class,
          options -> List.of(SequenceDivergence.DIVERGENCE, SequenceDivergence.ERROR),
          options -> new SequenceDivergence());
    }
  }
}
