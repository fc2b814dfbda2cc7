package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.operation.ConvMaxPool.Filters;
import org.seqgan.backend.cuda.driver.Launch;

/**
 * The filters of all widths as the kernels of {@code conv.cu} take them: one argument that tells
 * every block which filters it has to do with.
 */
final class FilterBank {
  /** Threads of a block, and filters of a tile; as in the kernels. */
  static final int THREADS = 64;

  private static final int MOST_WIDTHS = 48; // as in the kernels
  private static final int FILTERS_BYTES = 48;
  private static final int WINDOWS = 8; // as in the kernel

  /** Windows of a tile on tensor cores, and threads of its block; as in the kernel. */
  private static final int ROWS_OF_A_TILE = 64;

  private static final int THREADS_OF_A_TILE = 256;

  private final List<Filters> filters;
  private final int features;

  FilterBank(List<Filters> filters, int features) {
    this.filters = filters;
    this.features = features;
  }

  List<Filters> filters() {
    return filters;
  }

  int columns() {
    return sum(each -> each.bias().size());
  }

  /** The weights of all filters. */
  int weights() {
    return sum(each -> each.weights().size());
  }

  /** Whether the bank fits an argument, and the steps under some windows a block's memory. */
  boolean fits() {
    return filters.size() <= MOST_WIDTHS && sharedBytes() <= Engine.SHARED_BYTES;
  }

  private long sharedBytes() {
    int widest = filters.stream().mapToInt(Filters::width).max().orElse(0);
    return 16L * Engine.ceil(features, 4) * (WINDOWS + widest - 1);
  }

  /** Adds the bank to the arguments of a launch. */
  Launch addTo(Launch launch) {
    return addTo(launch, List.of());
  }

  /**
   * Adds the bank to the arguments of a launch.
   *
   * @param gradients where the derivatives by weights and bias of each go; empty for none
   */
  Launch addTo(Launch launch, List<Tensor> gradients) {
    ByteBuffer bank = launch.structure(MOST_WIDTHS * FILTERS_BYTES + 2 * Integer.BYTES);
    int column = 0;
    for (int i = 0; i < filters.size(); i++) {
      Filters each = filters.get(i);
      bank.putLong(address(each.weights()))
          .putLong(address(each.bias()))
          .putLong(gradients.isEmpty() ? 0L : address(gradients.get(2 * i)))
          .putLong(gradients.isEmpty() ? 0L : address(gradients.get(2 * i + 1)))
          .putInt(each.width())
          .putInt(each.bias().size())
          .putInt(column)
          .putInt(0);
      column += each.bias().size();
    }
    bank.putInt(MOST_WIDTHS * FILTERS_BYTES, filters.size());
    bank.putInt(MOST_WIDTHS * FILTERS_BYTES + Integer.BYTES, features);
    return launch;
  }

  /** The sum over widths. */
  int sum(ToIntFunction<Filters> ofFilters) {
    return filters.stream().mapToInt(ofFilters).sum();
  }

  static int tiles(Filters filters) {
    return Engine.ceil(filters.bias().size(), THREADS);
  }

  /**
   * Convolves, and takes the maximum over time.
   *
   * @param rows {@code [B, T, E]}, or a table if there are ids
   * @param ids {@code [B, T]}, or null
   * @param out {@code [B, F1 + F2 + ...]}
   * @param windows of the same shape: the first window that has the maximum; null where nobody asks
   */
  void pool(
      Engine engine,
      Tensor rows,
      @Nullable IntTensor ids,
      int time,
      IntTensor lengths,
      Tensor out,
      @Nullable IntTensor windows) {
    int batch = out.dim(0);
    Launch launch = engine.launch(engine.precision().convolution(), rows, out);
    if (engine.precision().isRounded()) {
      launch.grid(sum(each -> tiles(each, batch, time))).block(THREADS_OF_A_TILE);
    } else {
      launch.grid(batch, sum(FilterBank::tiles), 1).block(THREADS).shared((int) sharedBytes());
    }
    addTo(launch)
        .structure(3 * Long.BYTES)
        .putLong(address(rows))
        .putLong(addressOrNull(ids))
        .putInt(rows.dim(0));
    launch
        .with(address(lengths))
        .with(batch)
        .with(time)
        .with(columns())
        .with(address(out))
        .with(addressOrNull(windows))
        .with(Checked.TOKEN_CONV_MAX_POOL.code())
        .with(engine.session().faultAddress())
        .run();
  }

  /** Tiles on tensor cores: the windows of some sequences by some filters. */
  private static int tiles(Filters filters, int batch, int time) {
    int windows = Math.min(Math.max(time - filters.width(), 0) + 1, ROWS_OF_A_TILE);
    return tiles(filters) * Engine.ceil(batch, ROWS_OF_A_TILE / windows);
  }

  private static long addressOrNull(@Nullable Storage storage) {
    return storage == null ? 0L : address(storage);
  }
}
