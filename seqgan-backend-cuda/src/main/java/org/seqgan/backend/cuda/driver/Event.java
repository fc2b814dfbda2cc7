package org.seqgan.backend.cuda.driver;

import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/** A place in the stream: everything that was asked for before it is done when it is. */
final class Event {
  private final Session session;
  private final CUevent event = new CUevent();

  Event(Session session) {
    this.session = session;
    CudaException.check(
        JCudaDriver.cuEventCreate(event, CUevent_flags.CU_EVENT_DISABLE_TIMING), "cuEventCreate");
  }

  /** Moves it to the end of the stream. */
  void record() {
    session.check(JCudaDriver.cuEventRecord(event, session.stream()), "cuEventRecord");
  }

  boolean isDone() {
    int code = JCudaDriver.cuEventQuery(event);
    if (code == CUresult.CUDA_ERROR_NOT_READY) {
      return false;
    }
    session.check(code, "cuEventQuery");
    return true;
  }

  void await() {
    session.check(JCudaDriver.cuEventSynchronize(event), "cuEventSynchronize");
  }

  void destroy() {
    JCudaDriver.cuEventDestroy(event);
  }
}
