package org.seqgan.core.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.seqgan.core.matrix.Planner;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.testkit.ReaderContract;

/** {@link MatrixFile} on matrices of strangers. */
public final class MatrixFileFuzzTest extends ReaderContract {
  private static final PluginRegistry REGISTRY = FakePlugins.forPresets();

  @Override
  protected void read(byte[] input, Path scratch) throws IOException {
    Path file = Files.write(scratch.resolve("matrix.conf"), input);
    MatrixFile matrix = MatrixFile.read(file, List.of());
    readAgain(() -> Layer.ofText("cell", matrix.source()));
    new Planner(matrix, REGISTRY).plan();
  }

  @Override
  protected List<byte[]> examples() {
    String configuration =
        "configuration { backend = slow, task { name = lines, file = poems.txt } }\n";
    String list =
        """
        name = test
        preset = quickstart
        baseline = mle
        metric = nll-oracle
        methods {
          mle { training.adversarial.rounds = 0 }
          seqgan {}
        }
        seeds = [1, 2]
        """;
    String grid =
        """
        name = test
        preset = quickstart
        baseline = mle
        metrics = [bleu-2, nll-gen]
        better = higher
        published { mle = 9.5 }
        controls { seqgan = [mle] }
        methods { mle { training.adversarial.rounds = 0 }, seqgan { reward.roll-outs = 4 } }
        axes { training { batch-size = [32, 64], adversarial.k { from = 1, to = 3, step = 2 } } }
        seeds { from = 1, to = 3 }
        "include" = [ { method = mle, seed = 7, training.batch-size = 16 } ]
        exclude = [ { method = seqgan, seeds = [3] } ]
        """;
    return List.of((configuration + list).getBytes(UTF_8), (configuration + grid).getBytes(UTF_8));
  }

  @Override
  protected List<String> words() {
    return List.of(
        ("name preset configuration baseline metric metrics better published methods axes seeds"
                + " \"include\" exclude method seed from to step { } [ ] , = null 1e999 1e-999 -1"
                + " 0.1 9223372036854775808 ${ \\u0000 \\n higher lower")
            .split(" "));
  }
}
