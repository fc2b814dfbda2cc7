package org.seqgan.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.operation.AdamStep;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.task.Tune;
import org.seqgan.testkit.operation.Numbers;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

/** Random digits, each sequence ended by a token of its own; the oracle knows nothing of them. */
final class CountingTask implements Task {
  private static final Vocabulary VOCABULARY = new Vocabulary(11, 0, OptionalInt.of(10));
  private static final int TIME = 5;

  private final ReferenceBackend backend = new ReferenceBackend(ReferenceOptions.defaults());
  private final Generator oracle;
  private final TaskData data;

  CountingTask(long seed) {
    oracle = new BigramGenerator(backend, VOCABULARY, TIME, AdamStep.Settings.of(0.05f, 5f), seed);
    data =
        new TaskData(
            VOCABULARY,
            sample(40, seed),
            sample(20, seed + 1),
            sample(20, seed + 2),
            List.of("nll-oracle"),
            List.of("80 sequences of random digits"));
  }

  private static Sequences sample(int count, long seed) {
    int[] tokens = new Numbers(seed).ids(count * TIME, VOCABULARY.size());
    return Sequences.ofSampled(tokens, TIME, VOCABULARY.endToken());
  }

  @Override
  public TaskData data() {
    return data;
  }

  @Override
  public Optional<Policy> oracle() {
    return Optional.of(oracle);
  }

  @Override
  public String show(int[] tokens) {
    return Arrays.toString(tokens);
  }

  /** A digit is a note of a tenth of a second. */
  @Override
  public Optional<Tune> tune(int[] tokens) {
    List<Tune.Note> notes = new ArrayList<>();
    for (int t = 0; t < tokens.length; t++) {
      notes.add(new Tune.Note(60 + tokens[t], t / 10.0, 0.1));
    }
    return Optional.of(new Tune(notes));
  }

  @Override
  public Map<String, byte[]> files(int[] tokens) {
    return Map.of("txt", show(tokens).getBytes(US_ASCII));
  }

  @Override
  public void close() {
    oracle.close();
    backend.close();
  }
}
