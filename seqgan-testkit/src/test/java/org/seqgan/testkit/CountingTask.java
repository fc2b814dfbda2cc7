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
  private final Sequences training;
  private final Sequences validation;
  private final Sequences test;

  CountingTask(long seed) {
    oracle = new BigramGenerator(backend, VOCABULARY, TIME, AdamStep.Settings.of(0.05f, 5f), seed);
    training = sample(40, seed);
    validation = sample(20, seed + 1);
    test = sample(20, seed + 2);
  }

  private static Sequences sample(int count, long seed) {
    int[] tokens = new Numbers(seed).ids(count * TIME, VOCABULARY.size());
    return Sequences.ofSampled(tokens, TIME, VOCABULARY.endToken());
  }

  @Override
  public Vocabulary vocabulary() {
    return VOCABULARY;
  }

  @Override
  public int sequenceLength() {
    return TIME;
  }

  @Override
  public Sequences training() {
    return training;
  }

  @Override
  public Sequences validation() {
    return validation;
  }

  @Override
  public Sequences test() {
    return test;
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
  public List<String> metrics() {
    return List.of("nll-oracle");
  }

  @Override
  public List<String> provenance() {
    return List.of("80 sequences of random digits");
  }

  @Override
  public void close() {
    oracle.close();
    backend.close();
  }
}
