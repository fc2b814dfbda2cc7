package org.seqgan.core.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.file.Path;
import org.seqgan.core.io.Json;

/** The number that a file of a run says in which form it was written. */
final class FileFormat {
  private FileFormat() {}

  /**
   * Insists on a format that this program reads: 1 to that which it writes.
   *
   * @throws NewerFormatException where a later version of this program wrote the file
   * @throws IllegalArgumentException for anything else that is no such number
   */
  static void check(JsonNode object, int written, Path file) {
    JsonNode format = Json.field(object, "format");
    boolean whole = format.isIntegralNumber();
    if (whole && format.bigIntegerValue().compareTo(BigInteger.valueOf(written)) > 0) {
      throw new NewerFormatException(file, format.toString(), written);
    }
    if (!whole || format.bigIntegerValue().signum() < 1) {
      throw new IllegalArgumentException(
          "expected format 1 to " + written + " in " + file.getFileName() + ", found " + format);
    }
  }
}
