package org.seqgan.api.reward;

import java.util.Optional;
import java.util.function.Function;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Tune;

/**
 * What a reward is made from.
 *
 * @param backend where models compute; it outlives the reward
 * @param vocabulary the task's token ids; the end token is among a sequence's tokens, where there
 *     is one
 * @param training the sequences that are learned from, {@code [count, T]}
 * @param text a sequence's tokens, without padding, as the task shows them: words, characters,
 *     notes; of sampled sequences as of roll-outs
 * @param tune the same as a tune, where the task's sequences are music
 * @param stream random numbers for what it sets up
 */
public record RewardContext(
    TensorBackend backend,
    Vocabulary vocabulary,
    Sequences training,
    Function<int[], String> text,
    Function<int[], Optional<Tune>> tune,
    RandomStream stream) {
  /** T, the largest number of tokens of a sequence. */
  public int sequenceLength() {
    return training.time();
  }
}
