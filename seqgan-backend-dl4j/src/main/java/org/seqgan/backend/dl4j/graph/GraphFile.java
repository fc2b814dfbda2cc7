package org.seqgan.backend.dl4j.graph;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.seqgan.api.UserException;
import org.seqgan.backend.dl4j.product.NativeLibraries;

/**
 * A graph as DL4J's users keep it: a configuration as JSON, or a zip of {@code ModelSerializer}
 * with weights.
 *
 * <p>The file may come from a stranger. Of a zip, configuration and weights are read here and
 * nothing else: {@code ModelSerializer} itself would also deserialise any Java object that it finds
 * under the name of a preprocessor.
 *
 * @param configuration nobody else's: it may be changed
 * @param parameters the weights, flat as DL4J keeps them, as many as the graph has; empty for a
 *     configuration alone
 */
public record GraphFile(ComputationGraphConfiguration configuration, Optional<float[]> parameters) {
  /** The entry of a zip that holds the configuration. */
  public static final String CONFIGURATION = "configuration.json";

  /** The entry of a zip that holds the weights. */
  public static final String COEFFICIENTS = "coefficients.bin";

  private static final int LONGEST_TEXT = 1 << 26;
  private static final String EXPECTED =
      "expected a ComputationGraphConfiguration as JSON, or a ComputationGraph written by"
          + " ModelSerializer";

  /** What is wrong with a file, in words that follow its name. */
  public static final class WrongFileException extends Exception {
    private static final long serialVersionUID = 1;

    /** Says what was expected and found, and what to do. */
    public WrongFileException(String problem) {
      super(problem);
    }

    WrongFileException(String problem, Throwable cause) {
      super(problem, cause);
    }
  }

  /**
   * Reads a file. Loads ND4J where it is not loaded.
   *
   * @throws WrongFileException where it holds no graph
   * @throws UserException (environment) where ND4J cannot run here
   */
  public static GraphFile read(Path file) throws WrongFileException {
    NativeLibraries.require();
    try {
      if (!Files.isRegularFile(file)) {
        throw new WrongFileException(
            EXPECTED + ", found " + (Files.exists(file) ? "no file" : "nothing there"));
      }
      return isZip(file) ? readZip(file) : new GraphFile(parse(text(file)), Optional.empty());
    } catch (ZipException e) {
      throw new WrongFileException(EXPECTED + ", found a damaged zip; save it again", e);
    } catch (IOException e) {
      throw new WrongFileException("cannot be read: " + e.getMessage(), e);
    }
  }

  static GraphFile read(GraphSource source) {
    try {
      return read(source.file());
    } catch (WrongFileException e) {
      throw source.error(e.getMessage(), e);
    }
  }

  private static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 'P' && in.read() == 'K';
    }
  }

  private static String text(Path file) throws IOException, WrongFileException {
    if (Files.size(file) > LONGEST_TEXT) {
      throw new WrongFileException(
          "%s, found %,d bytes that are no zip".formatted(EXPECTED, Files.size(file)));
    }
    return new String(Files.readAllBytes(file), UTF_8);
  }

  private static GraphFile readZip(Path file) throws IOException, WrongFileException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ComputationGraphConfiguration configuration =
          parse(
              text(zip, CONFIGURATION)
                  .orElseThrow(
                      () ->
                          new WrongFileException(
                              "%s, found a zip without %s".formatted(EXPECTED, CONFIGURATION))));
      ZipEntry coefficients = zip.getEntry(COEFFICIENTS);
      if (coefficients == null) {
        throw new WrongFileException(
            "%s, found a zip without %s".formatted(EXPECTED, COEFFICIENTS));
      }
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(zip.getInputStream(coefficients)))) {
        return new GraphFile(
            configuration, Optional.of(Coefficients.read(in, weightsOf(configuration))));
      }
    }
  }

  /** How many weights a graph has, before memory is taken for them. */
  private static long weightsOf(ComputationGraphConfiguration configuration)
      throws WrongFileException {
    try {
      return configuration.getVertices().values().stream()
          .mapToLong(vertex -> vertex.numParams(false))
          .sum();
    } catch (RuntimeException e) {
      throw new WrongFileException(
          "DL4J cannot make its graph: %s; build it there first"
              .formatted(NativeLibraries.firstLine(e)),
          e);
    }
  }

  /** The text of an entry of a zip, where it has one. */
  public static Optional<String> text(ZipFile zip, String name)
      throws IOException, WrongFileException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return Optional.empty();
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(LONGEST_TEXT);
      if (bytes.length == LONGEST_TEXT) {
        throw new WrongFileException("its %s is longer than 64 MiB".formatted(name));
      }
      return Optional.of(new String(bytes, UTF_8));
    }
  }

  private static ComputationGraphConfiguration parse(String json) throws WrongFileException {
    if (json.contains("\"confs\"")) {
      throw new WrongFileException(
          EXPECTED + ", found a MultiLayerNetwork; save network.toComputationGraph() instead");
    }
    try {
      ComputationGraphConfiguration configuration = ComputationGraphConfiguration.fromJson(json);
      if (configuration.getVertices() != null && configuration.getNetworkInputs() != null) {
        return configuration;
      }
    } catch (Exception e) { // DL4J declares none of those that it lets through
      throw new WrongFileException(
          "%s, found something else (%s)".formatted(EXPECTED, NativeLibraries.firstLine(e)), e);
    }
    throw new WrongFileException(EXPECTED + ", found JSON without vertices");
  }
}
