package org.seqgan.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seqgan.core.portable.ModelFile;
import org.seqgan.core.portable.PortableModel;
import org.seqgan.core.portable.SafetensorsFolder;

/**
 * The formats that hold a model with everything that one needs to use it, which a plugin's does
 * not.
 */
enum OwnFormat {
  /** One file. */
  SEQGAN("." + ModelFile.ENDING) {
    @Override
    void requireRoom(Path target, boolean replaces) {
      ModelFile.requireRoom(target, replaces);
    }

    @Override
    List<Path> write(Path target, PortableModel model, boolean replaces) {
      ModelFile.write(target, model, replaces);
      return List.of(target);
    }

    @Override
    PortableModel read(Path source) {
      return ModelFile.read(source);
    }
  },
  /** A folder of plain files. */
  SAFETENSORS("-safetensors") {
    @Override
    void requireRoom(Path target, boolean replaces) {
      SafetensorsFolder.requireRoom(target, replaces);
    }

    @Override
    List<Path> write(Path target, PortableModel model, boolean replaces) {
      return SafetensorsFolder.write(target, model, replaces);
    }

    @Override
    PortableModel read(Path source) {
      return SafetensorsFolder.read(source);
    }
  };

  private final String ending;

  OwnFormat(String ending) {
    this.ending = ending;
  }

  /** How the name of what it writes ends, where nobody gives one. */
  String ending() {
    return ending;
  }

  /** The format of a name, or else that of a file's ending; empty where it is a plugin's. */
  static Optional<OwnFormat> chosen(@Nullable String name, @Nullable Path target) {
    if (name == null) {
      return target != null && target.toString().endsWith(SEQGAN.ending)
          ? Optional.of(SEQGAN)
          : Optional.empty();
    }
    return Arrays.stream(values()).filter(format -> format.word().equals(name)).findFirst();
  }

  /** As the command line names it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Fails where there is something that may not be replaced; to be asked before long work.
   *
   * @throws org.seqgan.api.UserException of kind {@code ENVIRONMENT}
   */
  abstract void requireRoom(Path target, boolean replaces);

  /**
   * Reads a model.
   *
   * @throws org.seqgan.api.UserException of kind {@code DATA} where there is none
   */
  abstract PortableModel read(Path source);

  /** Writes a model, and tells the files. */
  abstract List<Path> write(Path target, PortableModel model, boolean replaces);
}
