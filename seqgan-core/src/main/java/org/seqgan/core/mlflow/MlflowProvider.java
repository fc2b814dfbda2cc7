package org.seqgan.core.mlflow;

import java.io.IOException;
import java.time.InstantSource;
import org.seqgan.api.listener.RunListener;
import org.seqgan.api.listener.RunListenerContext;
import org.seqgan.api.listener.RunListenerProvider;
import org.seqgan.core.registry.BuiltInProvider;

/** Makes listeners that tell an MLflow tracking server. */
public final class MlflowProvider extends BuiltInProvider<MlflowOptions>
    implements RunListenerProvider<MlflowOptions> {
  /** Called by the service loader. */
  public MlflowProvider() {
    super(
        "mlflow",
        "a run of an MLflow tracking server, over its REST interface",
        MlflowOptions.class);
  }

  @Override
  public RunListener open(RunListenerContext context, MlflowOptions options)
      throws IOException, InterruptedException {
    return MlflowListener.open(context, options, InstantSource.system());
  }
}
