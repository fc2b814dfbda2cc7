package org.seqgan.tasks.oracle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Corpus;
import org.seqgan.api.task.TaskContext;

/** A context whose generator draws uniform tokens and notes what it was asked for. */
final class FakeOracle implements TaskContext, Generator {
  private final long seed;
  private final boolean failing;
  private final List<Decoding> decodings = new ArrayList<>();
  private NamedArrays parameters = new NamedArrays(Map.of());
  private NamedArrays file = new NamedArrays(Map.of());
  private String name = "";
  private Map<String, Object> options = Map.of();
  private Vocabulary vocabulary = Vocabulary.fixedLength(2, 0);
  private int sequenceLength;
  private Path fetched = Path.of("nothing was fetched");
  private int closed;

  FakeOracle(long seed) {
    this(seed, false);
  }

  FakeOracle(long seed, boolean failing) {
    this.seed = seed;
    this.failing = failing;
  }

  /** What a safetensors file holds from now on. */
  FakeOracle holding(NamedArrays contents) {
    file = contents;
    return this;
  }

  /** Where the files of a corpus are from now on. */
  FakeOracle fetched(Path folder) {
    fetched = folder;
    return this;
  }

  String name() {
    return name;
  }

  Map<String, Object> options() {
    return options;
  }

  List<Decoding> decodings() {
    return decodings;
  }

  int closed() {
    return closed;
  }

  @Override
  public RandomStream stream() {
    return RandomStream.of(seed);
  }

  @Override
  public Generator generator(
      String generatorName,
      Map<String, Object> generatorOptions,
      Vocabulary tokens,
      int length,
      NamedArrays values) {
    name = generatorName;
    options = generatorOptions;
    vocabulary = tokens;
    sequenceLength = length;
    parameters = values;
    return this;
  }

  @Override
  public NamedArrays readSafetensors(Path path) {
    return file;
  }

  @Override
  public Path corpus(Corpus corpus) {
    return fetched;
  }

  @Override
  public Sequences sample(int count, Decoding decoding, RandomStream stream) {
    if (failing) {
      throw new IllegalStateException("this generator fails");
    }
    decodings.add(decoding);
    int[] tokens = new int[count * sequenceLength];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = stream.nextInt(vocabulary.size());
    }
    return Sequences.ofFullLength(tokens, sequenceLength);
  }

  @Override
  public NamedArrays parameters() {
    return parameters;
  }

  @Override
  public void close() {
    closed++;
  }

  @Override
  public Completions complete(Sequences sequences, int copies, Decoding d, RandomStream stream) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TokenValues logProbabilities(Sequences sequences) {
    throw new UnsupportedOperationException();
  }

  @Override
  public NextTokens nextTokens(Sequences sequences, int[] cells) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Step trainMaximumLikelihood(Sequences batch, float truth, RandomStream stream) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Step trainPolicyGradient(Sequences batch, TokenValues rewards, float temperature) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void moveTowards(Generator other, float fraction) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setParameters(NamedArrays values) {
    throw new UnsupportedOperationException();
  }

  @Override
  public NamedArrays optimizerState() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setOptimizerState(NamedArrays state) {
    throw new UnsupportedOperationException();
  }
}
