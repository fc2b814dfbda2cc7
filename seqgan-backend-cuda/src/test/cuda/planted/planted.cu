// Kernels with one error each, for the emulator's check mode to find; and their like without
// it, about which it must say nothing. One block of 64 threads.
#define THREADS 64

extern "C" __global__ void missing_barrier(const float *x, float *y, int n) {
  __shared__ float s[THREADS];
  s[threadIdx.x] = x[threadIdx.x];
  y[threadIdx.x] = s[THREADS - 1 - threadIdx.x];
}

// As above, and only the order of threads tells whether a number has been written.
extern "C" __global__ void late_barrier(const float *x, float *y, int n) {
  __shared__ float s[THREADS];
  s[threadIdx.x] = x[threadIdx.x];
  if (threadIdx.x >= THREADS / 2) y[threadIdx.x] = s[threadIdx.x - THREADS / 2];
  __syncthreads();
}

// The second round overwrites what a slower thread still reads.
extern "C" __global__ void missing_second_barrier(const float *x, float *y, int n) {
  __shared__ float s[THREADS];
  float sum = 0.0f;
  for (int k = 0; k < n; k += THREADS) {
    s[threadIdx.x] = x[k + threadIdx.x];
    __syncthreads();
    for (int i = 0; i < THREADS; i++) sum += s[i];
  }
  y[threadIdx.x] = sum;
}

extern "C" __global__ void divergent_barrier(const float *x, float *y, int n) {
  if ((int)threadIdx.x < n) {
    __syncthreads();
    y[threadIdx.x] = x[threadIdx.x];
  }
}

extern "C" __global__ void shared_overrun(const float *x, float *y, int n) {
  DYNAMIC_SHARED(float, s);
  s[threadIdx.x + n] = x[threadIdx.x];
  __syncthreads();
  y[threadIdx.x] = (int)threadIdx.x < n ? 0.0f : s[threadIdx.x];
}

// The same of an array of fixed size, beyond which another kernel's may lie.
extern "C" __global__ void static_overrun(const float *x, float *y, int n) {
  __shared__ float s[THREADS];
  s[threadIdx.x + n] = x[threadIdx.x];
  __syncthreads();
  y[threadIdx.x] = (int)threadIdx.x < n ? 0.0f : s[threadIdx.x];
}

extern "C" __global__ void global_overrun(const float *x, float *y, int n) {
  y[threadIdx.x] = x[threadIdx.x + n];
}

extern "C" __global__ void unwritten_read(const float *x, float *y, int n) {
  __shared__ float s[THREADS];
  if (threadIdx.x > 0) s[threadIdx.x] = x[threadIdx.x];
  __syncthreads();
  y[threadIdx.x] = s[threadIdx.x];
}

extern "C" __global__ void lost_update(const float *x, float *y, int n) {
  y[0] += x[threadIdx.x];
}

extern "C" __global__ void exited_lane(const float *x, float *y, int n) {
  if (threadIdx.x == 5) return;
  y[threadIdx.x] = __shfl_xor_sync(0xffffffffu, x[threadIdx.x], 1);
}

// ---- without an error ----

extern "C" __global__ void both_barriers(const float *x, float *y, int n) {
  __shared__ float s[THREADS];
  float sum = 0.0f;
  for (int k = 0; k < n; k += THREADS) {
    s[threadIdx.x] = x[k + threadIdx.x];
    __syncthreads();
    for (int i = 0; i < THREADS; i++) sum += s[i];
    __syncthreads();
  }
  y[threadIdx.x] = sum;
}

extern "C" __global__ void warp_barrier(const float *x, float *y, int n) {
  __shared__ float s[THREADS];
  s[threadIdx.x] = x[threadIdx.x];
  __syncwarp();
  y[threadIdx.x] = s[threadIdx.x ^ 31];
}

extern "C" __global__ void whole_number_update(const float *x, float *y, int n) {
  atomicAdd(reinterpret_cast<int *>(y), 1);
}

// The last block of the grid sums what all have left.
extern "C" __global__ void last_block(const float *x, float *y, int n) {
  __shared__ bool last;
  int *ticket = reinterpret_cast<int *>(y + gridDim.x);
  if (threadIdx.x == 0) {
    y[blockIdx.x] = x[blockIdx.x];
    __threadfence();
    last = atomicAdd(ticket, 1) == (int)gridDim.x - 1;
  }
  __syncthreads();
  if (last && threadIdx.x == 0) {
    float sum = 0.0f;
    for (unsigned i = 0; i < gridDim.x; i++) sum += y[i];
    y[0] = sum;
  }
}

extern "C" __global__ void __launch_bounds__(THREADS) bounded(int *y) {
  if (threadIdx.x == 0) *y = 1;
}
