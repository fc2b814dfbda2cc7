package org.seqgan.backend.cuda.emulator;

import java.util.function.Consumer;
import org.seqgan.backend.cuda.driver.CudaDriver;
import org.seqgan.backend.cuda.driver.DriverUnavailableException;
import org.seqgan.backend.cuda.driver.Session;

/** The emulated device at work, for tests that launch kernels by themselves. */
final class OpenSession {
  private OpenSession() {}

  /** Runs the body with a fresh context, in which nothing has failed. */
  static void with(Consumer<Session> body) {
    EmulatedDriver.load();
    try {
      CudaDriver driver = CudaDriver.load();
      try (Session session = driver.open(driver.device(0))) {
        body.accept(session);
      } finally {
        EmulatedDriver.recover();
      }
    } catch (DriverUnavailableException e) {
      throw new AssertionError(e);
    }
  }
}
