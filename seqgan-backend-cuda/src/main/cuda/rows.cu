// Rows of tables, and copies that change the order. Words are of 32 bits: floats and ints alike.
#include "common.cuh"

// out[i] = table[ids[i]]: table [rows, width], out [n, width]; one thread a word. A wrong id gives zeros.
extern "C" __global__ void gather_rows(const unsigned *__restrict__ table, int rows, int width,
    const int *__restrict__ ids, unsigned *__restrict__ out, int words, int operation, int *fault) {
  int at = blockIdx.x * blockDim.x + threadIdx.x;
  if (at >= words) return;
  int i = at / width, e = at % width, id = ids[i];
  out[at] = isRow(id, rows, i, operation, fault) ? table[(size_t)id * width + e] : 0u;
}

// out[ids[i]] += rows[i], in the order of i: out [tableRows, width], rows [n, width]. One warp for each i: the first of
// those with the same id adds them all, one after another; the others have nothing to do.
extern "C" __global__ void scatter_add_rows(const float *__restrict__ rows, const int *__restrict__ ids, int n, int width,
    float *__restrict__ out, int tableRows, int operation, int *fault) {
  int i = blockIdx.x * (blockDim.x / WARP) + threadIdx.x / WARP;
  if (i >= n) return;
  int lane = threadIdx.x % WARP, id = ids[i];
  for (int from = 0; from < i; from += WARP) {
    int other = from + lane;
    if (__any_sync(ALL_LANES, other < i && ids[other] == id)) return;
  }
  if (id < 0 || id >= tableRows) {
    if (lane == 0) isRow(id, tableRows, i, operation, fault);
    return;
  }
  float *to = out + (size_t)id * width;
  for (int from = i / WARP * WARP; from < n; from += WARP) {
    int other = from + lane;
    unsigned same = __ballot_sync(ALL_LANES, other >= i && other < n && ids[other] == id);
    while (same) {
      const float *row = rows + (size_t)(from + __ffs((int)same) - 1) * width;
      for (int e = lane; e < width; e += WARP) to[e] += row[e];
      same &= same - 1;
    }
  }
}

// For each i of the outer axes, `count` words of one tensor to another: from i * fromStride + fromStart to
// i * toStride + toStart.
extern "C" __global__ void copy_blocks(const float *__restrict__ from, int fromStart, int fromStride,
    float *__restrict__ to, int toStart, int toStride, int count, int words) {
  int at = blockIdx.x * blockDim.x + threadIdx.x;
  if (at >= words) return;
  int i = at / count, r = at % count;
  to[(size_t)i * toStride + toStart + r] = from[(size_t)i * fromStride + fromStart + r];
}

// out is a, again and again.
extern "C" __global__ void repeat(const float *__restrict__ a, int period, float *__restrict__ out, int words) {
  int at = blockIdx.x * blockDim.x + threadIdx.x;
  if (at < words) out[at] = a[at % period];
}
