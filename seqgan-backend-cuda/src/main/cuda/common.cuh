// What the kernels share. Sums have one order, whatever the device does: no atomics on numbers.
#pragma once
#ifndef DYNAMIC_SHARED
// Shared memory whose size the launch gives.
#define DYNAMIC_SHARED(type, name) extern __shared__ type name[]
#endif

constexpr int WARP = 32;
constexpr unsigned ALL_LANES = 0xffffffffu;

// org.seqgan.api.backend.Activation, in its order.
enum Activation { IDENTITY, RELU, TANH, SIGMOID };

// The larger; NaN where either is. fmaxf takes the other one then, and hides that a model's numbers are none.
__device__ __forceinline__ float larger(float a, float b) { return a > b || a != a ? a : b; }

__device__ __forceinline__ float sigmoid(float x) { return 1.0f / (1.0f + expf(-x)); }

__device__ __forceinline__ float activate(int activation, float x) {
  switch (activation) {
    case RELU: return larger(x, 0.0f);
    case TANH: return tanhf(x);
    case SIGMOID: return sigmoid(x);
    default: return x;
  }
}

// The derivative of an activation by its argument, from its value y.
__device__ __forceinline__ float slope(int activation, float y) {
  switch (activation) {
    case RELU: return y > 0.0f ? 1.0f : 0.0f;
    case TANH: return 1.0f - y * y;
    case SIGMOID: return y * (1.0f - y);
    default: return 1.0f;
  }
}

__device__ __forceinline__ float warpSum(float x) {
  for (int d = WARP / 2; d > 0; d /= 2) x += __shfl_xor_sync(ALL_LANES, x, d);
  return x;
}

__device__ __forceinline__ float warpMax(float x) {
  for (int d = WARP / 2; d > 0; d /= 2) x = larger(x, __shfl_xor_sync(ALL_LANES, x, d));
  return x;
}

// The sum over a block of one row of threads, a multiple of 32 and at most 1024; every thread gets it.
__device__ __forceinline__ float blockSum(float x) {
  __shared__ float ofWarps[WARP];
  x = warpSum(x);
  if (blockDim.x == WARP) return x;
  __syncthreads(); // the last use of ofWarps is over
  if (threadIdx.x % WARP == 0) ofWarps[threadIdx.x / WARP] = x;
  __syncthreads();
  int lane = threadIdx.x % WARP, warps = blockDim.x / WARP;
  return warpSum(lane < warps ? ofWarps[lane] : 0.0f);
}

// The largest over such a block.
__device__ __forceinline__ float blockMax(float x) {
  __shared__ float ofWarps[WARP];
  x = warpMax(x);
  if (blockDim.x == WARP) return x;
  __syncthreads();
  if (threadIdx.x % WARP == 0) ofWarps[threadIdx.x / WARP] = x;
  __syncthreads();
  int lane = threadIdx.x % WARP, warps = blockDim.x / WARP;
  return warpMax(lane < warps ? ofWarps[lane] : -INFINITY);
}

// Philox 4x32-10 with the upper half of the counter 0 (org.seqgan.api.random.Philox): the number in [0, 1) at a
// counter, whose lower 2 bits are the word in a block.
__device__ __forceinline__ float uniformAt(unsigned long long key, unsigned long long counter) {
  unsigned long long block = counter >> 2;
  unsigned c0 = (unsigned)block, c1 = (unsigned)(block >> 32), c2 = 0, c3 = 0;
  unsigned k0 = (unsigned)key, k1 = (unsigned)(key >> 32);
  for (int round = 0; round < 10; round++) {
    unsigned high0 = __umulhi(0xD2511F53u, c0), low0 = 0xD2511F53u * c0;
    unsigned high1 = __umulhi(0xCD9E8D57u, c2), low1 = 0xCD9E8D57u * c2;
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  unsigned words[4] = {c0, c1, c2, c3};
  return (float)(words[counter & 3] >> 8) * 0x1p-24f;
}

// A range of draws (org.seqgan.api.random.RandomDraws): number i is at counter first + i * stride.
struct Draws {
  unsigned long long key, first, stride;
};

__device__ __forceinline__ float uniformOf(Draws draws, unsigned i) {
  return uniformAt(draws.key, draws.first + i * draws.stride);
}

// Whether an id is a row of a table. The first id that is not is written to fault, of four words, which the host looks
// at with the next numbers that it reads.
__device__ __forceinline__ bool isRow(int id, int rows, int position, int operation, int *fault) {
  if (id >= 0 && id < rows) return true;
  if (atomicCAS(fault, 0, operation) == 0) {
    fault[1] = position;
    fault[2] = id;
    fault[3] = rows;
  }
  return false;
}
