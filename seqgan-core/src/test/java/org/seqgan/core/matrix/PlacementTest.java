package org.seqgan.core.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Availability;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.plugin.About;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.plugin.Option;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.config.MatrixFile;
import org.seqgan.core.config.ResolvedConfig;
import org.seqgan.core.model.CnnDiscriminatorProvider;
import org.seqgan.core.model.LstmGeneratorProvider;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.reward.BuiltInReward;
import org.seqgan.core.trainer.SeqGanTrainerProvider;
import org.seqgan.tasks.oracle.OracleTaskProvider;

@DisplayName("Cells and the devices that they run on")
class PlacementTest {
  private static final String CONFIGURATION =
      "task = oracle, generator = lstm, discriminator = cnn, reward = discriminator, evaluation.metrics = []";

  @TempDir private Path folder;

  /** Options of a backend of several devices. */
  record Options(@Option(description = "its number", defaultValue = "0", min = 0) int device) {}

  /** A backend of several devices, for its options. */
  record Devices() implements BackendProvider<Options> {
    @Override
    public About<Options> about() {
      return new About<>("devices", "several devices", Options.class, ApiVersion.CURRENT);
    }

    @Override
    public int preference() {
      return 1;
    }

    @Override
    public Availability availability(Options options) {
      return new Availability.Available(List.of());
    }

    @Override
    public TensorBackend open(Options options) {
      throw new UnsupportedOperationException("not opened here");
    }
  }

  /** Hears nothing. */
  private static final class Nobody implements CellListener {
    @Override
    public void started(Cell cell) {}

    @Override
    public void progressed(Cell cell, CellProgress progress) {}

    @Override
    public void ended(CellSummary summary) {}
  }

  private static ResolvedConfig onDevices(String... overrides) {
    PluginRegistry registry =
        PluginRegistry.of(
            new Devices(),
            new OracleTaskProvider(),
            new LstmGeneratorProvider(),
            new CnnDiscriminatorProvider(),
            new BuiltInReward.Discriminator(),
            new SeqGanTrainerProvider());
    return ExperimentConfig.loadText(registry, CONFIGURATION, List.of(overrides));
  }

  private static Resources plenty(OptionalInt device) {
    return new Resources(2, new ByteSize(8L << 30), device);
  }

  @Test
  void aCellGetsTheDeviceThatWasChosenForIt() {
    assertThat(plenty(OptionalInt.of(3)).overrides(onDevices()))
        .containsExactly("backend.device=3");
    assertThat(plenty(OptionalInt.of(3)).overrides(onDevices("backend.device=1")))
        .containsExactly("backend.device=3");
    assertThat(plenty(OptionalInt.empty()).overrides(onDevices())).isEmpty();
  }

  @Test
  void aDeviceForABackendWithoutDevicesIsRefused() {
    ResolvedConfig config =
        ExperimentConfig.loadText(
            PluginRegistry.discover(PlacementTest.class.getClassLoader()),
            "preset = quickstart, backend = reference",
            List.of());
    assertThatThrownBy(() -> plenty(OptionalInt.of(1)).overrides(config))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "device 1 was chosen for a cell, but backend reference has no devices; choose a"
                + " backend that has, or leave --devices out");
  }

  @Test
  void cellsThatRunAtATimeHaveDifferentPlaces() throws IOException {
    Path file = folder.resolve("places.conf");
    Files.writeString(
        file,
        """
        name = places
        preset = quickstart
        configuration { backend = reference }
        baseline = mle
        metric = nll-oracle
        methods { mle {} }
        seeds = [1, 2, 3, 4, 5]
        """);
    Plan plan =
        new Planner(
                MatrixFile.read(file, List.of()),
                PluginRegistry.discover(PlacementTest.class.getClassLoader()))
            .plan();
    List<Integer> places = new ArrayList<>();
    try (MatrixDirectory matrix =
        MatrixDirectory.create(folder.resolve("matrix"), plan, new MatrixProgram("1", Map.of()))) {
      ProcessRunner runner =
          new ProcessRunner(
              place -> {
                places.add(place);
                // The first cell stays; the others come and go beside it, and each has failed.
                return List.of("sleep", places.size() == 1 ? "3" : "0");
              },
              2,
              false);
      runner.run(new CellQueue(matrix, CellQueue.LEASE, true), new Nobody(), () -> false);
    }
    assertThat(places)
        .startsWith(0, 1, 1, 1)
        .hasSize(5)
        .allMatch(place -> place == 0 || place == 1);
  }
}
