package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import java.util.List;
import org.seqgan.api.backend.Axis;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;

/** Rows of tables, joins and slices: {@code rows.cu}. */
final class Rows {
  private final Engine engine;

  Rows(Engine engine) {
    this.engine = engine;
  }

  /** {@code out[i] = table[ids[i]]}, of numbers of 32 bits of either kind. */
  void gather(Storage table, IntTensor ids, Storage out) {
    if (SmallWork.isSmall(out.size())) {
      engine.small().gather(table, ids, out);
      return;
    }
    engine
        .launchEach("gather_rows", out.size(), table, ids)
        .with(address(table))
        .with(table.dim(0))
        .with(ids.size() == 0 ? 0 : out.size() / ids.size())
        .with(address(ids))
        .with(address(out))
        .with(out.size())
        .with(Checked.GATHER_ROWS.code())
        .with(engine.session().faultAddress())
        .run();
  }

  void scatterAdd(Tensor rows, IntTensor ids, Tensor out) {
    engine
        .launchWarps("scatter_add_rows", ids.size(), rows, ids, out)
        .with(address(rows))
        .with(address(ids))
        .with(ids.size())
        .with(out.dim(1))
        .with(address(out))
        .with(out.dim(0))
        .with(Checked.SCATTER_ADD_ROWS.code())
        .with(engine.session().faultAddress())
        .run();
  }

  void concat(List<Tensor> parts, int axis, Tensor out) {
    Axis whole = Axis.of(out, axis);
    int from = 0;
    for (Tensor part : parts) {
      Axis along = Axis.of(part, axis);
      copyBlocks(part, 0, along.stride(), out, from, whole.stride(), along);
      from += along.stride();
    }
  }

  void slice(Tensor a, int axis, int from, Tensor out) {
    Axis whole = Axis.of(a, axis);
    Axis along = Axis.of(out, axis);
    copyBlocks(a, from * whole.inner(), whole.stride(), out, 0, along.stride(), along);
  }

  private void copyBlocks(
      Tensor from, int start, int stride, Tensor to, int toStart, int toStride, Axis moved) {
    int words = moved.outer() * moved.stride();
    if (moved.outer() == 1) {
      engine.session().copy(address(from) + 4L * start, address(to) + 4L * toStart, 4L * words);
      return;
    }
    engine
        .launchEach("copy_blocks", words, from, to)
        .with(address(from))
        .with(start)
        .with(stride)
        .with(address(to))
        .with(toStart)
        .with(toStride)
        .with(moved.stride())
        .with(words)
        .run();
  }

  void repeat(Tensor a, Tensor out) {
    engine
        .launchEach("repeat", out.size(), a, out)
        .with(address(a))
        .with(a.size())
        .with(address(out))
        .with(out.size())
        .run();
  }
}
