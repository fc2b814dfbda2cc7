package org.seqgan.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.task.TaskSize;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.registry.PluginRegistry;

@DisplayName("Whether there is room for a vocabulary of millions")
class RoomTest {
  private static final long GIB = 1L << 30;

  private final ResolvedConfig config =
      ExperimentConfig.load(
          PluginRegistry.discover(RoomTest.class.getClassLoader()), "quickstart", List.of());

  private void require(long heap, long process) {
    TaskSize task = new TaskSize(Vocabulary.fixedLength(3_000_000, 0), 8, 5_000, 6_000, 0);
    new Room(config, true, new MachineMemory(heap, process)).require(task);
  }

  @Test
  void whereThereIsItIsUsed() {
    assertThatCode(() -> require(8 * GIB, 32 * GIB)).doesNotThrowAnyException();
  }

  @Test
  void whereThereIsNotItSaysWhatWouldFitAndWhatWouldDo() {
    // 195 million parameters of the generator six times, 96 million of the discriminator thrice.
    assertThatThrownBy(() -> require(GIB, 4 * GIB))
        .isInstanceOfSatisfying(
            UserException.class,
            e -> assertThat(e.kind()).isEqualTo(UserException.Kind.ENVIRONMENT))
        .hasMessageStartingWith("a vocabulary of 3,000,000, generator lstm (195,")
        .hasMessageContaining("take 5.4 GiB")
        .hasMessageContaining("the Java heap may grow to 1.0 GiB")
        .hasMessageContaining("parameters of both together would fit")
        .hasMessageEndingWith("SEQGAN_OPTS=-Xmx7g");
  }
}
