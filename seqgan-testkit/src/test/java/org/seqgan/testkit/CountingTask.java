package org.seqgan.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.task.Task;
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
    oracle = new BigramGenerator(backend, VOCABULARY, TIME, seed);
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
  public Optional<Generator> oracle() {
    return Optional.of(oracle);
  }

  @Override
  public String show(int[] tokens) {
    return Arrays.toString(tokens);
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
