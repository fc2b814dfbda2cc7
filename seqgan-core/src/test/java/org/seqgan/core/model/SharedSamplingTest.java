package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.GeneratorContext;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.TestBackends;
import org.seqgan.core.model.SharedSampling.Share;

@DisplayName("Whoever shares a batch gets what is drawn for him alone")
class SharedSamplingTest {
  private static final int TIME = 9;
  private static final int END = 5;
  private static final Vocabulary FIXED = Vocabulary.fixedLength(40, 0);
  private static final Vocabulary VARIABLE = new Vocabulary(40, 0, OptionalInt.of(END));
  private static final Decoding SHARP = new Decoding(0.7f, 10, 0.9f);

  /** Makes a generator. */
  private interface Making {
    Generator create(GeneratorContext context);
  }

  private static final List<Making> MODELS =
      List.of(
          context -> new LstmGeneratorProvider().create(context, new LstmOptions(7, 32, 0.9f)),
          context -> new GruGeneratorProvider().create(context, new GruOptions(7, 32, 0.9f)),
          context ->
              new TransformerGeneratorProvider()
                  .create(context, new TransformerOptions(16, 2, 2, 32, 1f, 0.9f)),
          context ->
              new RelationalMemoryGeneratorProvider()
                  .create(context, new RelationalMemoryOptions(8, 2, 2, 8)),
          context -> new UnigramGeneratorProvider().create(context, new UnigramOptions(0.5f)));

  /**
   * What one asked for.
   *
   * @param from the first of his that is drawn now; the others were or will be
   */
  private record Wish(List<Integer> beginning, int from, int to, Decoding decoding, long seed) {
    Share share() {
      return new Share(beginning, from, to, decoding, RandomStream.of(seed));
    }

    Sequences alone(Generator generator, Vocabulary vocabulary) {
      RandomStream stream = RandomStream.of(seed);
      Sequences all =
          beginning.isEmpty()
              ? generator.sample(to, decoding, stream)
              : new Continuations(generator, vocabulary, TIME)
                  .draw(
                      beginning.stream().mapToInt(Integer::intValue).toArray(),
                      to,
                      decoding,
                      stream);
      return all.slice(from, to);
    }
  }

  private static final List<Wish> WISHES =
      List.of(
          new Wish(List.of(), 0, 1, Decoding.SAMPLE, 1),
          new Wish(List.of(3, 1), 0, 2, Decoding.SAMPLE, 1),
          new Wish(List.of(), 0, 70, SHARP, 2),
          new Wish(List.of(), 30, 95, Decoding.SAMPLE, 1),
          new Wish(List.of(7), 100, 103, SHARP, 3),
          new Wish(List.of(7), 60, 150, SHARP, 3),
          new Wish(List.of(1, 2, 3, 4, 6, 7, 8, 9), 0, 5, Decoding.atTemperature(2), -9),
          new Wish(List.of(), 3, 4, Decoding.atTemperature(0.3f), Long.MAX_VALUE),
          new Wish(List.of(), 20, 31, Decoding.SAMPLE, 1),
          new Wish(List.of(), 5, 9, SHARP, 2),
          new Wish(List.of(3, 1), 1, 80, Decoding.SAMPLE, 1));

  private static Stream<Arguments> models() {
    return TestBackends.names()
        .flatMap(
            backend ->
                MODELS.stream()
                    .flatMap(
                        model ->
                            Stream.of(FIXED, VARIABLE)
                                .map(vocabulary -> Arguments.of(backend, model, vocabulary))));
  }

  @ParameterizedTest
  @MethodSource("models")
  void ofEveryModel(String backendName, Making model, Vocabulary vocabulary) {
    try (TensorBackend backend = TestBackends.open(backendName);
        Generator generator = model.create(setting(backend, vocabulary))) {
      SharedSampling sharing = (SharedSampling) generator;
      assertThat(sharing.canShare()).isTrue();
      List<Sequences> alone =
          WISHES.stream().map(wish -> wish.alone(generator, vocabulary)).toList();
      assertThat(sharing.sampleTogether(WISHES.stream().map(Wish::share).toList()))
          .isEqualTo(alone);
      for (int i = 0; i < WISHES.size(); i++) {
        assertThat(sharing.sampleTogether(List.of(WISHES.get(i).share())))
            .containsExactly(alone.get(i));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void whereMoreBatchesThanOneAreNeeded(String backendName) {
    try (TensorBackend backend = TestBackends.open(backendName);
        Generator generator = MODELS.get(0).create(setting(backend, VARIABLE))) {
      List<Wish> wishes = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        wishes.add(new Wish(List.of(), 0, 40, Decoding.SAMPLE, i));
      }
      List<Sequences> together =
          ((SharedSampling) generator)
              .sampleTogether(wishes.stream().map(Wish::share).toList()); // 2,400 rows
      for (int i = 0; i < wishes.size(); i++) {
        assertThat(together.get(i)).isEqualTo(wishes.get(i).alone(generator, VARIABLE));
      }
    }
  }

  private static Stream<String> names() {
    return TestBackends.names();
  }

  @Test
  void aShareHasAtLeastOneSequence() {
    assertThatThrownBy(() -> new Share(List.of(), 3, 3, Decoding.SAMPLE, RandomStream.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 3 to 3");
  }

  private static GeneratorContext setting(TensorBackend backend, Vocabulary vocabulary) {
    return new ModelSetting.ForGenerator(
        backend,
        vocabulary,
        TIME,
        RandomStream.of(7),
        ModelSetting.NO_TRAINING,
        ModelSetting.NO_TRAINING);
  }
}
