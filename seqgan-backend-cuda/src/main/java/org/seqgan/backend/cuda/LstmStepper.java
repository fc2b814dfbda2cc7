package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.LstmStep;

/** {@code lstmStep}: look-up, product and gates in one launch ({@code lstm.cu}). */
final class LstmStepper implements Fused<LstmStep, Tensor> {
  private static final int ROWS = 8; // of a row of threads, as in the kernel
  private static final int MOST_UNITS = 128; // threads along the hidden units

  private final Engine engine;

  LstmStepper(Engine engine) {
    this.engine = engine;
  }

  /** Where the states of a block's sequences find room in its shared memory. */
  @Override
  public boolean fits(LstmStep step) {
    return sharedBytes(step.h().dim(1), 1) <= engine.session().device().sharedBytes();
  }

  @Override
  public Tensor run(TensorScope scope, LstmStep step) {
    Tensor h = step.h();
    int n = h.dim(0);
    int hidden = h.dim(1);
    int units = Math.min(MOST_UNITS, Engine.ceil(hidden, Engine.WARP) * Engine.WARP);
    int groups = MOST_UNITS / units;
    engine
        .launch("lstm_step", step.inputTable(), step.ids(), h)
        .grid(Engine.ceil(n, ROWS * groups))
        .block(units, groups)
        .shared(sharedBytes(hidden, groups))
        .with(address(step.inputTable()))
        .with(step.inputTable().dim(0))
        .with(address(step.ids()))
        .with(address(step.recurrentWeights()))
        .with(address(h))
        .with(address(step.c()))
        .with(n)
        .with(hidden)
        .with(Checked.LSTM_STEP.code())
        .with(engine.session().faultAddress())
        .run();
    return h;
  }

  private static int sharedBytes(int hidden, int groups) {
    return groups * ROWS * hidden * Float.BYTES;
  }
}
