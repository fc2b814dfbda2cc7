package org.seqgan.core.mlflow;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.plugin.Option;

/** What {@code --listen mlflow} can be told. */
public record MlflowOptions(
    @Option(description = "address of the tracking server", defaultValue = "http://127.0.0.1:5000")
        String url,
    @Option(
            description = "name of the experiment there; made where there is none",
            defaultValue = "seqgan")
        String experiment,
    @Option(description = "how long an answer may take", defaultValue = "5s", min = 0.1, max = 600)
        Duration timeout) {
  /** Checks the address. */
  public MlflowOptions {
    URI address;
    try {
      address = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw noAddress(url, e);
    }
    if (!Set.of("http", "https").contains(String.valueOf(address.getScheme()))
        || address.getHost() == null
        || address.getUserInfo() != null) {
      throw noAddress(url, null);
    }
    if (experiment.isBlank()) {
      throw new IllegalArgumentException("experiment: expected a name, found none");
    }
  }

  private static IllegalArgumentException noAddress(String url, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "url: expected an address such as http://127.0.0.1:5000, without a user in it, found '%s'"
            .formatted(url),
        cause);
  }
}
