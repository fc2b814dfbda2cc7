package org.seqgan.core.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.metric.Better;

/**
 * A matrix file, read and checked as far as it can be without the plugins that it configures.
 * Immutable.
 *
 * <p>The key {@code include} has to stand in quotes, because HOCON has another use for the word.
 * What stands on an earlier line comes first; what stands on one line is in the order of the
 * alphabet.
 *
 * @param name the name of the matrix
 * @param preset what the configuration of every cell starts from; empty for the defaults
 * @param base settings of every cell, above the preset
 * @param baseline the method that the others are compared with
 * @param metric the metric that is compared and ranks
 * @param better which way that metric is better; neither for what its scores say themselves
 * @param further metrics that are compared too, in order
 * @param published method to published value of the metric that ranks
 * @param controls method to the methods that are what it is without a reward that knows anything
 * @param methods name to settings, above the base
 * @param axes for each option of the grid its values
 * @param seeds of every method
 * @param include further cells
 * @param exclude which cells of the grid are left out
 */
public record MatrixFile(
    String name,
    Optional<String> preset,
    List<Setting> base,
    String baseline,
    String metric,
    Better better,
    List<String> further,
    Map<String, Double> published,
    Map<String, List<String>> controls,
    Map<String, List<Setting>> methods,
    Map<String, List<Setting>> axes,
    List<Long> seeds,
    List<Entry> include,
    List<Entry> exclude) {

  /**
   * An element of {@code include} or {@code exclude}.
   *
   * @param place where it stands
   * @param method the method it is about; empty for any
   * @param settings to make, or to look for
   * @param seeds it is about; empty for all
   */
  public record Entry(
      String place, Optional<String> method, List<Setting> settings, List<Long> seeds) {}

  /**
   * Reads a file.
   *
   * @param overrides {@code group.key=value} each, for every cell, above the base
   * @throws UserException naming the place of the first thing that is wrong
   */
  public static MatrixFile read(Path file, List<String> overrides) {
    return new MatrixReader(layer(file).root(), file.toString(), overrides).read();
  }

  private static Layer layer(Path file) {
    try {
      return Layer.ofFile(file);
    } catch (UserException e) {
      if (e.getMessage().contains("include keyword is not followed by")) {
        throw Hocon.error(
            e.getMessage() + "; to add cells, write the key in quotes: \"include\" = [ ... ]", e);
      }
      throw e;
    }
  }

  /**
   * Reads one of the {@linkplain Matrices matrices that the program brings with it}.
   *
   * @throws UserException where there is none of that name
   */
  public static MatrixFile ready(String name, Matrices.Size size, List<String> overrides) {
    String place = "matrix %s, size %s".formatted(name, size.label());
    return new MatrixReader(Layer.ofText(place, Matrices.text(name, size)).root(), place, overrides)
        .read();
  }

  /** What every cell starts from, as a configuration file. */
  public String source() {
    StringBuilder text = new StringBuilder();
    preset.ifPresent(name -> text.append("preset = " + Hocon.text(name) + "\n"));
    base.forEach(setting -> text.append(setting.key() + " = " + setting.value() + "\n"));
    return text.toString();
  }
}
