package org.seqgan.backend.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.backend.Availability;
import org.seqgan.backend.dl4j.kernel.Processor;

@DisplayName("The provider of dl4j")
class Dl4jBackendProviderTest {
  private final Dl4jBackendProvider provider = new Dl4jBackendProvider();

  @Test
  void namesItself() {
    assertThat(provider.about().name()).isEqualTo("dl4j");
    assertThat(provider.about().apiVersion()).isEqualTo(ApiVersion.CURRENT);
    assertThat(provider.preference()).isEqualTo(100);
    assertThat(provider.about().optionsType()).isEqualTo(Dl4jOptions.class);
  }

  @Test
  void tellsWhatItFound() {
    Availability availability = provider.availability(Dl4jOptions.withThreads(3));
    assertThat(availability).isInstanceOf(Availability.Available.class);
    assertThat(availability.details())
        .anySatisfy(line -> assertThat(line).startsWith("processor: "))
        .anySatisfy(line -> assertThat(line).startsWith("Java: "))
        .anySatisfy(line -> assertThat(line).startsWith("element-wise loops: "))
        .anySatisfy(line -> assertThat(line).startsWith("matrix products: "))
        .anySatisfy(line -> assertThat(line).startsWith("ND4J: "))
        .contains("threads: 3", "OpenMP: one thread in each worker");
  }

  @Test
  void rejectsANegativeNumberOfThreads() {
    assertThatThrownBy(() -> Dl4jOptions.withThreads(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void readsFeaturesOfTheProcessor() {
    Processor processor =
        Processor.parse(
            List.of("processor\t: 0", "model name\t: A fast one", "flags\t\t: fpu avx2 fma sse"));
    assertThat(processor.model()).isEqualTo("A fast one");
    assertThat(processor.features()).containsExactly("avx2", "fma");
    assertThat(processor.lacks("fma")).isFalse();
    assertThat(processor.lacks("avx512f")).isTrue();
  }

  @Test
  void supposesNothingOfAProcessorItCannotRead() {
    assertThat(Processor.parse(List.of()).lacks("fma")).isFalse();
  }
}
