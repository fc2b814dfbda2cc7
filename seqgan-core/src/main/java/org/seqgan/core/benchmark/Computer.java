package org.seqgan.core.benchmark;

import org.seqgan.core.config.ResolvedConfig;

/**
 * What figures were measured on.
 *
 * @param backend the name of the backend
 * @param options of the backend
 * @param processors that this process may use
 */
public record Computer(String backend, Record options, int processors) {
  static Computer of(ResolvedConfig config) {
    return new Computer(
        config.backend().provider().about().name(),
        config.backend().options(),
        Runtime.getRuntime().availableProcessors());
  }
}
