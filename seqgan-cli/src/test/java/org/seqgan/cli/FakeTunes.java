package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.plugin.About;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskContext;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.api.task.Tune;

/** A task of random tunes, as a plugin: a token is a semitone above middle C, 0 is a rest. */
public final class FakeTunes implements TaskProvider<FakeTunes.Options> {
  private static final int LENGTH = 8;

  /** None. */
  public record Options() {}

  /** A folder of plugins with this one in it. */
  static Path plugins(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(folder.resolve("tunes.jar")))) {
      jar.putNextEntry(new JarEntry("META-INF/services/" + TaskProvider.class.getName()));
      jar.write(FakeTunes.class.getName().getBytes(UTF_8));
    }
    return folder;
  }

  @Override
  public About<Options> about() {
    return new About<>("tunes", "random tunes", Options.class, ApiVersion.CURRENT);
  }

  @Override
  public Task open(TaskContext context, Options options) {
    return new Tunes(
        new TaskData(
            Vocabulary.fixedLength(13, 0),
            drawn(200, context),
            drawn(60, context),
            drawn(60, context),
            List.of("nll-gen"),
            List.of("drawn")));
  }

  private static Sequences drawn(int count, TaskContext context) {
    RandomStream stream = context.stream();
    int[] tokens = IntStream.range(0, count * LENGTH).map(i -> stream.nextInt(13)).toArray();
    return Sequences.ofFullLength(tokens, LENGTH);
  }

  private record Tunes(TaskData data) implements Task {
    @Override
    public String show(int[] tokens) {
      return Arrays.toString(tokens);
    }

    @Override
    public Optional<Tune> tune(int[] tokens) {
      List<Tune.Note> notes = new ArrayList<>();
      for (int i = 0; i < tokens.length; i++) {
        if (tokens[i] > 0) {
          notes.add(new Tune.Note(60 + tokens[i], 0.4 * i, 0.4));
        }
      }
      return Optional.of(new Tune(notes));
    }

    @Override
    public Map<String, byte[]> files(int[] tokens) {
      return Map.of("mid", new byte[] {0, (byte) tokens[0]}, "abc", show(tokens).getBytes(UTF_8));
    }
  }
}
