package org.seqgan.api;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The folder in which the program and its plugins keep what they could fetch or make again, each in
 * a folder of its own below the root. Nothing here says that the folder exists. Thread-safe.
 *
 * @param root of all that is kept for one user
 */
public record UserCache(Path root) {
  /** The variable of the environment that names another folder. */
  public static final String VARIABLE = "SEQGAN_CACHE";

  /**
   * The cache of the user: the folder in {@code SEQGAN_CACHE}, or {@code seqgan} in {@code
   * XDG_CACHE_HOME}, or {@code .cache/seqgan} in the home folder.
   */
  public static UserCache of(Map<String, String> environment) {
    return new UserCache(
        named(environment, VARIABLE)
            .or(() -> named(environment, "XDG_CACHE_HOME").map(cache -> cache.resolve("seqgan")))
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "seqgan")));
  }

  private static Optional<Path> named(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }
}
