package org.seqgan.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.testkit.ReaderContract;

/** {@link Safetensors} on files of strangers; what is read is written again, bit for bit. */
public final class SafetensorsFuzzTest extends ReaderContract {
  @Override
  protected void read(byte[] input, Path scratch) throws IOException {
    Path file = Files.write(scratch.resolve("x.safetensors"), input);
    Map<String, String> metadata = Safetensors.readMetadata(file);
    NamedArrays arrays = Safetensors.read(file);
    Path copy = scratch.resolve("copy.safetensors");
    Safetensors.write(copy, arrays, metadata);
    assertThat(readAgain(() -> Safetensors.readMetadata(copy))).isEqualTo(metadata);
    NamedArrays again = readAgain(() -> Safetensors.read(copy));
    assertThat(again.names()).containsExactlyInAnyOrderElementsOf(arrays.names());
    for (String name : arrays.names()) {
      assertThat(again.get(name).shape()).isEqualTo(arrays.get(name).shape());
      assertThat(again.get(name).values()).isEqualTo(arrays.get(name).values());
    }
  }

  @Override
  protected List<byte[]> examples() throws IOException {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    arrays.put("first", new FloatArray(new int[] {2, 2}, new float[] {1, 2, 3, 4}));
    arrays.put("second", new FloatArray(new int[] {3}, new float[] {5, 6, Float.NaN}));
    arrays.put("empty", new FloatArray(new int[] {0, 7}, new float[0]));
    return List.of(
        written(new NamedArrays(arrays), Map.of("made-by", "a test")),
        written(new NamedArrays(Map.of()), Map.of()));
  }

  private static byte[] written(NamedArrays arrays, Map<String, String> metadata)
      throws IOException {
    Path file = Files.createTempFile("example", ".safetensors");
    try {
      Safetensors.write(file, arrays, metadata);
      return Files.readAllBytes(file);
    } finally {
      Files.delete(file);
    }
  }

  @Override
  protected List<String> words() {
    return List.of(
        ("\"dtype\" \"shape\" \"data_offsets\" \"__metadata__\" \"F32\" \"F16\" [] {} null true -1 1e9"
                + " 2147483647 9223372036854775807 \\u0000 \\u0085")
            .split(" "));
  }
}
