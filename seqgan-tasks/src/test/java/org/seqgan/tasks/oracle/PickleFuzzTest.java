package org.seqgan.tasks.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.tasks.oracle.pickle.PickleException;
import org.seqgan.tasks.oracle.pickle.PickleValue;
import org.seqgan.tasks.oracle.pickle.PickledArray;
import org.seqgan.tasks.oracle.pickle.Pickles;
import org.seqgan.tasks.oracle.pickle.RestrictedUnpickler;
import org.seqgan.testkit.OneLine;
import org.seqgan.testkit.ReaderContract;

/** {@link RestrictedUnpickler} and {@link OracleParameters} on pickles of strangers. */
public final class PickleFuzzTest extends ReaderContract {
  private static final OracleSizes SIZES = new OracleSizes(3, 2, 2);
  private static final NamedArrays NONE = new NamedArrays(java.util.Map.of());

  @TempDir private Path folder;

  @Override
  protected void read(byte[] input, Path scratch) {
    Path file = Pickles.file(scratch, input);
    try {
      OracleParameters.read(file, SIZES, path -> NONE);
    } catch (UserException e) {
      OneLine.assertIsOne(e);
    }
    convert(RestrictedUnpickler.read(file, ReleasedParameters.CORPUS));
  }

  private static void convert(PickleValue value) {
    List<PickleValue> items =
        value instanceof PickleValue.Listing list ? list.items() : List.of(value);
    for (PickleValue item : items) {
      OneLine.assertIsOne(item.describe());
      if (item instanceof PickledArray array) {
        try {
          array.toFloatArray();
        } catch (PickleException e) {
          OneLine.assertIsOne(e);
        }
      }
    }
  }

  static Stream<String> pickles() {
    return Stream.of(
        "python2-protocol0.pkl",
        "python3-protocol0.pkl",
        "python3-protocol1.pkl",
        "python3-protocol2.pkl",
        "python3-protocol3.pkl",
        "python3-protocol4.pkl",
        "python3-protocol5.pkl",
        "numpy1-protocol3.pkl");
  }

  @Override
  protected List<byte[]> examples() {
    return pickles().map(Pickles::bytes).toList();
  }

  @Override
  protected List<String> words() {
    return List.of(
        ("cnumpy.core.multiarray\n cnumpy._core.multiarray\n _reconstruct\n cnumpy\n ndarray\n dtype\n"
                + " _frombuffer\n c_codecs\n encode\n latin1 embedding W_input lstm.U I00\n I01\n"
                + " \u00801 (dp0\n (lp0\n cos\nsystem\n")
            .split(" "));
  }

  @ParameterizedTest
  @MethodSource("pickles")
  @Timeout(120)
  void aTruncatedPickleIsAlwaysRejected(String name) throws IOException {
    byte[] whole = Pickles.bytes(name);
    for (int length = 0; length < whole.length; length++) {
      assertThat(isRead(Arrays.copyOf(whole, length), folder))
          .as("%s cut at %d", name, length)
          .isFalse();
    }
  }
}
