package org.seqgan.core;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.task.Notation;
import org.seqgan.core.portable.ModelFile;
import org.seqgan.core.portable.OpenModel;
import org.seqgan.core.portable.Provenance;

/**
 * A trained generator that is open, to be drawn from. Got from {@link SeqGan#open}; close it to
 * free its native memory.
 *
 * <p>Safe for several threads: of calls that compute, one runs at a time, and the others wait. What
 * a call gives depends on what it was asked alone. Whoever wants several at a time opens several.
 */
public final class SequenceModel implements AutoCloseable {
  private final Object turn = new Object();
  private final OpenModel model;
  private boolean closed;

  SequenceModel(OpenModel model) {
    this.model = model;
  }

  /**
   * Draws sequences.
   *
   * @throws org.seqgan.api.UserException if a prefix cannot be read, or there is no room for so
   *     many
   */
  public List<GeneratedSequence> sample(SampleRequest request) {
    Sequences drawn = draw(request);
    List<GeneratedSequence> sequences = new ArrayList<>(drawn.count());
    for (int i = 0; i < drawn.count(); i++) {
      int[] tokens = drawn.row(i);
      sequences.add(
          new GeneratedSequence(Arrays.stream(tokens).boxed().toList(), model.task().show(tokens)));
    }
    return sequences;
  }

  /**
   * Draws sequences, as tokens alone: for many of them, that is less memory.
   *
   * @return {@code [count, T]}
   * @throws org.seqgan.api.UserException as above
   */
  public Sequences draw(SampleRequest request) {
    Decoding decoding = request.decoding().orElse(model.decoding());
    Optional<int[]> beginning = request.prefix().map(text -> model.beginning("the prefix", text));
    synchronized (turn) {
      requireOpen();
      return beginning.isPresent()
          ? model.continueFrom(beginning.get(), request.count(), decoding, request.seed())
          : model.sample(request.count(), decoding, request.seed());
    }
  }

  /** Tokens as a person reads them, padding left out. */
  public String text(int[] tokens) {
    return model.task().show(tokens);
  }

  /**
   * The tokens of a text with which a sequence may begin; empty where the task reads no text.
   *
   * @throws org.seqgan.api.UserException if a part of it is no token of the vocabulary
   */
  public Optional<int[]> tokens(String text) {
    return model.task().read(text);
  }

  /** Tokens as files of other programs, such as {@code mid} to its contents; often none. */
  public Map<String, byte[]> files(int[] tokens) {
    return model.task().files(tokens);
  }

  /** How sequences are shown and read, all of it. */
  public Notation notation() {
    return model.task();
  }

  /** The ids of its tokens. */
  public Vocabulary vocabulary() {
    return model.task().data().vocabulary();
  }

  /** T, the most tokens of a sequence. */
  public int sequenceLength() {
    return model.task().data().sequenceLength();
  }

  /** How it is sampled where a request does not say. */
  public Decoding decoding() {
    return model.decoding();
  }

  /** The checkpoint that it is, such as {@code adversarial-12}. */
  public String checkpoint() {
    return model.checkpointName();
  }

  /** What is not as one would expect, in a line each; see {@link OpenModel#warnings}. */
  public List<String> warnings() {
    return model.warnings();
  }

  /** Where it comes from: data and their licence, configuration, plugins, scores. */
  public Provenance provenance() {
    synchronized (turn) {
      requireOpen();
      return model.provenance(SeqGan.version(), Optional.empty());
    }
  }

  /**
   * Writes it to one file, which {@link SeqGan#open} opens anywhere. The file appears whole or not
   * at all.
   *
   * @param file such as {@code haiku.seqgan}
   * @param replaces whether a file that is there may go
   * @throws org.seqgan.api.UserException if it cannot be written, or the task cannot do without its
   *     data
   */
  public void export(Path file, boolean replaces) {
    synchronized (turn) {
      requireOpen();
      Provenance provenance = model.provenance(SeqGan.version(), Optional.empty());
      ModelFile.write(file, model.portable(model.decoding(), provenance), replaces);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the model has been closed");
    }
  }

  /** Waits for the call that runs, and frees it; a second call does nothing. */
  @Override
  public void close() {
    synchronized (turn) {
      if (!closed) {
        closed = true;
        model.close();
      }
    }
  }
}
