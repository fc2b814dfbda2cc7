package org.seqgan.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.seqgan.core.benchmark.Computer;

/** What a benchmark ran on, as it is told before the figures. */
record BenchHeader(Computer computer) {
  String line() {
    return "Backend "
        + computer.backend()
        + ", "
        + computer.options()
        + ", on "
        + computer.processors()
        + " processors";
  }

  Map<String, Object> toObject() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("seqgan", Version.number());
    object.put("java", Runtime.version().toString());
    object.put("processors", computer.processors());
    object.put("backend", computer.backend());
    object.put("options", computer.options().toString());
    return object;
  }
}
