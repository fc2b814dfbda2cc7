package org.seqgan.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seqgan.backend.cuda.DeviceMemory.address;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.Tensor;
import org.seqgan.backend.cuda.Products.Operand;
import org.seqgan.backend.cuda.Products.Product;
import org.seqgan.backend.cuda.Products.Term;
import org.seqgan.backend.cuda.driver.CudaDriver;
import org.seqgan.backend.cuda.driver.DriverUnavailableException;
import org.seqgan.backend.cuda.driver.Session;
import org.seqgan.backend.cuda.emulator.EmulatedDriver;
import org.seqgan.testkit.operation.Numbers;

@DisplayName("Several products in one launch")
@Tag("slow")
class ProductsTest {
  private static final long MEMORY = 1 << 26;

  /** Large tiles begin where there are 128 of 128 x 128, and no side is shorter. */
  private static final int LARGE = 900;

  private static final int SMALL = 70;
  private static final int DEPTH = 37;

  @BeforeAll
  static void loadDriver() {
    EmulatedDriver.load();
  }

  /** Computes on a device of its own, and gives what the products wrote. */
  private static final class Device {
    private final Session session;
    private final MemoryPool pool;
    private final Numbers numbers = new Numbers(3);

    Device(Session session, MemoryPool pool) {
      this.session = session;
      this.pool = pool;
    }

    /** Eighths from -1 to 1: their products and sums are exact in every precision. */
    Tensor eighths(int... shape) {
      CudaTensor tensor = new CudaTensor(pool, shape);
      float[] values = numbers.symmetric(tensor.size());
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.round(values[i] * 8) / 8f;
      }
      session.upload(values, address(tensor));
      return tensor;
    }

    float[] read(Tensor tensor) {
      float[] values = new float[tensor.size()];
      session.download(address(tensor), values.length).into(values, 0);
      return values;
    }
  }

  private static List<float[]> compute(
      Precision precision, Function<Device, List<Product>> products) {
    try {
      CudaDriver driver = CudaDriver.load();
      try (Session session = driver.open(driver.device(0))) {
        MemoryPool pool = new MemoryPool(session, MEMORY);
        Device device = new Device(session, pool);
        List<Product> all = products.apply(device);
        Engine engine = new Engine(session, pool, new SmallWork(session), precision);
        new Products(engine, precision).compute(all);
        List<float[]> results = all.stream().map(each -> device.read(each.out())).toList();
        pool.close();
        return results;
      }
    } catch (DriverUnavailableException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Product> products(Device device, int m, int n) {
    Product plain =
        Product.of(
            Operand.along(device.eighths(m, DEPTH)),
            Operand.across(device.eighths(DEPTH, n)),
            DEPTH,
            m,
            n,
            device.eighths(m, n));
    Term first =
        new Term(
            Operand.across(device.eighths(DEPTH, m)),
            Operand.along(device.eighths(n, DEPTH)),
            DEPTH);
    Term second =
        new Term(
            Operand.along(device.eighths(m, DEPTH))
                .beforeActivation(Activation.RELU, device.eighths(m, DEPTH)),
            Operand.ones(),
            DEPTH);
    Product ofTerms = Product.of(List.of(first, second), m, n, device.eighths(m, n)).added();
    return List.of(plain.with(device.eighths(n), Activation.RELU), ofTerms);
  }

  private static void assertSameAsFloat32(Precision precision, int m, int n) {
    List<float[]> expected = compute(Precision.FLOAT32, device -> products(device, m, n));
    List<float[]> found = compute(precision, device -> products(device, m, n));
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).as("product %d", i).isEqualTo(expected.get(i));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "FLOAT32", mode = EnumSource.Mode.EXCLUDE)
  void areThoseOfFloat32WhereNothingIsRounded(Precision precision) {
    assertSameAsFloat32(precision, SMALL, SMALL + 1);
  }

  @ParameterizedTest
  @EnumSource(names = "FLOAT32", mode = EnumSource.Mode.EXCLUDE)
  void areThoseOfFloat32InLargeTiles(Precision precision) {
    assertSameAsFloat32(precision, LARGE, LARGE - 1);
  }

  @ParameterizedTest
  @EnumSource(names = "FLOAT32", mode = EnumSource.Mode.EXCLUDE)
  void haveNoRacesInLargeTiles(Precision precision) {
    EmulatedDriver.with(
        EmulatedDriver.Setting.CHECK,
        1,
        () -> {
          assertSameAsFloat32(precision, LARGE, LARGE - 1);
          assertThat(EmulatedDriver.failure()).isEmpty();
        });
  }
}
