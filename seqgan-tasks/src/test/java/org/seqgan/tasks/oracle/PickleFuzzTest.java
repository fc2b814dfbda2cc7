package org.seqgan.tasks.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.UserException;
import org.seqgan.api.random.RandomStream;

/** Damaged pickles give a value or an error in words, whatever the damage. */
@Timeout(120)
class PickleFuzzTest {
  private static final long SEED = 20_261_121;
  private static final int FLIPS = 5000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "python2-protocol0.pkl",
        "python3-protocol0.pkl",
        "python3-protocol1.pkl",
        "python3-protocol2.pkl",
        "python3-protocol3.pkl",
        "python3-protocol4.pkl",
        "python3-protocol5.pkl",
        "numpy1-protocol3.pkl",
        "malicious-protocol0.pkl",
        "malicious-protocol4.pkl"
      })
  void aTruncatedPickleIsAlwaysRejected(String name) {
    byte[] whole = Resources.bytes(name);
    for (int length = 0; length < whole.length; length++) {
      String place = name + " cut at " + length;
      assertThat(isRead(Arrays.copyOf(whole, length), place)).as(place).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "python2-protocol0.pkl",
        "python3-protocol2.pkl",
        "python3-protocol4.pkl",
        "python3-protocol5.pkl"
      })
  void aDamagedPickleIsReadOrRejected(String name) {
    byte[] whole = Resources.bytes(name);
    RandomStream stream = RandomStream.of(SEED).split(name);
    int read = 0;
    for (int trial = 0; trial < FLIPS; trial++) {
      byte[] damaged = whole.clone();
      for (int flips = stream.nextInt(3); flips >= 0; flips--) {
        damaged[stream.nextInt(damaged.length)] = (byte) stream.nextInt(256);
      }
      if (isRead(damaged, name + ", seed " + SEED + ", trial " + trial)) {
        read++;
      }
    }
    assertThat(read).as("damage within the numbers is not noticed").isPositive().isLessThan(FLIPS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 100, 1000})
  void garbageIsReadOrRejected(int length) {
    RandomStream stream = RandomStream.of(SEED).split("garbage", length);
    for (int trial = 0; trial < 2000; trial++) {
      byte[] garbage = new byte[length];
      for (int i = 0; i < length; i++) {
        garbage[i] = (byte) stream.nextInt(256);
      }
      isRead(garbage, "length " + length + ", seed " + SEED + ", trial " + trial);
    }
  }

  /** Whether the pickle is read; anything but a value or an error for the user fails the test. */
  private boolean isRead(byte[] pickle, String place) {
    try {
      convert(RestrictedUnpickler.read(Resources.file(folder, pickle)));
      return true;
    } catch (UserException e) {
      assertThat(e.kind()).as(place).isEqualTo(UserException.Kind.DATA);
      assertThat(e.getMessage()).as(place).doesNotContain("\n").hasSizeLessThan(1000);
      return false;
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      return fail(place, e);
    }
  }

  private static void convert(PickleValue value) {
    List<PickleValue> items =
        value instanceof PickleValue.Listing list ? list.items() : List.of(value);
    for (PickleValue item : items) {
      if (item instanceof PickledArray array) {
        try {
          array.toFloatArray();
        } catch (PickleException e) {
          assertThat(e.getMessage()).doesNotContain("\n");
        }
      }
    }
  }
}
