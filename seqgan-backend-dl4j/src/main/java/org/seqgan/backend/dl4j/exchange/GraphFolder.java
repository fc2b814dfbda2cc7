package org.seqgan.backend.dl4j.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;
import org.seqgan.api.UserException;
import org.seqgan.api.export.TrainedParts;
import org.seqgan.api.export.TrainedParts.Part;
import org.seqgan.backend.dl4j.graph.GraphFile;
import org.seqgan.backend.dl4j.graph.GraphFile.WrongFileException;
import org.seqgan.backend.dl4j.product.NativeLibraries;

/**
 * Models as zips of {@code ModelSerializer}. Beside what DL4J reads, each has {@code seqgan.conf}:
 * the configuration that it was trained with. It is lost where DL4J saves the graph again, and
 * nothing needs it. The same models give the same bytes.
 *
 * @param path a folder, or to be read also a zip
 */
record GraphFolder(Path path) {
  private static final String GENERATOR = "generator.zip";
  private static final String DISCRIMINATOR = "discriminator.zip";
  private static final String SETTINGS = "seqgan.conf";
  private static final GraphCodec OF_GENERATORS = new LstmGeneratorCodec();
  private static final GraphCodec OF_DISCRIMINATORS = new CnnDiscriminatorCodec();

  // ---- writing ----

  List<Path> write(TrainedParts parts) {
    NativeLibraries.require();
    Map<String, ComputationGraph> graphs = new LinkedHashMap<>();
    parts
        .generator()
        .ifPresent(part -> graphs.put(GENERATOR, encode("generator", OF_GENERATORS, parts, part)));
    parts
        .discriminator()
        .ifPresent(
            part ->
                graphs.put(DISCRIMINATOR, encode("discriminator", OF_DISCRIMINATORS, parts, part)));
    List<Path> written = new ArrayList<>();
    try {
      Files.createDirectories(path);
      for (Map.Entry<String, ComputationGraph> graph : graphs.entrySet()) {
        written.add(write(graph.getKey(), graph.getValue(), parts.settings()));
      }
    } catch (IOException e) {
      throw new UserException(
          UserException.Kind.ENVIRONMENT,
          "cannot write %s: %s; make room or name another target".formatted(path, e.getMessage()),
          e);
    } finally {
      graphs.values().forEach(ComputationGraph::close);
    }
    return written;
  }

  private static ComputationGraph encode(
      String what, GraphCodec codec, TrainedParts parts, Part part) {
    if (!part.plugin().equals(codec.plugin())) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "format dl4j writes %s '%s', found %s '%s'; export to another format, or train with %s = %s"
              .formatted(what, codec.plugin(), what, part.plugin(), what, codec.plugin()));
    }
    ComputationGraph graph = new ComputationGraph(codec.configuration(parts, part));
    graph.init();
    codec.fill(part.parameters(), new GraphWeights(graph));
    return graph;
  }

  private Path write(String name, ComputationGraph graph, Map<String, String> settings)
      throws IOException {
    Path file = path.resolve(name);
    Path unfinished = path.resolve(name + ".tmp");
    try (OutputStream out = Files.newOutputStream(unfinished);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      entry(zip, GraphFile.CONFIGURATION, graph.getConfiguration().toJson().getBytes(UTF_8));
      ByteArrayOutputStream weights = new ByteArrayOutputStream();
      try (DataOutputStream data = new DataOutputStream(weights)) {
        Nd4j.write(graph.params(), data);
      }
      entry(zip, GraphFile.COEFFICIENTS, weights.toByteArray());
      StringBuilder text = new StringBuilder();
      settings.forEach((key, value) -> text.append(key + " = " + value + "\n"));
      entry(zip, SETTINGS, text.toString().getBytes(UTF_8));
    }
    return Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  // ---- reading ----

  TrainedParts read() {
    NativeLibraries.require();
    List<Path> files =
        Files.isDirectory(path)
            ? List.of(path.resolve(GENERATOR), path.resolve(DISCRIMINATOR)).stream()
                .filter(Files::exists)
                .toList()
            : List.of(path);
    if (files.isEmpty()) {
      throw new UserException(
          UserException.Kind.DATA,
          "%s: expected %s or %s in this folder, found neither; name the zip itself"
              .formatted(path, GENERATOR, DISCRIMINATOR));
    }
    Optional<Decoded> generator = Optional.empty();
    Optional<Decoded> discriminator = Optional.empty();
    for (Path file : files) {
      Decoded decoded = decode(file);
      if (decoded.codec == OF_GENERATORS) {
        generator = Optional.of(decoded);
      } else {
        discriminator = Optional.of(decoded);
      }
    }
    return together(generator, discriminator);
  }

  /** What a zip holds. */
  private record Decoded(GraphCodec codec, GraphCodec.Decoded model, Map<String, String> settings) {
    Part part() {
      return new Part(codec.plugin(), model.options(), model.parameters());
    }
  }

  private TrainedParts together(Optional<Decoded> generator, Optional<Decoded> discriminator) {
    Decoded some = generator.or(() -> discriminator).orElseThrow();
    Decoded last = discriminator.orElse(some);
    if (some.model.vocabularySize() != last.model.vocabularySize()) {
      throw new UserException(
          UserException.Kind.DATA,
          "%s: expected a generator and a discriminator of one vocabulary, found %d and %d tokens; import them one by one"
              .formatted(path, some.model.vocabularySize(), last.model.vocabularySize()));
    }
    return new TrainedParts(
        generator.map(Decoded::part),
        discriminator.map(Decoded::part),
        some.model.vocabularySize(),
        OptionalInt.empty(),
        last.model.sequenceLength(),
        some.settings);
  }

  private static Decoded decode(Path file) {
    try {
      GraphFile graphFile = GraphFile.read(file);
      GraphCodec codec =
          List.of(OF_GENERATORS, OF_DISCRIMINATORS).stream()
              .filter(each -> each.knows(graphFile.configuration()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new WrongFileException(
                          "expected the layers of an exported generator 'lstm' or discriminator 'cnn', found %s; use the graph as it is by dl4j-graph"
                              .formatted(graphFile.configuration().getVertices().keySet())));
      ComputationGraph graph = new ComputationGraph(graphFile.configuration());
      graph.init();
      try {
        float[] weights =
            graphFile
                .parameters()
                .orElseThrow(
                    () ->
                        new WrongFileException(
                            "expected a graph with weights, found a configuration; save the graph by ModelSerializer"));
        graph.setParams(Nd4j.create(weights, graph.params().shape(), 'c'));
        return new Decoded(codec, codec.decode(graph), settings(file));
      } finally {
        graph.close();
      }
    } catch (WrongFileException e) {
      throw new UserException(UserException.Kind.DATA, file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UserException(
          UserException.Kind.DATA, "cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Map<String, String> settings(Path file) throws IOException, WrongFileException {
    Map<String, String> settings = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      GraphFile.text(zip, SETTINGS)
          .ifPresent(
              text ->
                  text.lines()
                      .filter(line -> line.contains(" = "))
                      .forEach(
                          line -> {
                            int split = line.indexOf(" = ");
                            settings.put(line.substring(0, split), line.substring(split + 3));
                          }));
    }
    return settings;
  }
}
