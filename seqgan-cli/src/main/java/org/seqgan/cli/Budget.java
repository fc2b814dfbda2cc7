package org.seqgan.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.core.matrix.Resources;
import picocli.CommandLine.Option;

/** The part of the machine that a matrix may take. */
final class Budget {
  @Option(
      names = "-j",
      paramLabel = "N",
      description = "cells that run at a time (default: ${DEFAULT-VALUE})")
  private int parallel = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads of all cells together (default: the processors)")
  private @Nullable Integer threads;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "memory of all cells together, such as 8g (default: half of the machine's)")
  private @Nullable String memory;

  @Option(
      names = "--devices",
      paramLabel = "N",
      split = ",",
      description =
          "accelerators that cells run on, such as 0,1: one after another in turn, several cells on"
              + " each where -j is larger (default: what the configuration says)")
  private List<Integer> devices = List.of();

  /** The accelerators that cells run on, in turn; empty where nobody chose. */
  List<Integer> devices() {
    return devices;
  }

  int parallel() {
    return parallel;
  }

  /** The share of one cell. */
  Resources share() {
    if (parallel < 1) {
      throw Misuse.of("-j: expected at least 1, found " + parallel);
    }
    devices.stream()
        .filter(device -> device < 0)
        .findFirst()
        .ifPresent(
            device -> {
              throw Misuse.of("--devices: expected numbers from 0, found " + device);
            });
    return Resources.share(
        threads(),
        memory == null ? halfOfMachine() : SizeArgument.parse("--memory", memory),
        parallel);
  }

  private int threads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** As they are given to another process; of what nobody chose, nothing. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    if (parallel != 1) {
      words.addAll(List.of("-j", Integer.toString(parallel)));
    }
    if (threads != null) {
      words.addAll(List.of("--threads", threads.toString()));
    }
    if (memory != null) {
      words.addAll(List.of("--memory", memory));
    }
    if (!devices.isEmpty()) {
      String numbers = devices.stream().map(String::valueOf).collect(Collectors.joining(","));
      words.addAll(List.of("--devices", numbers));
    }
    return words;
  }

  /**
   * Insists that the share is not that of this machine, because cells run on others.
   *
   * @param place where they run
   */
  void requireChosen(String place) {
    if (threads == null || memory == null) {
      throw Misuse.of(
          "--on %s: expected what each worker gets, --threads N and --memory SIZE, found no %s"
              .formatted(place, threads == null ? "--threads" : "--memory"));
    }
  }

  private static ByteSize halfOfMachine() {
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new ByteSize(machine.getTotalMemorySize() / 2);
  }
}
