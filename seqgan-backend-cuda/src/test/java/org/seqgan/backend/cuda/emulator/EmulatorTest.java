package org.seqgan.backend.cuda.emulator;

import static jcuda.driver.JCudaDriver.cuCtxSynchronize;
import static jcuda.driver.JCudaDriver.cuDeviceGet;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRelease;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRetain;
import static jcuda.driver.JCudaDriver.cuEventCreate;
import static jcuda.driver.JCudaDriver.cuEventQuery;
import static jcuda.driver.JCudaDriver.cuEventRecord;
import static jcuda.driver.JCudaDriver.cuFuncSetAttribute;
import static jcuda.driver.JCudaDriver.cuGraphInstantiate;
import static jcuda.driver.JCudaDriver.cuGraphLaunch;
import static jcuda.driver.JCudaDriver.cuLaunchKernel;
import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.driver.JCudaDriver.cuMemHostAlloc;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoH;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoHAsync;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoD;
import static jcuda.driver.JCudaDriver.cuModuleGetFunction;
import static jcuda.driver.JCudaDriver.cuModuleLoadData;
import static jcuda.driver.JCudaDriver.cuStreamBeginCapture;
import static jcuda.driver.JCudaDriver.cuStreamCreate;
import static jcuda.driver.JCudaDriver.cuStreamEndCapture;
import static jcuda.driver.JCudaDriver.cuStreamGetPriority;
import static jcuda.driver.JCudaDriver.cuStreamSynchronize;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUfunction;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seqgan.backend.cuda.driver.CudaDriver;
import org.seqgan.backend.cuda.emulator.EmulatedDriver.Counter;
import org.seqgan.backend.cuda.emulator.EmulatedDriver.Setting;

/** The emulated driver does what a driver does: limits, order, capture, refusals. */
final class EmulatorTest {
  private static final int CAPTURE_GLOBAL = 0;
  private static final byte[] IMAGE = ptx("7.0", 75);

  private final CUdevice device = new CUdevice();
  private final CUstream stream = new CUstream();
  private final CUmodule module = new CUmodule();
  private final CUdeviceptr memory = new CUdeviceptr();

  @BeforeAll
  static void load() throws Exception {
    EmulatedDriver.load();
    CudaDriver.load();
  }

  @BeforeEach
  void open() {
    ok(cuDeviceGet(device, 0));
    CUcontext context = new CUcontext();
    ok(cuDevicePrimaryCtxRetain(context, device));
    ok(JCudaDriver.cuCtxSetCurrent(context));
    ok(cuStreamCreate(stream, 0));
    ok(cuModuleLoadData(module, IMAGE));
    ok(cuMemAlloc(memory, Integer.BYTES));
    ok(cuMemcpyHtoD(memory, Pointer.to(new int[] {0}), Integer.BYTES));
  }

  @AfterEach
  void close() {
    EmulatedDriver.recover();
    ok(cuDevicePrimaryCtxRelease(device));
  }

  private static void ok(int code) {
    assertThat(CUresult.stringFor(code)).isEqualTo("CUDA_SUCCESS");
  }

  private static byte[] ptx(String version, int capability) {
    return (".version " + version + "\n.target sm_" + capability + "\n\0")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private CUfunction function(String name) {
    CUfunction function = new CUfunction();
    ok(cuModuleGetFunction(function, module, name));
    return function;
  }

  /** Adds 1 to the number in memory for each thread of the grid. */
  private int count(int gridX, int gridY, int blockX, int blockY, int shared) {
    Pointer arguments =
        Pointer.to(Pointer.to(memory), Pointer.to(memory), Pointer.to(new int[] {0}));
    return cuLaunchKernel(
        function("whole_number_update"),
        gridX,
        gridY,
        1,
        blockX,
        blockY,
        1,
        shared,
        stream,
        arguments,
        null);
  }

  private int counted() {
    int[] number = {0};
    ok(cuMemcpyDtoH(Pointer.to(number), memory, Integer.BYTES));
    return number[0];
  }

  // ---- limits ----

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1024, 1, 0, 0",
    "1, 1, 1025, 1, 0, 1",
    "1, 1, 64, 17, 0, 1",
    "0, 1, 32, 1, 0, 1",
    "1, 65536, 1, 1, 0, 1",
    "1, 1, 1, 1, 49152, 0",
    "1, 1, 1, 1, 49153, 1"
  })
  void launchesHaveTheLimitsOfADevice(
      int gridX, int gridY, int blockX, int blockY, int shared, int code) {
    assertThat(count(gridX, gridY, blockX, blockY, shared)).isEqualTo(code);
    assertThat(counted()).isEqualTo(code == 0 ? gridX * gridY * blockX * blockY : 0);
  }

  @Test
  void aBlockMayAskForMoreSharedMemoryUpToTheDevices() {
    CUfunction function = function("shared_overrun");
    int attribute = CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES;
    assertThat(cuFuncSetAttribute(function, attribute, 227 << 10)).isZero();
    assertThat(cuFuncSetAttribute(function, attribute, (227 << 10) + 1)).isOne();
    EmulatedDriver.with(
        Setting.CAPABILITY,
        75,
        () -> assertThat(cuFuncSetAttribute(function, attribute, (64 << 10) + 1)).isOne());
  }

  @Test
  void launchBoundsAreKept() {
    CUfunction bounded = function("bounded");
    for (int threads : new int[] {64, 65}) {
      assertThat(
              cuLaunchKernel(
                  bounded, 1, 1, 1, threads, 1, 1, 0, stream, Pointer.to(Pointer.to(memory)), null))
          .isEqualTo(threads == 64 ? CUresult.CUDA_SUCCESS : CUresult.CUDA_ERROR_INVALID_VALUE);
    }
  }

  @Test
  void memoryEnds() {
    CUdeviceptr large = new CUdeviceptr();
    EmulatedDriver.with(
        Setting.MEMORY_MIB,
        8,
        () -> {
          assertThat(cuMemAlloc(large, 9 << 20)).isEqualTo(CUresult.CUDA_ERROR_OUT_OF_MEMORY);
          ok(cuMemAlloc(large, 7 << 20));
          assertThat(cuMemAlloc(new CUdeviceptr(), 2 << 20))
              .isEqualTo(CUresult.CUDA_ERROR_OUT_OF_MEMORY);
          ok(cuMemFree(large));
          ok(cuMemAlloc(large, 7 << 20));
        });
  }

  @Test
  void hostMemoryIsNotTheDevices() {
    int[] number = {0};
    assertThat(cuMemcpyDtoH(Pointer.to(number), memory, 2 * Integer.BYTES))
        .isEqualTo(CUresult.CUDA_ERROR_INVALID_VALUE);
  }

  // ---- modules ----

  @ParameterizedTest
  @CsvSource({
    "7.0, 75, 75, 11000, 0",
    "7.1, 75, 75, 11000, 222",
    "7.1, 75, 75, 11010, 0",
    "9.0, 75, 90, 12080, 222",
    "9.0, 75, 90, 13000, 0",
    "7.0, 80, 75, 13000, 209"
  })
  void modulesNeedADriverAndADevice(
      String version, int target, int capability, int driver, int code) {
    EmulatedDriver.with(
        Setting.DRIVER,
        driver,
        () ->
            EmulatedDriver.with(
                Setting.CAPABILITY,
                capability,
                () ->
                    assertThat(cuModuleLoadData(new CUmodule(), ptx(version, target)))
                        .isEqualTo(code)));
  }

  @Test
  void anUnknownKernelIsNotFound() {
    assertThat(cuModuleGetFunction(new CUfunction(), module, "no_such_kernel"))
        .isEqualTo(CUresult.CUDA_ERROR_NOT_FOUND);
  }

  @Test
  void whatIsNotWrittenIsNotSupported() {
    assertThat(cuStreamGetPriority(stream, new int[1]))
        .isEqualTo(CUresult.CUDA_ERROR_NOT_SUPPORTED);
  }

  // ---- order ----

  /** A lazy stream shows who looks before it has waited. */
  @Test
  void aLazyStreamWorksWhenSomebodyWaits() {
    EmulatedDriver.with(
        Setting.LAZY,
        1,
        () -> {
          Pointer pinned = new Pointer();
          ok(cuMemHostAlloc(pinned, Integer.BYTES, 0));
          ByteBuffer number = pinned.getByteBuffer(0, Integer.BYTES).order(ByteOrder.nativeOrder());
          number.putInt(0, -1);
          ok(count(1, 1, 32, 1, 0));
          ok(cuMemcpyDtoHAsync(pinned, memory, Integer.BYTES, stream));
          CUevent event = new CUevent();
          ok(cuEventCreate(event, 0));
          ok(cuEventRecord(event, stream));
          assertThat(number.getInt(0)).isEqualTo(-1);
          assertThat(cuEventQuery(event)).isEqualTo(CUresult.CUDA_ERROR_NOT_READY);
          ok(cuStreamSynchronize(stream));
          assertThat(number.getInt(0)).isEqualTo(32);
          ok(cuEventQuery(event));
        });
  }

  @Test
  void callsAreCounted() {
    assertThat(
            EmulatedDriver.counts(
                () -> {
                  ok(count(2, 1, 32, 1, 0));
                  ok(cuStreamSynchronize(stream));
                  counted();
                }))
        .isEqualTo(Map.of(Counter.LAUNCHES, 1L, Counter.WAITS, 2L, Counter.DEVICE_TO_HOST, 1L));
  }

  // ---- capture ----

  @Test
  void aGraphIsReplayed() {
    ok(cuStreamBeginCapture(stream, CAPTURE_GLOBAL));
    ok(count(1, 1, 8, 1, 0));
    ok(count(1, 1, 2, 1, 0));
    CUgraph graph = new CUgraph();
    ok(cuStreamEndCapture(stream, graph));
    CUgraphExec executable = new CUgraphExec();
    ok(cuGraphInstantiate(executable, graph, 0L));
    assertThat(counted()).as("captured, not run").isZero();
    for (int i = 0; i < 3; i++) {
      ok(cuGraphLaunch(executable, stream));
    }
    assertThat(counted()).isEqualTo(30);
  }

  @Test
  void duringACaptureNobodyWaitsOrAllocates() {
    int unsupported = CUresult.CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
    ok(cuStreamBeginCapture(stream, CAPTURE_GLOBAL));
    assertThat(cuMemAlloc(new CUdeviceptr(), 4)).isEqualTo(unsupported);
    assertThat(cuMemFree(memory)).isEqualTo(unsupported);
    assertThat(cuStreamSynchronize(stream)).isEqualTo(unsupported);
    assertThat(cuCtxSynchronize()).isEqualTo(unsupported);
    assertThat(cuMemcpyDtoH(Pointer.to(new int[1]), memory, 4)).isEqualTo(unsupported);
    assertThat(cuStreamEndCapture(stream, new CUgraph()))
        .isEqualTo(CUresult.CUDA_ERROR_STREAM_CAPTURE_INVALIDATED);
    assertThat(cuMemcpyDtoH(Pointer.to(new int[1]), memory, 4)).isZero();
  }

  // ---- errors ----

  @Test
  void afterAKernelFailedEveryCallDoes() {
    EmulatedDriver.with(
        Setting.QUIET,
        1,
        () -> {
          int code =
              cuLaunchKernel(
                  function("divergent_barrier"),
                  1,
                  1,
                  1,
                  64,
                  1,
                  1,
                  0,
                  stream,
                  Pointer.to(Pointer.to(memory), Pointer.to(memory), Pointer.to(new int[] {0})),
                  null);
          ok(code); // nobody came to the barrier
          cuLaunchKernel(
              function("exited_lane"),
              1,
              1,
              1,
              32,
              1,
              1,
              0,
              stream,
              Pointer.to(Pointer.to(memory), Pointer.to(memory), Pointer.to(new int[] {0})),
              null);
          assertThat(cuStreamSynchronize(stream)).isEqualTo(CUresult.CUDA_ERROR_LAUNCH_FAILED);
          assertThat(cuMemAlloc(new CUdeviceptr(), 4)).isEqualTo(CUresult.CUDA_ERROR_LAUNCH_FAILED);
          assertThat(EmulatedDriver.failure()).contains("exited_lane (planted.cu)");
          EmulatedDriver.recover();
          ok(cuStreamSynchronize(stream));
        });
  }

  @Test
  void aThreadNeedsAContext() throws InterruptedException {
    int[] code = {0};
    Thread other = new Thread(() -> code[0] = cuMemAlloc(new CUdeviceptr(), 4));
    other.start();
    other.join();
    assertThat(code[0]).isEqualTo(CUresult.CUDA_ERROR_INVALID_CONTEXT);
  }
}
