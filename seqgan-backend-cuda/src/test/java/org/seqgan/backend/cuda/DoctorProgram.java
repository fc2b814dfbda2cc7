package org.seqgan.backend.cuda;

import org.seqgan.api.backend.Availability;

/**
 * Prints whether the backend is available: a program, because a process looks for its driver once.
 * The argument, if any, is the library of the driver.
 */
final class DoctorProgram {
  private DoctorProgram() {}

  public static void main(String[] arguments) {
    if (arguments.length > 0) {
      System.load(arguments[0]);
    }
    CudaBackendProvider provider = new CudaBackendProvider();
    provider.availability(CudaOptions.defaults()); // the second look finds what the first found
    Availability availability = provider.availability(CudaOptions.defaults());
    availability.details().forEach(System.out::println);
    System.out.println(
        availability instanceof Availability.Unavailable unavailable
            ? unavailable.reason()
            : "available");
  }
}
