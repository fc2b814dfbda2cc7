package org.seqgan.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of the program. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"seqgan " + number()};
  }

  /** As the jar says; classes that are not in a jar are a development build. */
  static String number() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development build");
  }
}
