package org.seqgan.core.model;

import org.seqgan.api.data.ArraySize;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.plugin.Option;

/**
 * Options of generator {@code relational-memory}; the defaults are those of RelGAN's released code.
 */
public record RelationalMemoryOptions(
    @Option(description = "width of the token embedding", defaultValue = "32", min = 1, max = 65536)
        int embeddingSize,
    @Option(description = "slots of the memory", defaultValue = "1", min = 1, max = 65536)
        int memorySlots,
    @Option(
            description = "heads of attention over the slots",
            defaultValue = "2",
            min = 1,
            max = 65536)
        int heads,
    @Option(
            description = "numbers of each head in a slot, which has heads times as many",
            defaultValue = "256",
            min = 1,
            max = 65536)
        int headSize) {
  /** Checks that the weights that grow fastest, and the memory, are what one array may have. */
  public RelationalMemoryOptions {
    long slot = ArraySize.times(heads, headSize);
    if (ArraySize.times(3, slot, slot) > ParameterSpec.MOST_NUMBERS
        || ArraySize.times(memorySlots + 1L, 3, slot) > ParameterSpec.MOST_NUMBERS) {
      throw new IllegalArgumentException(
          "memory-slots %,d, heads %,d and head-size %,d make slots of %,d numbers, expected at most %,d numbers in a slot and %,d in all"
              .formatted(
                  memorySlots,
                  heads,
                  headSize,
                  slot,
                  (long) Math.sqrt(ParameterSpec.MOST_NUMBERS / 3.0),
                  ParameterSpec.MOST_NUMBERS / 3));
    }
  }
}
