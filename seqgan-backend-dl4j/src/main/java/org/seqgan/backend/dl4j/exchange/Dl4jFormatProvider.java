package org.seqgan.backend.dl4j.exchange;

import java.nio.file.Path;
import java.util.List;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.export.ModelFormatProvider;
import org.seqgan.api.export.TrainedParts;
import org.seqgan.api.plugin.About;

/**
 * Format {@code dl4j}: a folder with {@code generator.zip} and {@code discriminator.zip}, each a
 * {@code ComputationGraph} as DL4J's {@code ModelSerializer} reads it.
 */
public final class Dl4jFormatProvider implements ModelFormatProvider {
  @Override
  public About<NoOptions> about() {
    return new About<>(
        "dl4j",
        "ComputationGraphs of DeepLearning4J: a folder with generator.zip and discriminator.zip",
        NoOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public List<Path> write(TrainedParts parts, Path target) {
    return new GraphFolder(target).write(parts);
  }

  /** Reads such a folder, or a zip alone. */
  @Override
  public TrainedParts read(Path source) {
    return new GraphFolder(source).read();
  }
}
