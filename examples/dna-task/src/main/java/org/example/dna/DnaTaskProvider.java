package org.example.dna;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.seqgan.api.plugin.About;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.task.Notation;
import org.seqgan.api.task.NotationState;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskContext;
import org.seqgan.api.task.TaskProvider;

/** Opens the task "dna". Named in {@code META-INF/services/org.seqgan.api.task.TaskProvider}. */
public final class DnaTaskProvider implements TaskProvider<DnaOptions> {
  private static final String SAMPLE = "sample.fasta";

  @Override
  public About<DnaOptions> about() {
    return new About<>("dna", "DNA from a FASTA file (an example of a plugin)", DnaOptions.class, ApiVersion.CURRENT);
  }

  @Override
  public Task open(TaskContext context, DnaOptions options) {
    return options
        .file()
        .map(file -> DnaTask.of(read(file), "records of " + file, options, context.stream()))
        .orElseGet(
            () ->
                DnaTask.of(
                    sample(),
                    "records of the sample built into the plugin, made up, of no organism",
                    options,
                    context.stream()));
  }

  /** Shows the sequences of a model that travels without its data. */
  @Override
  public Optional<Notation> notation(Vocabulary vocabulary, NotationState state) {
    if (!state.equals(DnaTask.state(vocabulary))) {
      throw new UserException(UserException.Kind.DATA, "the tokens are not those of DNA");
    }
    return Optional.of(DnaTask::text);
  }

  private static Fasta read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          UserException.Kind.DATA, "expected a FASTA file, found no file " + file);
    }
    // Every byte is a letter in this encoding, so that a wrong one is found and named.
    try (BufferedReader text = Files.newBufferedReader(file, ISO_8859_1)) {
      return Fasta.read(text, file.toString());
    } catch (IOException e) {
      throw new UserException(
          UserException.Kind.DATA, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Fasta sample() {
    try (InputStream in = DnaTaskProvider.class.getResourceAsStream(SAMPLE)) {
      if (in == null) {
        throw new IllegalStateException(SAMPLE + " is not in the plugin's jar");
      }
      return Fasta.read(new BufferedReader(new InputStreamReader(in, ISO_8859_1)), SAMPLE);
    } catch (IOException e) {
      throw new IllegalStateException("the plugin's jar cannot be read", e);
    }
  }
}
