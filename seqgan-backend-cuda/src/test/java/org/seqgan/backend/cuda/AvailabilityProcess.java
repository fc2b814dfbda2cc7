package org.seqgan.backend.cuda;

import java.util.Map;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Availability;
import org.seqgan.api.backend.TensorBackend;

/**
 * A process that looks for a driver and prints what it finds: whether a driver is there is decided
 * once in a process.
 */
final class AvailabilityProcess {
  private AvailabilityProcess() {}

  /**
   * Prints the availability of a device, then what opening it says.
   *
   * @param args the number of the device; the precision; then the library of the driver, unless
   *     there is none
   */
  public static void main(String[] args) {
    if (args.length > 2) {
      System.load(args[2]);
    }
    CudaOptions options =
        new CudaOptions(
            Integer.parseInt(args[0]),
            CudaOptions.defaults().memory(),
            Precision.valueOf(args[1]),
            Map.of());
    CudaBackendProvider provider = new CudaBackendProvider();
    Availability availability = provider.availability(options);
    availability.details().forEach(System.out::println);
    if (availability instanceof Availability.Unavailable unavailable) {
      System.out.println("unavailable: " + unavailable.reason());
    }
    try (TensorBackend backend = provider.open(options)) {
      System.out.println("opened " + backend.name());
    } catch (UserException e) {
      System.out.println("refused: " + e.getMessage());
    }
  }
}
