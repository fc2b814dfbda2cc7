package org.seqgan.tasks.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.UserException;
import org.seqgan.api.UserException.Kind;
import org.seqgan.api.data.ArraySize;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.plugin.About;
import org.seqgan.api.task.Corpus;
import org.seqgan.api.task.DataReader;
import org.seqgan.api.task.FileContents;
import org.seqgan.api.task.FileFormats;
import org.seqgan.api.task.Notation;
import org.seqgan.api.task.NotationState;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskContext;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.api.task.TaskSize;
import org.seqgan.tasks.DataChoice;
import org.seqgan.tasks.FileKind;
import org.seqgan.tasks.ParameterFiles;

/**
 * The task "oracle": learn the distribution of an LSTM with random parameters, which can also tell
 * how likely it finds what was learnt (Eq. 13, NLL_oracle).
 *
 * <p>The oracle depends on {@code oracle-seed} or {@code parameters} alone; the sequences drawn
 * from it depend on the run's seed too.
 */
public final class OracleTaskProvider implements TaskProvider<OracleOptions> {
  private static final String GENERATOR = "lstm";

  private static final Set<FileKind> KINDS =
      EnumSet.of(
          FileKind.PICKLE, FileKind.SAFETENSORS, FileKind.NPY, FileKind.NPZ, FileKind.PYTORCH);

  private static final int BUFFER_BYTES = 1 << 16;

  @Override
  public About<OracleOptions> about() {
    return new About<>(
        "oracle",
        "sequences of a random LSTM, whose true likelihood is known (Yu et al. 2017)",
        OracleOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public Optional<Corpus> corpus() {
    return Optional.of(ReleasedParameters.CORPUS);
  }

  @Override
  public Optional<TaskSize> size(OracleOptions options) {
    return Optional.of(
        new TaskSize(
            vocabulary(options),
            options.sequenceLength(),
            options.trainingSequences(),
            (long) options.trainingSequences()
                + options.validationSequences()
                + options.testSequences(),
            OracleLayout.GENERATOR.shapes(options.sizes()).values().stream()
                .mapToLong(OracleTaskProvider::product)
                .sum()));
  }

  private static long product(List<Integer> shape) {
    return ArraySize.times(shape.stream().mapToLong(Integer::longValue).toArray());
  }

  private static Vocabulary vocabulary(OracleOptions options) {
    return Vocabulary.fixedLength(options.vocabularySize(), options.startToken());
  }

  @Override
  public Task open(TaskContext context, OracleOptions options) {
    Optional<Path> given = options.parameters().map(file -> orFetched(file, context));
    NamedArrays parameters =
        given
            .map(file -> OracleParameters.read(file, options.sizes(), context::readSafetensors))
            .orElseGet(
                () ->
                    OracleParameters.fresh(
                        options.sizes(), options.deviation(), options.oracleSeed()));
    String origin = given.map(OracleTaskProvider::fileOrigin).orElseGet(() -> fresh(options));
    Vocabulary vocabulary = vocabulary(options);
    Generator oracle =
        context.generator(
            GENERATOR,
            Map.of("embedding-size", options.embeddingSize(), "hidden-size", options.hiddenSize()),
            vocabulary,
            options.sequenceLength(),
            parameters);
    return OracleTask.sample(
        oracle, vocabulary, options, origin, licence(options), context.stream());
  }

  private static Optional<String> licence(OracleOptions options) {
    if (options.parameters().isEmpty()) {
      return Optional.of("none needed: random numbers that the program has drawn");
    }
    return isCorpus(options.parameters().get())
        ? Optional.of(ReleasedParameters.CORPUS.licence())
        : Optional.empty();
  }

  @Override
  public Optional<Notation> notation(Vocabulary vocabulary, NotationState state) {
    return Optional.of(OracleNotation.of(vocabulary, state));
  }

  @Override
  public Optional<DataReader<OracleOptions>> reader(FileFormats formats, Path file) {
    return isParameters(file) ? Optional.of(options -> arrays(file, formats)) : Optional.empty();
  }

  /** By the name; without a usual one by the first bytes. */
  private static boolean isParameters(Path file) {
    return Files.isRegularFile(file)
        && (ParameterFiles.isNamedSo(file)
            || FileKind.of(file).filter(KINDS::contains).isPresent());
  }

  private static FileContents arrays(Path file, FileFormats formats) {
    return new FileContents.Arrays(
        OracleParameters.arrays(file, formats::readSafetensors).entrySet().stream()
            .map(
                array ->
                    new FileContents.ArrayShape(
                        array.getKey(), Arrays.stream(array.getValue().shape()).boxed().toList()))
            .toList());
  }

  /** The file of the corpus where the word stands for it ({@code ./corpus} for a file's name). */
  private static Path orFetched(Path file, TaskContext context) {
    return isCorpus(file)
        ? context.corpus(ReleasedParameters.CORPUS).resolve(ReleasedParameters.FILE)
        : file;
  }

  private static boolean isCorpus(Path file) {
    return file.toString().equals(DataChoice.CORPUS);
  }

  private static String fresh(OracleOptions options) {
    return "oracle: fresh LSTM, parameters from N(0, "
        + options.deviation()
        + "^2), oracle-seed "
        + options.oracleSeed();
  }

  private static String fileOrigin(Path file) {
    return "oracle: parameters of " + file.getFileName() + ", SHA-256 " + sha256(file);
  }

  private static String sha256(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER_BYTES];
      try (InputStream in = Files.newInputStream(file)) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          digest.update(buffer, 0, read);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UserException(Kind.DATA, file + " cannot be read: " + e.getMessage(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
