// A bank of convolutions over time with ReLU and the maximum over time. Filters of all widths are one launch: which of
// them a block has to do with is told by its number.
//
// Through the maximum, a filter has a derivative at one window of a sequence only, the first that has the maximum. So
// backward is sums of scaled windows and of scaled filters, about a tenth of the dense work.
#include "common.cuh"

constexpr int MOST_WIDTHS = 48;
constexpr int THREADS = 64; // of a block, and filters of a tile

// The filters of one width.
struct Filters {
  const float *weights; // [width * features, filters]
  const float *bias;    // [filters]
  float *dWeights, *dBias;
  int width, filters;
  int firstColumn; // of the output
  int firstBlock;  // of the launch
};
struct Bank {
  Filters of[MOST_WIDTHS];
};

// Whose work the block is.
__device__ __forceinline__ const Filters &filtersOf(const Bank &bank, int count, int block) {
  int i = 0;
  while (i + 1 < count && block >= bank.of[i + 1].firstBlock) i++;
  return bank.of[i];
}

// Where a sequence's steps are: rows of x [batch, time, features], or of a table by ids.
struct Steps {
  const float *rows;
  const int *ids; // [batch, time], or null
  int tableRows;
};

__device__ __forceinline__ int windowsOf(int length, int width) { return max(length - width, 0) + 1; }

constexpr int WINDOWS = 8; // at a time, their sums in registers

// out[sequence, column] = max over windows of relu(window W + bias), windows[..] = the first that has it. A thread has one
// filter; grid (batch, tiles of filters). Shared memory: the steps that 8 windows cover, each of features rounded up to
// 4, so that a thread gets four numbers at once.
extern "C" __global__ void __launch_bounds__(THREADS) conv_max(Bank bank, int widths, Steps steps,
    const int *__restrict__ lengths, int time, int features, int columns, float *__restrict__ out,
    int *__restrict__ windows, int operation, int *fault) {
  DYNAMIC_SHARED(float4, x); // [WINDOWS + width - 1, quads]
  const Filters &filters = filtersOf(bank, widths, blockIdx.y);
  int quads = (features + 3) / 4, width = filters.width;
  int sequence = blockIdx.x, length = lengths[sequence];
  int f = (blockIdx.y - filters.firstBlock) * THREADS + threadIdx.x;
  bool hasFilter = f < filters.filters;
  float bias = hasFilter ? filters.bias[f] : 0.0f;
  float best = -1.0f; // below every value of a ReLU
  int first = 0;
  int count = windowsOf(length, width);
  for (int t0 = 0; t0 < count; t0 += WINDOWS) {
    __syncthreads(); // the windows before are done with
    float *target = reinterpret_cast<float *>(x);
    for (int i = threadIdx.x; i < (WINDOWS + width - 1) * quads * 4; i += THREADS) {
      int t = t0 + i / (quads * 4), e = i % (quads * 4);
      float value = 0.0f;
      if (t < length && e < features) {
        int row = sequence * time + t;
        if (steps.ids) {
          int id = steps.ids[row];
          if (isRow(id, steps.tableRows, row, operation, fault)) value = steps.rows[(size_t)id * features + e];
        } else {
          value = steps.rows[(size_t)row * features + e];
        }
      }
      target[i] = value;
    }
    __syncthreads();
    if (!hasFilter) continue;
    float sums[WINDOWS] = {};
    for (int j = 0; j < width; j++) {
      for (int q = 0; q < quads; q++) {
        float w[4];
        for (int i = 0; i < 4; i++) {
          int e = q * 4 + i;
          w[i] = e < features ? filters.weights[(size_t)(j * features + e) * filters.filters + f] : 0.0f;
        }
        for (int t = 0; t < WINDOWS; t++) {
          float4 step = x[(t + j) * quads + q];
          sums[t] += step.x * w[0];
          sums[t] += step.y * w[1];
          sums[t] += step.z * w[2];
          sums[t] += step.w * w[3];
        }
      }
    }
    for (int t = 0; t < WINDOWS && t0 + t < count; t++) {
      float value = fmaxf(sums[t] + bias, 0.0f);
      if (value > best) {
        best = value;
        first = t0 + t;
      }
    }
  }
  if (hasFilter) {
    size_t at = (size_t)sequence * columns + filters.firstColumn + f;
    out[at] = best;
    if (windows) windows[at] = first;
  }
}

// The derivative by a filter's maximum where it passed the ReLU, else 0.
__device__ __forceinline__ float passed(const float *out, const float *dOut, size_t at) {
  return out[at] > 0.0f ? dOut[at] : 0.0f;
}

constexpr int WEIGHTS = 8; // of a thread: one filter's, of neighbouring features

// dWeights = sum over sequences of the window that gave the maximum, scaled by its derivative, and dBias. A block has 64
// filters and 8 features of one step of the window; grid: one block for each such piece of the bank.
extern "C" __global__ void __launch_bounds__(THREADS) conv_filter_gradients(Bank bank, int widths,
    const float *__restrict__ x, const int *__restrict__ lengths, int batch, int time, int features, int columns,
    const float *__restrict__ out, const float *__restrict__ dOut, const int *__restrict__ windows) {
  const Filters &filters = filtersOf(bank, widths, blockIdx.x);
  int tiles = (filters.filters + THREADS - 1) / THREADS, pieces = (features + WEIGHTS - 1) / WEIGHTS;
  int block = blockIdx.x - filters.firstBlock;
  int f = block % tiles * THREADS + threadIdx.x, piece = block / tiles;
  int j = piece / pieces, e0 = piece % pieces * WEIGHTS;
  if (f >= filters.filters) return;
  float sums[WEIGHTS] = {}, ofBias = 0.0f;
  for (int sequence = 0; sequence < batch; sequence++) {
    size_t at = (size_t)sequence * columns + filters.firstColumn + f;
    float d = passed(out, dOut, at);
    int t = windows[at] + j;
    ofBias += d;
    if (d == 0.0f || t >= lengths[sequence]) continue;
    const float *step = x + ((size_t)sequence * time + t) * features;
    for (int i = 0; i < WEIGHTS; i++)
      if (e0 + i < features) sums[i] += d * step[e0 + i];
  }
  for (int i = 0; i < WEIGHTS; i++)
    if (e0 + i < features) filters.dWeights[(size_t)(j * features + e0 + i) * filters.filters + f] = sums[i];
  if (piece == 0) filters.dBias[f] = ofBias;
}

// The weights of all widths with a filter's own next to one another: filter f of a width has width * features numbers
// from firstWeight + f * width * features on. One block for each tile of 32 x 32.
extern "C" __global__ void __launch_bounds__(WARP *WARP) conv_transpose_weights(Bank bank, int widths, int features,
    float *__restrict__ transposed) {
  __shared__ float tile[WARP][WARP + 1]; // one more, or the lanes of a warp would share a bank
  const Filters &filters = filtersOf(bank, widths, blockIdx.x);
  int rows = filters.width * features, block = blockIdx.x - filters.firstBlock;
  int across = (filters.filters + WARP - 1) / WARP;
  int row0 = block / across * WARP, f0 = block % across * WARP;
  int lane = threadIdx.x % WARP, line = threadIdx.x / WARP;
  if (row0 + line < rows && f0 + lane < filters.filters)
    tile[line][lane] = filters.weights[(size_t)(row0 + line) * filters.filters + f0 + lane];
  __syncthreads();
  size_t firstWeight = 0;
  for (int i = 0; i < widths && bank.of[i].firstBlock != filters.firstBlock; i++)
    firstWeight += (size_t)bank.of[i].width * features * bank.of[i].filters;
  if (row0 + lane < rows && f0 + line < filters.filters)
    transposed[firstWeight + (size_t)(f0 + line) * rows + row0 + lane] = tile[lane][line];
}

// dx of a part of the filters, [parts, batch, time, features]: each filter, scaled by its derivative, is added where the
// window lies that gave its maximum. A lane has a column of 32 features of one sequence, so that nobody else adds to
// its numbers; grid (batch, features / 32, parts), block 32, shared memory [time, 32].
extern "C" __global__ void __launch_bounds__(WARP) conv_step_gradients(Bank bank, int widths,
    const float *__restrict__ transposed, const int *__restrict__ lengths, int time, int features, int columns,
    const float *__restrict__ out, const float *__restrict__ dOut, const int *__restrict__ windows,
    float *__restrict__ dx) {
  DYNAMIC_SHARED(float, sums);
  int sequence = blockIdx.x, e = blockIdx.y * WARP + threadIdx.x, length = lengths[sequence];
  for (int t = 0; t < time; t++) sums[t * WARP + threadIdx.x] = 0.0f;
  if (e < features) {
    int each = (columns + gridDim.z - 1) / gridDim.z;
    int from = blockIdx.z * each, to = min(from + each, columns);
    const float *weights = transposed;
    for (int i = 0; i < widths; i++) {
      const Filters &filters = bank.of[i];
      int size = filters.width * features;
      int first = max(from - filters.firstColumn, 0), last = min(to - filters.firstColumn, filters.filters);
      for (int f = first; f < last; f++) {
        size_t at = (size_t)sequence * columns + filters.firstColumn + f;
        float d = passed(out, dOut, at);
        if (d == 0.0f) continue;
        int window = windows[at];
        int steps = min(filters.width, length - window);
        for (int j = 0; j < steps; j++)
          sums[(window + j) * WARP + threadIdx.x] += d * weights[(size_t)f * size + j * features + e];
      }
      weights += (size_t)size * filters.filters;
    }
    float *target = dx + ((size_t)blockIdx.z * gridDim.x + sequence) * time * features + e;
    for (int t = 0; t < time; t++) target[(size_t)t * features] = sums[t * WARP + threadIdx.x];
  }
}

// out[words] = the sum of parts [parts, words], in their order.
extern "C" __global__ void sum_parts(const float *__restrict__ part, int parts, float *__restrict__ out, int words) {
  int at = blockIdx.x * blockDim.x + threadIdx.x;
  if (at >= words) return;
  float sum = 0.0f;
  for (int p = 0; p < parts; p++) sum += part[(size_t)p * words + at];
  out[at] = sum;
}
