package org.seqgan.core.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * A process that takes work.
 *
 * @param name for people, such as {@code node7:4711}
 * @param machine what no other running machine has, as far as that is known; empty where it is not
 * @param pid of the process, on that machine
 * @param token what no other process has
 */
public record Holder(String name, String machine, long pid, String token) {
  private static final int SHOWN = 60;

  /** This process. */
  public static Holder ofThisProcess() {
    long pid = ProcessHandle.current().pid();
    return new Holder(host() + ":" + pid, thisMachine(), pid, UUID.randomUUID().toString());
  }

  /** Without a resolver of names, which might ask the network. */
  private static String host() {
    String name =
        Optional.ofNullable(System.getenv("SLURMD_NODENAME"))
            .or(() -> line("/proc/sys/kernel/hostname"))
            .or(() -> Optional.ofNullable(System.getenv("HOSTNAME")))
            .or(() -> Optional.ofNullable(System.getenv("COMPUTERNAME")))
            .orElse("somewhere");
    return name.substring(0, Math.min(SHOWN, name.length()));
  }

  /**
   * Where Linux says so, the machine since it was started and the processes that see each other.
   * Containers of one machine do not.
   */
  private static String thisMachine() {
    Optional<String> start = line("/proc/sys/kernel/random/boot_id");
    try {
      String processes = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
      return start.map(id -> id + " " + processes).orElse("");
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  private static Optional<String> line(String file) {
    try {
      return Files.readAllLines(Path.of(file)).stream().findFirst().filter(text -> !text.isBlank());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether another process was of this machine, and is no more. False where nobody can tell. */
  boolean knowsDead(Holder other) {
    return !machine.isEmpty()
        && machine.equals(other.machine)
        && ProcessHandle.of(other.pid).filter(ProcessHandle::isAlive).isEmpty();
  }
}
