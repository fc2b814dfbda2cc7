// A bank of convolutions over time with ReLU and the maximum over time. Filters of all widths are one launch: which of
// them a block has to do with is told by its number.
//
// Through the maximum, a filter has a derivative at one window of a sequence only, the first that has the maximum. So
// backward is sums of scaled windows and of scaled filters, about a tenth of the dense work.
#include "conv.cuh"

constexpr int THREADS = FILTERS_OF_A_TILE; // of a block: each has a filter

constexpr int WINDOWS = 8; // at a time, their sums in registers

// out[sequence, column] = max over windows of relu(window W + bias), windows[..] = the first that has it. A thread has one
// filter; grid (batch, tiles of filters). Shared memory: the steps that 8 windows cover, each of features rounded up to
// 4, so that a thread gets four numbers at once.
extern "C" __global__ void __launch_bounds__(THREADS) conv_max(Bank bank, Steps steps,
    const int *__restrict__ lengths, int batch, int time, int columns, float *__restrict__ out, int *__restrict__ windows,
    int operation, int *fault) {
  DYNAMIC_SHARED(float4, x); // [WINDOWS + width - 1, quads]
  int tile = blockIdx.y;
  const Filters &filters = filtersOf(bank, [](const Filters &each) { return pieces(each.filters, THREADS); }, tile);
  int features = bank.features, quads = pieces(features, 4), width = filters.width;
  int sequence = blockIdx.x, length = lengths[sequence];
  int f = tile * THREADS + threadIdx.x;
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
      float value = larger(sums[t] + bias, 0.0f);
      if (value > best || value != value) {
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

// What tells where derivatives go, and which pass the ReLU; each [batch, columns].
struct Maxima {
  const float *out, *dOut;
  const int *windows;
  int columns;
};

// The derivative by a filter's maximum where it passed the ReLU, else 0.
__device__ __forceinline__ float passed(Maxima maxima, size_t at) {
  return maxima.out[at] > 0.0f ? maxima.dOut[at] : 0.0f;
}

constexpr int WEIGHTS = 8; // of a thread: one filter's, of neighbouring features

__device__ __forceinline__ int transposeBlocks(const Filters &filters, int features) {
  return pieces(filters.width * features, WARP) * pieces(filters.filters, WARP);
}

__device__ __forceinline__ int gradientBlocks(const Filters &filters, int features) {
  return filters.width * pieces(features, WEIGHTS) * pieces(filters.filters, THREADS);
}

// The weights of all widths with a filter's own next to one another: filter f of a width has width * features numbers
// from f * width * features on, after those of the widths before. A block has a tile of 32 x 32.
__device__ __forceinline__ void transposeWeights(const Bank &bank, int block, float *__restrict__ transposed) {
  __shared__ float tile[WARP][WARP + 1]; // one more, or the lanes of a warp would share a bank
  int features = bank.features, i = 0;
  for (; block >= transposeBlocks(bank.of[i], features); i++) {
    block -= transposeBlocks(bank.of[i], features);
    transposed += (size_t)bank.of[i].width * features * bank.of[i].filters;
  }
  const Filters &filters = bank.of[i];
  int rows = filters.width * features, across = pieces(filters.filters, WARP);
  int row0 = block / across * WARP, f0 = block % across * WARP, lane = threadIdx.x % WARP;
  for (int line = threadIdx.x / WARP; line < WARP; line += THREADS / WARP)
    if (row0 + line < rows && f0 + lane < filters.filters)
      tile[line][lane] = filters.weights[(size_t)(row0 + line) * filters.filters + f0 + lane];
  __syncthreads();
  for (int line = threadIdx.x / WARP; line < WARP; line += THREADS / WARP)
    if (row0 + lane < rows && f0 + line < filters.filters)
      transposed[(size_t)(f0 + line) * rows + row0 + lane] = tile[lane][line];
}

// dWeights = sum over sequences of the window that gave the maximum, scaled by its derivative, and dBias. A block has 64
// filters and 8 features of one step of the window.
__device__ __forceinline__ void filterGradients(const Bank &bank, int block, const float *__restrict__ x,
    const int *__restrict__ lengths, int batch, int time, Maxima maxima) {
  int features = bank.features;
  const Filters &filters =
      filtersOf(bank, [=](const Filters &each) { return gradientBlocks(each, features); }, block);
  int tiles = pieces(filters.filters, THREADS), ofStep = pieces(features, WEIGHTS);
  int f = block % tiles * THREADS + threadIdx.x, piece = block / tiles;
  int j = piece / ofStep, e0 = piece % ofStep * WEIGHTS;
  if (f >= filters.filters) return;
  float sums[WEIGHTS] = {}, ofBias = 0.0f;
  for (int sequence = 0; sequence < batch; sequence++) {
    size_t at = (size_t)sequence * maxima.columns + filters.firstColumn + f;
    float d = passed(maxima, at);
    int t = maxima.windows[at] + j;
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

// Two tasks that do not need one another: the first `transposing` blocks make what conv_step_gradients reads, the others
// the gradients of filters.
extern "C" __global__ void __launch_bounds__(THREADS) conv_filter_gradients(Bank bank, int transposing,
    const float *__restrict__ x, const int *__restrict__ lengths, int batch, int time, Maxima maxima,
    float *__restrict__ transposed) {
  int block = blockIdx.x;
  if (block < transposing)
    transposeWeights(bank, block, transposed);
  else
    filterGradients(bank, block - transposing, x, lengths, batch, time, maxima);
}

// dx: each filter, scaled by its derivative, is added where the window lies that gave its maximum. A warp has a part of
// the filters and its lanes a feature each of one sequence, so that nobody else adds to their numbers; then the parts
// are summed. Grid (batch, features / 32), block 32 x parts, shared memory [parts, time, 32].
extern "C" __global__ void conv_step_gradients(Bank bank, const float *__restrict__ transposed,
    const int *__restrict__ lengths, int time, Maxima maxima, float *__restrict__ dx) {
  DYNAMIC_SHARED(float, sums);
  int features = bank.features, sequence = blockIdx.x, length = lengths[sequence];
  int lane = threadIdx.x % WARP, part = threadIdx.x / WARP, parts = blockDim.x / WARP;
  int e = blockIdx.y * WARP + lane;
  float *mine = sums + part * time * WARP + lane;
  for (int t = 0; t < time; t++) mine[t * WARP] = 0.0f;
  int each = pieces(maxima.columns, parts);
  int from = part * each, to = min(from + each, maxima.columns);
  const float *weights = transposed;
  for (int i = 0; i < bank.widths; i++) {
    const Filters &filters = bank.of[i];
    int size = filters.width * features;
    int first = max(from - filters.firstColumn, 0), last = min(to - filters.firstColumn, filters.filters);
    for (int f = first; f < last; f++) {
      size_t at = (size_t)sequence * maxima.columns + filters.firstColumn + f;
      float d = passed(maxima, at);
      if (d == 0.0f) continue;
      int window = maxima.windows[at];
      int steps = e < features ? min(filters.width, length - window) : 0;
      for (int j = 0; j < steps; j++) mine[(window + j) * WARP] += d * weights[(size_t)f * size + j * features + e];
    }
    weights += (size_t)size * filters.filters;
  }
  __syncthreads();
  if (e >= features) return;
  for (int t = part; t < time; t += parts) {
    float sum = 0.0f;
    for (int p = 0; p < parts; p++) sum += sums[(p * time + t) * WARP + lane];
    dx[((size_t)sequence * time + t) * features + e] = sum;
  }
}
