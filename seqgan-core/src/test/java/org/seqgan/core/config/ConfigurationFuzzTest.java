package org.seqgan.core.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.testkit.ReaderContract;

/** {@link ExperimentConfig} on configurations of strangers, those of runs among them. */
public final class ConfigurationFuzzTest extends ReaderContract {
  private static final PluginRegistry REGISTRY = FakePlugins.forPresets();

  @Override
  protected void read(byte[] input, Path scratch) throws IOException {
    Path file = Files.write(scratch.resolve("train.conf"), input);
    ResolvedConfig config = ExperimentConfig.load(REGISTRY, file.toString(), List.of());
    ResolvedConfig again =
        readAgain(() -> ExperimentConfig.loadText(REGISTRY, config.render(), List.of()));
    assertThat(assignments(again)).isEqualTo(assignments(config));
    ExperimentConfig.loadText(REGISTRY, new String(input, UTF_8), List.of());
  }

  private static List<String> assignments(ResolvedConfig config) {
    return config.values().stream().map(value -> value.key() + " = " + value.value()).toList();
  }

  @Override
  protected List<byte[]> examples() {
    String small = "backend = slow\ntask { name = lines, file = poems.txt }\n";
    String full =
        """
        # a comment
        backend { name = slow, threads = 2, pool = 2g, kernels { matrix-product = off } }
        task {
          name = lines
          file = "data/a b.txt"
          title = "Lines: 1"
          shares = [3, 4]
        }
        generator { name = lstm, hidden-size = ${backend.threads} }
        training {
          generator-pretraining { inputs = scheduled-sampling, optimizer.learning-rate = 1e-3 }
        }
        """;
    String flat =
        "preset = quickstart, task.name = lines, task.file = x, reward = constant, seed = 5\n"
            + "evaluation { metrics = [bleu-2, nll-gen], samples = 64 }, metric.bleu.orders = [2, 3]\n";
    String written =
        ExperimentConfig.loadText(REGISTRY, small, List.of("seed=3", "task.title=a \"b\""))
            .render();
    return Stream.of(small, full, flat, written).map(text -> text.getBytes(UTF_8)).toList();
  }

  @Override
  protected List<String> words() {
    return List.of(
        ("include required( file( url( classpath( .. ${? ${ += \"\"\" null true off # // {} [] \\u0000"
                + " preset quickstart paper backend task generator discriminator reward training"
                + " evaluation metric seed name auto 1e999 -1 2147483648 10g 5m 0.1 NaN")
            .split(" "));
  }
}
