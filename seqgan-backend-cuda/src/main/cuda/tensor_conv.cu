// conv_max of conv.cu on tensor cores: windows are rows of a product, those of several sequences in one tile where a
// sequence has few.
#include "conv.cuh"
#include "tensor.cuh"

constexpr int ROWS = 64;
constexpr int COLUMNS = FILTERS_OF_A_TILE;
constexpr int PITCH = COLUMNS + 4;

// Windows of a sequence that a tile has room for, where it may have `time` steps.
__device__ __forceinline__ int windowsOfATile(int time, int width) { return min(windowsOf(time, width), ROWS); }

__device__ __forceinline__ int blocksOf(const Filters &filters, int batch, int time) {
  return pieces(filters.filters, COLUMNS) * pieces(batch, ROWS / windowsOfATile(time, filters.width));
}

// As conv_max; a grid of all blocks in one row.
template <class Precision>
__device__ __forceinline__ void convolve(const Bank &bank, Steps steps, const int *__restrict__ lengths, int batch, int time,
    int columns, float *__restrict__ out, int *__restrict__ windows, int operation, int *fault) {
  using Tile = tensor::Tile<Precision, ROWS, COLUMNS>;
  constexpr int SUMS = ROWS * PITCH * (int)sizeof(float);
  __shared__ __align__(32) unsigned char shared[Tile::SHARED_BYTES > SUMS ? Tile::SHARED_BYTES : SUMS];
  __shared__ int firstSteps[ROWS], stepsLeft[ROWS]; // of each window: its row in x or ids, and how many it has
  float *sums = reinterpret_cast<float *>(shared);

  int block = blockIdx.x;
  const Filters &filters =
      filtersOf(bank, [=](const Filters &each) { return blocksOf(each, batch, time); }, block);
  int tiles = pieces(filters.filters, COLUMNS), features = bank.features;
  int f0 = block % tiles * COLUMNS;
  int together = windowsOfATile(time, filters.width), sequences = ROWS / together;
  int sequence0 = block / tiles * sequences;
  for (int t0 = 0; t0 < windowsOf(time, filters.width); t0 += together) {
    __syncthreads(); // what is shared is done with
    for (int row = threadIdx.x; row < ROWS; row += tensor::THREADS) {
      int sequence = sequence0 + row / together, t = t0 + row % together;
      bool exists = row < sequences * together && sequence < batch;
      firstSteps[row] = sequence * time + t;
      stepsLeft[row] = exists ? lengths[sequence] - t : 0;
    }
    Tile tile;
    tile.clear();
    __syncthreads();
    for (int j = 0; j < filters.width; j++) {
      auto step = [&](int row, int e) {
        if (j >= stepsLeft[row]) return 0.0f;
        int at = firstSteps[row] + j;
        if (!steps.ids) return steps.rows[(size_t)at * features + e];
        int id = steps.ids[at];
        return isRow(id, steps.tableRows, at, operation, fault) ? steps.rows[(size_t)id * features + e] : 0.0f;
      };
      auto weight = [&](int column, int e) {
        int f = f0 + column;
        return f < filters.filters ? filters.weights[(size_t)(j * features + e) * filters.filters + f] : 0.0f;
      };
      tile.add(shared, false, step, true, weight, 0, features);
    }
    tile.store(sums, PITCH);
    for (int i = threadIdx.x; i < sequences * COLUMNS; i += tensor::THREADS) {
      int inTile = i / COLUMNS, column = i % COLUMNS, sequence = sequence0 + inTile, f = f0 + column;
      if (sequence >= batch || f >= filters.filters) continue;
      size_t at = (size_t)sequence * columns + filters.firstColumn + f;
      int count = min(windowsOf(lengths[sequence], filters.width) - t0, together);
      float best = t0 == 0 ? -1.0f : out[at]; // below every value of a ReLU, or that of the windows before
      int first = -1;
      for (int t = 0; t < count; t++) {
        float value = larger(sums[(inTile * together + t) * PITCH + column] + filters.bias[f], 0.0f);
        if (value > best || value != value) {
          best = value;
          first = t0 + t;
        }
      }
      if (first >= 0) {
        out[at] = best;
        if (windows) windows[at] = first;
      }
    }
  }
}

extern "C" __global__ void __launch_bounds__(tensor::THREADS) conv_max_tf32(const __grid_constant__ Bank bank, Steps steps,
    const int *__restrict__ lengths, int batch, int time, int columns, float *__restrict__ out, int *__restrict__ windows,
    int operation, int *fault) {
  convolve<tensor::Tf32>(bank, steps, lengths, batch, time, columns, out, windows, operation, fault);
}

extern "C" __global__ void __launch_bounds__(tensor::THREADS) conv_max_bf16(const __grid_constant__ Bank bank, Steps steps,
    const int *__restrict__ lengths, int batch, int time, int columns, float *__restrict__ out, int *__restrict__ windows,
    int operation, int *fault) {
  convolve<tensor::Bf16>(bank, steps, lengths, batch, time, columns, out, windows, operation, fault);
}
