package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import java.util.List;
import org.seqgan.api.backend.Forward;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.Embedding;

/**
 * {@code embedding}: its gradient is made row by row of the table, zeros included, in one launch.
 */
final class EmbeddingTable implements Fused.WithGradient<Embedding> {
  private final Engine engine;

  EmbeddingTable(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Forward run(TensorScope scope, Embedding embedding) {
    return embedding.compose(scope);
  }

  @Override
  public List<Tensor> gradients(
      TensorScope scope, Embedding embedding, Forward forward, Tensor dOutput) {
    Tensor table = embedding.table();
    Tensor dTable = scope.allocate(table.shape());
    engine
        .launchWarps("embedding_gradient", table.dim(0), dOutput, embedding.ids(), dTable)
        .with(address(dOutput))
        .with(address(embedding.ids()))
        .with(embedding.ids().size())
        .with(table.dim(1))
        .with(address(dTable))
        .with(table.dim(0))
        .run();
    return List.of(dTable);
  }
}
