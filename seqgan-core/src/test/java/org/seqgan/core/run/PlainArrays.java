package org.seqgan.core.run;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.seqgan.api.data.NamedArrays;

/** The simplest format: vectors one after the other. */
final class PlainArrays implements ArrayFormat {
  static NamedArrays of(float... values) {
    return new NamedArrays(
        Map.of("weights", new NamedArrays.FloatArray(new int[] {values.length}, values)));
  }

  @Override
  public String extension() {
    return ".bin";
  }

  @Override
  public void write(Path file, NamedArrays arrays, Map<String, String> metadata)
      throws IOException {
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(arrays.names().size());
      for (String name : arrays.names()) {
        out.writeUTF(name);
        float[] values = arrays.get(name).values();
        out.writeInt(values.length);
        for (float value : values) {
          out.writeFloat(value);
        }
      }
    }
  }

  @Override
  public NamedArrays read(Path file) throws IOException {
    Map<String, NamedArrays.FloatArray> arrays = new LinkedHashMap<>();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      for (int i = in.readInt(); i > 0; i--) {
        String name = in.readUTF();
        float[] values = new float[in.readInt()];
        for (int j = 0; j < values.length; j++) {
          values[j] = in.readFloat();
        }
        arrays.put(name, new NamedArrays.FloatArray(new int[] {values.length}, values));
      }
    }
    return new NamedArrays(arrays);
  }
}
