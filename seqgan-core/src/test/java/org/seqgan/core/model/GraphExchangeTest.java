package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.DiscriminatorProvider;
import org.seqgan.api.export.ModelFormatProvider;
import org.seqgan.api.export.TrainedParts;
import org.seqgan.api.export.TrainedParts.Part;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.TestBackends;
import org.seqgan.core.config.OptionsBinder;
import org.seqgan.core.io.Safetensors;
import org.seqgan.core.registry.PluginRegistry;

/** Our models on their way to DeepLearning4J and back: format {@code dl4j}. */
@DisplayName("Models exported to DeepLearning4J")
class GraphExchangeTest {
  private static final int TIME = 10;
  private static final Vocabulary ENDING = new Vocabulary(9, 0, OptionalInt.of(8));
  private static final Vocabulary FULL = Vocabulary.fixedLength(9, 0);
  private static final LstmOptions LSTM = new LstmOptions(3, 5, 0.9f);
  private static final CnnOptions CNN =
      new CnnOptions(4, List.of(1, 2, 3, 10), List.of(3, 4, 5, 2), 0.75f, 0.2f);

  @TempDir private Path folder;
  private final PluginRegistry registry =
      PluginRegistry.discover(GraphExchangeTest.class.getClassLoader());

  @Test
  void aGeneratorGivesTheSameProbabilities() {
    try (TensorBackend backend = TestBackends.open("reference");
        Generator ours = lstm(backend, 1)) {
      registry.format("dl4j").write(parts(ours, Optional.empty(), ENDING), folder);
      Sequences samples = ours.sample(40, Decoding.SAMPLE, RandomStream.of(3));
      try (Generator theirs = graphGenerator(backend, folder.resolve("generator.zip"))) {
        assertNear(
            theirs.logProbabilities(samples).values(), ours.logProbabilities(samples).values());
        assertThat(theirs.sample(40, Decoding.SAMPLE, RandomStream.of(3)))
            .as("samples of one stream")
            .isEqualTo(samples);
      }
    }
  }

  @Test
  void aDiscriminatorGivesTheSameProbabilities() {
    for (Vocabulary vocabulary : List.of(ENDING, FULL)) {
      Path target = folder.resolve(vocabulary.endToken().isPresent() ? "ending" : "full");
      try (TensorBackend backend = TestBackends.open("reference");
          Generator sampler = lstm(backend, 1);
          Discriminator ours = cnn(backend, vocabulary, 2, CNN)) {
        registry.format("dl4j").write(parts(sampler, Optional.of(ours), vocabulary), target);
        Sequences sequences =
            vocabulary.equals(ENDING)
                ? everyLength()
                : Sequences.ofFullLength(tokens(20 * TIME), TIME);
        try (Discriminator theirs =
            graphDiscriminator(backend, vocabulary, target.resolve("discriminator.zip"))) {
          assertNear(theirs.probabilityReal(sequences), ours.probabilityReal(sequences));
        }
      }
    }
  }

  @Test
  void bothComeBackAsTheyWere() {
    try (TensorBackend backend = TestBackends.open("reference");
        Generator generator = lstm(backend, 3);
        Discriminator discriminator = cnn(backend, ENDING, 4, CNN)) {
      ModelFormatProvider format = registry.format("dl4j");
      assertThat(format.write(parts(generator, Optional.of(discriminator), ENDING), folder))
          .containsExactly(folder.resolve("generator.zip"), folder.resolve("discriminator.zip"));
      TrainedParts read = format.read(folder);
      assertThat(read.vocabularySize()).isEqualTo(9);
      assertThat(read.sequenceLength()).hasValue(TIME);
      assertThat(read.settings()).containsEntry("seed", "1");
      assertSame(read.generator().orElseThrow().parameters(), generator.parameters());
      assertSame(read.discriminator().orElseThrow().parameters(), discriminator.parameters());
      assertThat(read.generator().orElseThrow().options())
          .isEqualTo(Map.of("embedding-size", "3", "hidden-size", "5"));
      assertThat(read.discriminator().orElseThrow().options())
          .isEqualTo(
              Map.of(
                  "embedding-size", "4",
                  "filter-widths", "[1, 2, 3, 10]",
                  "filter-counts", "[3, 4, 5, 2]",
                  "keep", "0.75",
                  "l2", "0.2"));
    }
  }

  static List<Arguments> filtersThroughAFile() {
    return List.of(
        arguments(List.of(1, 2, 10), List.of(3, 4, 5), true),
        arguments(List.of(3, 2, 1), List.of(4, 4, 4), true),
        arguments(List.of(2, 10, 1), List.of(3, 4, 5), true),
        arguments(List.of(1, 2, 10), List.of(3, 4, 5), false));
  }

  /** A file has arrays in the order of their names: conv1, conv10, conv2. */
  @ParameterizedTest(name = "widths {0}, counts {1}, told by options: {2}")
  @MethodSource("filtersThroughAFile")
  void filtersKeepTheirOrder(List<Integer> widths, List<Integer> counts, boolean told) {
    CnnOptions sizes = new CnnOptions(4, widths, counts, 0.75f, 0.2f);
    Map<String, String> options =
        Map.of("filter-widths", widths.toString(), "filter-counts", counts.toString());
    Path file = folder.resolve("discriminator.safetensors");
    Path zip = folder.resolve("discriminator.zip");
    try (TensorBackend backend = TestBackends.open("reference");
        Discriminator ours = cnn(backend, ENDING, 2, sizes);
        Discriminator again = cnn(backend, ENDING, 3, sizes)) {
      float[] expected = ours.probabilityReal(everyLength());
      Safetensors.write(file, ours.parameters(), Map.of());
      ModelFormatProvider format = registry.format("dl4j");
      format.write(judge(told ? options : Map.of(), Safetensors.read(file)), folder);
      try (Discriminator theirs = graphDiscriminator(backend, ENDING, zip)) {
        assertNear(theirs.probabilityReal(everyLength()), expected);
      }
      Part back = format.read(zip).discriminator().orElseThrow();
      assertThat(back.options()).containsAllEntriesOf(options);
      again.setParameters(back.parameters());
      assertThat(again.probabilityReal(everyLength())).isEqualTo(expected);
    }
  }

  @Test
  void filtersOfOtherWidthsThanTheOptionsHaveAreNamed() {
    try (TensorBackend backend = TestBackends.open("reference");
        Discriminator ours = cnn(backend, ENDING, 2, CNN)) {
      TrainedParts parts = judge(Map.of("filter-widths", "[10, 4, 1]"), ours.parameters());
      assertThatThrownBy(() -> registry.format("dl4j").write(parts, folder))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "expected filters of the widths [10, 4, 1] that filter-widths has, found [1, 2, 3, 10]; export with the configuration that the discriminator was trained with");
    }
  }

  @Test
  void anotherKindOfModelIsRefusedByName() {
    TrainedParts parts =
        new TrainedParts(
            Optional.of(new Part("gru", Map.of(), NamedArrays.NONE)),
            Optional.empty(),
            9,
            OptionalInt.empty(),
            OptionalInt.of(TIME),
            Map.of());
    assertThatThrownBy(() -> registry.format("dl4j").write(parts, folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("writes generator 'lstm', found generator 'gru'");
  }

  private static TrainedParts parts(
      Generator generator, Optional<Discriminator> discriminator, Vocabulary vocabulary) {
    return new TrainedParts(
        Optional.of(new Part("lstm", Map.of("initial-deviation", "0.9"), generator.parameters())),
        discriminator.map(
            model -> new Part("cnn", Map.of("keep", "0.75", "l2", "0.2"), model.parameters())),
        vocabulary.size(),
        vocabulary.endToken(),
        OptionalInt.of(TIME),
        Map.of("seed", "1"));
  }

  /** A discriminator alone. */
  private static TrainedParts judge(Map<String, String> options, NamedArrays parameters) {
    return new TrainedParts(
        Optional.empty(),
        Optional.of(new Part("cnn", options, parameters)),
        ENDING.size(),
        ENDING.endToken(),
        OptionalInt.of(TIME),
        Map.of());
  }

  private static Generator lstm(TensorBackend backend, long seed) {
    return new LstmGeneratorProvider()
        .create(
            new ModelSetting.ForGenerator(
                backend,
                ENDING,
                TIME,
                RandomStream.of(seed),
                ModelSetting.NO_TRAINING,
                ModelSetting.NO_TRAINING),
            LSTM);
  }

  private static Discriminator cnn(
      TensorBackend backend, Vocabulary vocabulary, long seed, CnnOptions options) {
    return new CnnDiscriminatorProvider()
        .create(
            new ModelSetting.ForDiscriminator(
                backend, vocabulary, TIME, RandomStream.of(seed), ModelSetting.NO_TRAINING),
            options);
  }

  private Generator graphGenerator(TensorBackend backend, Path file) {
    return create(
        registry.generator("dl4j-graph"),
        file,
        new ModelSetting.ForGenerator(
            backend,
            ENDING,
            TIME,
            RandomStream.of(1),
            ModelSetting.NO_TRAINING,
            ModelSetting.NO_TRAINING));
  }

  private static <O extends Record> Generator create(
      GeneratorProvider<O> provider, Path file, ModelSetting.ForGenerator context) {
    return provider.create(
        context,
        new OptionsBinder().bind(provider.about().optionsType(), Map.of("file", file.toString())));
  }

  private Discriminator graphDiscriminator(
      TensorBackend backend, Vocabulary vocabulary, Path file) {
    return create(
        registry.discriminator("dl4j-graph"),
        file,
        new ModelSetting.ForDiscriminator(
            backend, vocabulary, TIME, RandomStream.of(1), ModelSetting.NO_TRAINING));
  }

  private static <O extends Record> Discriminator create(
      DiscriminatorProvider<O> provider, Path file, ModelSetting.ForDiscriminator context) {
    return provider.create(
        context,
        new OptionsBinder().bind(provider.about().optionsType(), Map.of("file", file.toString())));
  }

  /** Six of each length: shorter than the widest filter, as long as it, and in between. */
  private static Sequences everyLength() {
    int count = 6 * TIME;
    int[] lengths = new int[count];
    int[] tokens = tokens(count * TIME);
    for (int i = 0; i < count; i++) {
      lengths[i] = i % TIME + 1;
      for (int t = lengths[i] - 1; t < TIME && lengths[i] < TIME; t++) {
        tokens[i * TIME + t] = 8;
      }
    }
    return Sequences.of(tokens, lengths, TIME);
  }

  private static int[] tokens(int count) {
    RandomStream stream = RandomStream.of(5);
    int[] tokens = new int[count];
    for (int i = 0; i < count; i++) {
      tokens[i] = stream.nextInt(8);
    }
    return tokens;
  }

  private static void assertNear(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).as("number %d", i).isCloseTo(expected[i], offset(1e-5f));
    }
  }

  private static void assertSame(NamedArrays found, NamedArrays expected) {
    assertThat(found.names()).containsExactlyElementsOf(expected.names());
    for (String name : expected.names()) {
      assertThat(found.get(name).shape()).as(name).isEqualTo(expected.get(name).shape());
      assertThat(found.get(name).values()).as(name).isEqualTo(expected.get(name).values());
    }
  }
}
