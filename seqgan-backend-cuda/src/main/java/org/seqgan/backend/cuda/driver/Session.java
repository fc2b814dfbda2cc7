package org.seqgan.backend.cuda.driver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jcuda.driver.CUcontext;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;
import org.jspecify.annotations.Nullable;

/**
 * One device at work: its context, one stream and the kernels. Whatever is asked for is put into
 * the stream and happens there in order; only {@link #allocate}, {@link #free}, {@link
 * #synchronize} and what says that it waits make the host wait.
 *
 * <p>Every return code of the driver is checked. An error of a kernel comes out of a later call;
 * its message names the kernel that was launched last.
 *
 * <p>One thread at a time, any thread.
 */
public final class Session implements AutoCloseable {
  private final DeviceInfo device;
  private final CUcontext context = new CUcontext();
  private final CUmodule module = new CUmodule();
  private final CUstream stream = new CUstream();
  private final Map<String, Kernel> kernels = new HashMap<>();
  private final Counters counters = new Counters();
  private final List<Runnable> releases = new ArrayList<>();
  private final List<Launch> launches = new ArrayList<>();
  private final Uploads uploads;
  private final Downloads downloads;
  private @Nullable Thread current;
  private @Nullable Runnable postponed;
  private int depth;
  private boolean closed;

  Session(DeviceInfo device, KernelImage image) {
    this.device = device;
    try {
      CudaException.check(
          JCudaDriver.cuDevicePrimaryCtxRetain(context, CudaDriver.handle(device.ordinal())),
          "cuDevicePrimaryCtxRetain");
      onClose(() -> JCudaDriver.cuDevicePrimaryCtxRelease(CudaDriver.handle(device.ordinal())));
      enter();
      CudaException.check(
          JCudaDriver.cuModuleLoadData(module, image.bytes()),
          "cuModuleLoadData of " + image.description());
      onClose(() -> JCudaDriver.cuModuleUnload(module));
      CudaException.check(
          JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING),
          "cuStreamCreate");
      onClose(() -> JCudaDriver.cuStreamDestroy(stream));
      launches.add(new Launch(this, pinned(Launch.ARENA_BYTES)));
      this.uploads = new Uploads(this);
      this.downloads = new Downloads(this);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What it runs on. */
  public DeviceInfo device() {
    return device;
  }

  /** What was asked of the driver so far. */
  public Counters counters() {
    return counters;
  }

  // ---- kernels ----

  /**
   * Begins a launch of a kernel.
   *
   * @param shapes what it works on, for messages
   */
  public Launch launch(String kernel, Object... shapes) {
    enter();
    return launches.get(depth).begin(kernels.computeIfAbsent(kernel, this::find), shapes);
  }

  /**
   * Has work asked for while the arguments of a launch are being collected, which comes before that
   * launch.
   */
  public void aside(Runnable work) {
    depth++;
    try {
      if (launches.size() == depth) {
        launches.add(new Launch(this, pinned(Launch.ARENA_BYTES)));
      }
      work.run();
    } finally {
      depth--;
    }
  }

  private Kernel find(String name) {
    CUfunction function = new CUfunction();
    CudaException.check(
        JCudaDriver.cuModuleGetFunction(function, module, name), "cuModuleGetFunction of " + name);
    return new Kernel(name, function);
  }

  // ---- memory ----

  /**
   * Device memory, aligned to 256 bytes.
   *
   * @throws CudaException if there is not so much; see {@link CudaException#isOutOfMemory}
   */
  public long allocate(long bytes) {
    enter();
    Address address = new Address();
    CudaException.check(JCudaDriver.cuMemAlloc(address, bytes), "cuMemAlloc");
    counters.allocations++;
    return address.value();
  }

  /** Gives device memory back; waits for the device. */
  public void free(long address) {
    enter();
    check(JCudaDriver.cuMemFree(new Address(address)), "cuMemFree");
  }

  /**
   * The memory of the device.
   *
   * @param freeBytes that nobody holds
   * @param totalBytes all of it
   */
  public record MemoryInfo(long freeBytes, long totalBytes) {}

  /** How much memory the device has left, for all who use it. */
  public MemoryInfo memoryInfo() {
    enter();
    long[] free = {0};
    long[] total = {0};
    check(JCudaDriver.cuMemGetInfo(free, total), "cuMemGetInfo");
    return new MemoryInfo(free[0], total[0]);
  }

  /** Copies within the device; the areas must not overlap. */
  public void copy(long from, long to, long bytes) {
    if (bytes > 0) {
      enter();
      counters.copies++;
      check(
          JCudaDriver.cuMemcpyDtoDAsync(new Address(to), new Address(from), bytes, stream),
          "cuMemcpyDtoDAsync");
    }
  }

  /** Sets words of 32 bits. */
  public void fill(long to, int word, long count) {
    if (count > 0) {
      enter();
      counters.copies++;
      check(JCudaDriver.cuMemsetD32Async(new Address(to), word, count, stream), "cuMemsetD32Async");
    }
  }

  /** Copies numbers to the device. The array may be changed at once. */
  public void upload(float[] values, long to) {
    enter();
    uploads.copy(values, to);
  }

  /** Copies numbers to the device. The array may be changed at once. */
  public void upload(int[] values, long to) {
    enter();
    uploads.copy(values, to);
  }

  /**
   * Starts to copy numbers to the host, as they are now.
   *
   * @param words how many numbers of 32 bits
   */
  public Download download(long from, int words) {
    enter();
    return downloads.start(from, words);
  }

  // ---- what a kernel found wrong ----

  /** Four words that a kernel writes an error to; see {@link Download#fault}. */
  public long faultAddress() {
    return downloads.faultAddress();
  }

  /** Forgets what kernels found wrong so far. */
  void clearFault() {
    fill(faultAddress(), 0, Downloads.FAULT_WORDS);
  }

  // ---- order ----

  /** Waits until all that was asked for is done. */
  public void synchronize() {
    enter();
    counters.waits++;
    check(JCudaDriver.cuStreamSynchronize(stream), "cuStreamSynchronize");
  }

  /**
   * Has work asked for just before whatever is asked for next, so that more of the same may come
   * together with it. There is one such piece of work at a time.
   */
  public void postpone(Runnable work) {
    enter();
    postponed = work;
  }

  /** Has postponed work asked for now. */
  public void settle() {
    enter();
  }

  CUstream stream() {
    return stream;
  }

  /**
   * Stands before everything that is asked for. A context belongs to a thread; the session may come
   * to another one between two calls.
   */
  void enter() {
    if (closed) {
      throw new IllegalStateException("cuda: the backend is closed");
    }
    Thread thread = Thread.currentThread();
    if (thread != current) {
      CudaException.check(JCudaDriver.cuCtxSetCurrent(context), "cuCtxSetCurrent");
      current = thread;
    }
    Runnable due = postponed;
    if (due != null) {
      postponed = null;
      due.run();
    }
  }

  /** Requires that a call succeeded which may report an error of an earlier kernel. */
  void check(int code, String call) {
    if (code != CUresult.CUDA_SUCCESS) {
      throw new CudaException(
          call, code, "the last kernel before it was " + launches.get(depth).describe());
    }
  }

  // ---- end ----

  PinnedMemory pinned(int bytes) {
    counters.allocations++;
    PinnedMemory memory = new PinnedMemory(bytes);
    onClose(memory::free);
    return memory;
  }

  Event event() {
    Event event = new Event(this);
    onClose(event::destroy);
    return event;
  }

  /** What is undone at the end, the last first. */
  void onClose(Runnable release) {
    releases.add(release);
  }

  /**
   * Waits for what was asked for, and gives everything back but device memory, which is the
   * caller's to free. Errors are not reported: they would hide the one that led here.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    JCudaDriver.cuCtxSetCurrent(context);
    JCudaDriver.cuStreamSynchronize(stream);
    for (int i = releases.size() - 1; i >= 0; i--) {
      releases.get(i).run();
    }
  }
}
