package org.seqgan.core.tensorboard;

import java.io.IOException;
import java.time.InstantSource;
import org.seqgan.api.listener.RunListener;
import org.seqgan.api.listener.RunListenerContext;
import org.seqgan.api.listener.RunListenerProvider;
import org.seqgan.core.registry.BuiltInProvider;

/** Makes listeners that write event files for TensorBoard. */
public final class TensorBoardProvider extends BuiltInProvider<TensorBoardOptions>
    implements RunListenerProvider<TensorBoardOptions> {
  /** Called by the service loader. */
  public TensorBoardProvider() {
    super(
        "tensorboard",
        "event files in the run's folder tensorboard, for TensorBoard",
        TensorBoardOptions.class);
  }

  @Override
  public RunListener open(RunListenerContext context, TensorBoardOptions options)
      throws IOException {
    return new TensorBoardListener(context, options, InstantSource.system());
  }
}
