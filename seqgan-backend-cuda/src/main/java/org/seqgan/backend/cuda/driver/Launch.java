package org.seqgan.backend.cuda.driver;

import static java.util.stream.Collectors.joining;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import jcuda.Pointer;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import org.jspecify.annotations.Nullable;

/**
 * One launch after another: grid, arguments in the kernel's order, {@link #run}. There is one for a
 * session, which is used again and again.
 *
 * <p>The driver wants an array of addresses, one for each argument. JCuda builds it of objects,
 * which costs ten times what the driver itself does; so array and arguments are written here, into
 * memory whose address is known, and the driver copies them while it is called.
 */
public final class Launch {
  private static final int MOST_ARGUMENTS = 64;
  private static final int VALUES = MOST_ARGUMENTS * Long.BYTES;

  /** A kernel's arguments have at most 4 KiB. */
  static final int ARENA_BYTES = VALUES + (4 << 10);

  private final Session session;
  private final ByteBuffer arena;
  private final long arenaAddress;
  private final Pointer addresses;
  private @Nullable Kernel kernel;
  private Object[] shapes = {};
  private int arguments;
  private int end;
  private int gridX;
  private int gridY;
  private int gridZ;
  private int blockX;
  private int blockY;
  private int sharedBytes;

  Launch(Session session, PinnedMemory arena) {
    this.session = session;
    this.arena = arena.bytes();
    this.arenaAddress = arena.address();
    this.addresses = arena.pointer(0);
  }

  Launch begin(Kernel started, Object... on) {
    kernel = started;
    shapes = on;
    arguments = 0;
    end = VALUES;
    sharedBytes = 0;
    return this;
  }

  /** How many blocks, in one row. */
  public Launch grid(int x) {
    return grid(x, 1, 1);
  }

  /** How many blocks, along three axes. */
  public Launch grid(int x, int y, int z) {
    gridX = x;
    gridY = y;
    gridZ = z;
    return this;
  }

  /** How many threads of a block, along two axes. */
  public Launch block(int x, int y) {
    blockX = x;
    blockY = y;
    return this;
  }

  /** How many threads of a block. */
  public Launch block(int x) {
    return block(x, 1);
  }

  /** Shared memory of a block, beside what the kernel declares. */
  public Launch shared(int bytes) {
    sharedBytes = bytes;
    return this;
  }

  /** An argument of 64 bits: a device address, or a number. */
  public Launch with(long value) {
    arena.putLong(place(Long.BYTES), value);
    return this;
  }

  /** An argument of type int. */
  public Launch with(int value) {
    arena.putInt(place(Integer.BYTES), value);
    return this;
  }

  /** An argument of type float. */
  public Launch with(float value) {
    arena.putFloat(place(Float.BYTES), value);
    return this;
  }

  /** An argument that is a structure, to be filled by the caller before {@link #run}. */
  public ByteBuffer structure(int bytes) {
    return arena.slice(place(bytes), bytes).order(arena.order());
  }

  /** Room for the next argument, aligned to eight bytes. */
  private int place(int bytes) {
    int place = end;
    end += (bytes + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    arena.putLong(arguments++ * Long.BYTES, arenaAddress + place);
    return place;
  }

  /** Puts it into the stream. Does nothing where the grid has no block. */
  public void run() {
    Kernel launched = kernel;
    if (launched == null || gridX == 0 || gridY == 0 || gridZ == 0) {
      return;
    }
    launched.allowShared(sharedBytes);
    session.counters().launches++;
    int code =
        JCudaDriver.cuLaunchKernel(
            launched.function(),
            gridX,
            gridY,
            gridZ,
            blockX,
            blockY,
            1,
            sharedBytes,
            session.stream(),
            addresses,
            null);
    if (code != CUresult.CUDA_SUCCESS) {
      throw new CudaException("cuLaunchKernel", code, describe());
    }
  }

  /** The kernel with its shapes and grid. */
  String describe() {
    return kernel == null
        ? "none"
        : "%s of %s, %d x %d x %d blocks of %d x %d threads, %d bytes of shared memory"
            .formatted(
                kernel.name(),
                Stream.of(shapes).map(String::valueOf).collect(joining(", ")),
                gridX,
                gridY,
                gridZ,
                blockX,
                blockY,
                sharedBytes);
  }
}
