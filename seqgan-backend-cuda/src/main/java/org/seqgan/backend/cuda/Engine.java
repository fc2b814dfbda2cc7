package org.seqgan.backend.cuda;

import java.util.function.LongConsumer;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.backend.cuda.driver.Launch;
import org.seqgan.backend.cuda.driver.Session;

/**
 * What operations work with: the device, and its memory.
 *
 * @param session the device
 * @param pool its memory
 * @param small work on few numbers, which waits for more of it
 * @param precision of a discriminator's matrix products
 */
record Engine(Session session, MemoryPool pool, SmallWork small, Precision precision) {
  /** Threads of a block, where nothing speaks for another number. */
  static final int BLOCK = 256;

  static final int WARP = 32;

  /** Shared memory that every device gives a block. */
  static final int SHARED_BYTES = 48 << 10;

  /**
   * Begins a launch of a kernel; the caller gives grid and block.
   *
   * @param shapes what it works on, for messages
   */
  Launch launch(String kernel, Storage... shapes) {
    return session.launch(kernel, (Object[]) shapes);
  }

  /** Begins a launch with a thread for each of n elements. */
  Launch launchEach(String kernel, int n, Storage... shapes) {
    return launch(kernel, shapes).grid(ceil(n, BLOCK)).block(BLOCK);
  }

  /** Begins a launch with a warp for each of n elements. */
  Launch launchWarps(String kernel, int n, Storage... shapes) {
    return launch(kernel, shapes).grid(ceil(n, BLOCK / WARP)).block(BLOCK);
  }

  /** Begins a launch with a block for each of n rows, as large as a row's length is worth. */
  Launch launchRows(String kernel, int n, int length, Storage... shapes) {
    return launch(kernel, shapes).grid(n).block(length <= 4 * WARP ? WARP : BLOCK);
  }

  /** Lends memory of so many words for what is launched inside. */
  void withScratch(long words, LongConsumer launches) {
    MemoryPool.Block block = pool.take(words);
    try {
      launches.accept(block.address());
    } finally {
      pool.giveBack(block);
    }
  }

  /** An argument of the type Draws. */
  static Launch with(Launch launch, RandomDraws draws) {
    launch
        .structure(3 * Long.BYTES)
        .putLong(draws.key())
        .putLong(draws.first())
        .putLong(draws.stride());
    return launch;
  }

  static int ceil(int a, int b) {
    return (int) ((a + (b - 1L)) / b);
  }
}
