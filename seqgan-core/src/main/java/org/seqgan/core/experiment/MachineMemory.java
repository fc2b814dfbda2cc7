package org.seqgan.core.experiment;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The memory that this process may take.
 *
 * @param heap bytes that the Java heap may grow to
 * @param process bytes of everything together
 */
record MachineMemory(long heap, long process) {
  /** What native libraries allow a process, as a multiple of its heap (JavaCPP's default). */
  private static final int PROCESS_PER_HEAP = 4;

  /** Of this virtual machine on this machine, or in the container that it runs in. */
  static MachineMemory here() {
    long heap = Runtime.getRuntime().maxMemory();
    long machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return new MachineMemory(heap, Math.min(machine, PROCESS_PER_HEAP * heap));
  }
}
