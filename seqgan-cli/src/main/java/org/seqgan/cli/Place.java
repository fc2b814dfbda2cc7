package org.seqgan.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where the cells of a matrix run.
 *
 * @param kind in which way
 * @param master the address of the cluster, for a kind that has one
 */
record Place(Kind kind, Optional<String> master) {
  private static final String SPARK = "spark://";

  /** In which way. */
  enum Kind {
    HERE,
    WORKERS,
    SLURM,
    SPARK;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Reads {@code here}, {@code workers}, {@code slurm} or {@code spark://HOST:PORT}. */
  static final class Converter implements ITypeConverter<Place> {
    @Override
    public Place convert(String value) {
      if (value.startsWith(SPARK) && value.length() > SPARK.length()) {
        return new Place(Kind.SPARK, Optional.of(value));
      }
      return Arrays.stream(Kind.values())
          .filter(kind -> kind != Kind.SPARK && kind.toString().equals(value))
          .map(kind -> new Place(kind, Optional.empty()))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of %s, found '%s'"
                          .formatted(String.join(", ", words().toList()), value)));
    }
  }

  /** For completion in shells. */
  static final class Candidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return words().iterator();
    }
  }

  private static Stream<String> words() {
    return Stream.concat(
        Stream.of(Kind.HERE, Kind.WORKERS, Kind.SLURM).map(Kind::toString),
        Stream.of(SPARK + "HOST:PORT"));
  }

  /** As it was said. */
  @Override
  public String toString() {
    return master.orElseGet(kind::toString);
  }

  /** Insists on one of these for options that were given. */
  void require(Kind expected, boolean given, List<String> options) {
    if (given && kind != expected) {
      throw Misuse.of(
          "%s: only for --on %s, found --on %s"
              .formatted(
                  String.join(", ", options),
                  expected == Kind.SPARK ? SPARK + "..." : expected,
                  this));
    }
  }
}
