// Sums, means and maxima along an axis. With the axis of `length` elements between `outer` and `inner` others, element k
// of it is at (i * length + k) * inner + j. The order of a sum depends on shapes alone.
#include "common.cuh"

// org.seqgan.api.backend.Reduction, in its order.
enum Reduction { SUM, MEAN, MAXIMUM };

// The last axis (inner = 1): one block a row, block size a multiple of 32.
extern "C" __global__ void reduce_rows(int reduction, const float *__restrict__ a, int length, float *__restrict__ out) {
  const float *row = a + (size_t)blockIdx.x * length;
  float result;
  if (reduction == MAXIMUM) {
    float largest = -INFINITY;
    for (int k = threadIdx.x; k < length; k += blockDim.x) largest = larger(largest, row[k]);
    result = blockMax(largest);
  } else {
    float sum = 0.0f;
    for (int k = threadIdx.x; k < length; k += blockDim.x) sum += row[k];
    result = blockSum(sum);
    if (reduction == MEAN) result /= length;
  }
  if (threadIdx.x == 0) out[blockIdx.x] = result;
}

// Another axis: blocks of 32 columns x 8 parts of the axis; grid (outer, columns / 32), as
// only the first has room for any number.
constexpr int PARTS = 8;
extern "C" __global__ void __launch_bounds__(WARP *PARTS)
    reduce_columns(int reduction, const float *__restrict__ a, int length, int inner, float *__restrict__ out) {
  __shared__ float parts[PARTS][WARP + 1];
  int j = blockIdx.y * WARP + threadIdx.x;
  float part = reduction == MAXIMUM ? -INFINITY : 0.0f;
  if (j < inner) {
    for (int k = threadIdx.y; k < length; k += PARTS) {
      float x = a[((size_t)blockIdx.x * length + k) * inner + j];
      part = reduction == MAXIMUM ? larger(part, x) : part + x;
    }
  }
  parts[threadIdx.y][threadIdx.x] = part;
  __syncthreads();
  if (threadIdx.y == 0 && j < inner) {
    float result = parts[0][threadIdx.x];
    for (int p = 1; p < PARTS; p++) {
      float x = parts[p][threadIdx.x];
      result = reduction == MAXIMUM ? larger(result, x) : result + x;
    }
    out[(size_t)blockIdx.x * inner + j] = reduction == MEAN ? result / length : result;
  }
}

// The index of the largest element, of equal ones the first; one warp for each (i, j), 4 warps a block.
extern "C" __global__ void arg_max(const float *__restrict__ a, int length, int inner, int *__restrict__ out, int n) {
  int at = blockIdx.x * (blockDim.x / WARP) + threadIdx.x / WARP;
  if (at >= n) return;
  const float *from = a + (size_t)(at / inner) * length * inner + at % inner;
  int lane = threadIdx.x % WARP;
  float largest = -INFINITY;
  int best = 0x7fffffff;
  for (int k = lane; k < length; k += WARP) {
    float x = from[(size_t)k * inner];
    if (x > largest || best == 0x7fffffff) {
      largest = x;
      best = k;
    }
  }
  for (int d = WARP / 2; d > 0; d /= 2) {
    float otherLargest = __shfl_xor_sync(ALL_LANES, largest, d);
    int otherBest = __shfl_xor_sync(ALL_LANES, best, d);
    if (otherLargest > largest || (otherLargest == largest && otherBest < best)) {
      largest = otherLargest;
      best = otherBest;
    }
  }
  if (lane == 0) out[at] = best;
}

// Softmax of each row, or its logarithm; one block a row. The largest is taken out first, so that no exponential
// overflows.
extern "C" __global__ void softmax_rows(const float *__restrict__ a, int length, int logarithm, float *__restrict__ out) {
  const float *row = a + (size_t)blockIdx.x * length;
  float *to = out + (size_t)blockIdx.x * length;
  float largest = -INFINITY;
  for (int k = threadIdx.x; k < length; k += blockDim.x) largest = larger(largest, row[k]);
  largest = blockMax(largest);
  float sum = 0.0f;
  for (int k = threadIdx.x; k < length; k += blockDim.x) sum += expf(row[k] - largest);
  sum = blockSum(sum);
  float logSum = logf(sum);
  for (int k = threadIdx.x; k < length; k += blockDim.x) {
    float x = row[k] - largest;
    to[k] = logarithm ? x - logSum : expf(x) / sum;
  }
}

// partial[b] = the sum of squares of the part of block b.
extern "C" __global__ void square_sums(const float *__restrict__ a, int n, float *__restrict__ partial) {
  float sum = 0.0f;
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) sum += a[i] * a[i];
  sum = blockSum(sum);
  if (threadIdx.x == 0) partial[blockIdx.x] = sum;
}
