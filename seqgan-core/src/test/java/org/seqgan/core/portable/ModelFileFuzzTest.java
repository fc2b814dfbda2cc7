package org.seqgan.core.portable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.seqgan.testkit.ReaderContract;

/** {@link ModelFile} on files of strangers; what is read is written again, byte for byte. */
public final class ModelFileFuzzTest extends ReaderContract {
  @Override
  protected void read(byte[] input, Path scratch) throws IOException {
    Path file = Files.write(scratch.resolve("x.seqgan"), input);
    PortableModel model = ModelFile.read(file);
    Path copy = scratch.resolve("copy.seqgan");
    ModelFile.write(copy, model, true);
    PortableModel again = readAgain(() -> ModelFile.read(copy));
    assertThat(again.provenance()).isEqualTo(model.provenance());
    Path second = scratch.resolve("second.seqgan");
    ModelFile.write(second, again, true);
    assertThat(second).hasSameBinaryContentAs(copy);
  }

  @Override
  protected List<byte[]> examples() throws IOException {
    Path file = Files.createTempFile("example", ".seqgan");
    try {
      ModelFile.write(file, ModelFileTest.model(), true);
      return List.of(Files.readAllBytes(file));
    } finally {
      Files.delete(file);
    }
  }

  @Override
  protected List<String> words() {
    return List.of(
        "PK\u0001\u0002",
        "PK\u0003\u0004",
        "PK\u0005\u0006",
        "manifest.json",
        "vocabulary.json",
        "generator.safetensors",
        "\"format\"",
        "\"sha256\"",
        "\"bytes\"");
  }
}
