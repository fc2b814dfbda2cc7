package org.seqgan.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.export.ModelFormatProvider;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.RegisteredPlugin;

/** The formats that models can be written and read in, as a command line chooses among them. */
record ModelFormats(PluginRegistry registry) {
  /**
   * The format of a name, or that of a file's ending.
   *
   * @param option that names a format, for messages
   * @throws org.seqgan.api.UserException of kind {@code CONFIGURATION} where neither tells it
   */
  ModelFormatProvider choose(@Nullable String name, @Nullable Path file, String option) {
    if (name != null) {
      return registry.format(name);
    }
    return Optional.ofNullable(file)
        .flatMap(this::byEnding)
        .orElseThrow(
            () ->
                Misuse.of(
                    "expected %s FORMAT%s; formats are %s"
                        .formatted(
                            option,
                            file == null
                                ? ""
                                : ", which the name of %s does not tell".formatted(file),
                            String.join(", ", allNames()))));
  }

  private Optional<ModelFormatProvider> byEnding(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return names().stream()
        .map(registry::format)
        .filter(format -> format.ending().filter(ending -> name.endsWith("." + ending)).isPresent())
        .findFirst();
  }

  private List<String> allNames() {
    return Stream.concat(Arrays.stream(OwnFormat.values()).map(OwnFormat::word), names().stream())
        .toList();
  }

  private List<String> names() {
    return registry.plugins(PluginKind.FORMAT).stream().map(RegisteredPlugin::name).toList();
  }
}
