package org.seqgan.cli;

import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a number of the command line: in decimal digits, and one that there is. Java reads {@code
 * NaN}, and reads {@code 1e999} as an infinity.
 *
 * @param expected in words, for a message
 * @param read the number; {@link NumberFormatException} where it is none
 */
record NumberArgument<N extends Number>(String expected, Function<String, N> read)
    implements ITypeConverter<N> {
  /** Makes a command line read all its numbers so. */
  static void register(CommandLine commandLine) {
    NumberArgument<Integer> ints = whole(Integer.MIN_VALUE, Integer.MAX_VALUE, Integer::valueOf);
    NumberArgument<Long> longs = whole(Long.MIN_VALUE, Long.MAX_VALUE, Long::valueOf);
    NumberArgument<Float> floats = real(Float.MAX_VALUE, Float::valueOf);
    NumberArgument<Double> doubles = real(Double.MAX_VALUE, Double::valueOf);
    commandLine
        .registerConverter(int.class, ints)
        .registerConverter(Integer.class, ints)
        .registerConverter(long.class, longs)
        .registerConverter(Long.class, longs)
        .registerConverter(float.class, floats)
        .registerConverter(Float.class, floats)
        .registerConverter(double.class, doubles)
        .registerConverter(Double.class, doubles);
  }

  private static <N extends Number> NumberArgument<N> whole(
      long least, long most, Function<String, N> read) {
    return new NumberArgument<>("a whole number from %d to %d".formatted(least, most), read);
  }

  private static <N extends Number> NumberArgument<N> real(Number most, Function<String, N> read) {
    return new NumberArgument<>("a number from -%1$s to %1$s".formatted(most), read);
  }

  @Override
  public N convert(String text) {
    try {
      N number = read.apply(text);
      if (Double.isFinite(number.doubleValue())) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that there is not.
    }
    throw new TypeConversionException("expected %s, found '%s'".formatted(expected, text));
  }
}
