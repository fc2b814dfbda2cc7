// One thread an element.
#include "common.cuh"

// org.seqgan.api.backend.UnaryOperation, in its order.
enum Unary { EXP_OF, LOG_OF, TANH_OF, SIGMOID_OF, RELU_OF, SQRT_OF, SQUARE_OF };

__device__ __forceinline__ float apply(int operation, float x) {
  switch (operation) {
    case EXP_OF: return expf(x);
    case LOG_OF: return logf(x);
    case TANH_OF: return tanhf(x);
    case SIGMOID_OF: return sigmoid(x);
    case RELU_OF: return fmaxf(x, 0.0f);
    case SQRT_OF: return sqrtf(x);
    default: return x * x;
  }
}

// out may be a.
extern "C" __global__ void unary(int operation, const float *a, float *out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) out[i] = apply(operation, a[i]);
}

// org.seqgan.api.backend.BinaryOperation, in its order.
enum Binary { ADD, SUBTRACT, MULTIPLY, DIVIDE, MAX, LESS };

__device__ __forceinline__ float apply(int operation, float a, float b) {
  switch (operation) {
    case ADD: return a + b;
    case SUBTRACT: return a - b;
    case MULTIPLY: return a * b;
    case DIVIDE: return a / b;
    case MAX: return fmaxf(a, b);
    default: return a < b ? 1.0f : 0.0f;
  }
}

// b is repeated after each `period` elements; out may be a.
extern "C" __global__ void binary(int operation, const float *a, const float *b, int period, float *out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) out[i] = apply(operation, a[i], b[period == n ? i : i % period]);
}

// out = scale a + shift; out may be a.
extern "C" __global__ void affine(const float *a, float scale, float shift, float *out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) out[i] = scale * a[i] + shift;
}

// out += scale a
extern "C" __global__ void add_scaled(const float *a, float scale, float *out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) out[i] += scale * a[i];
}

extern "C" __global__ void uniform(Draws draws, float *out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) out[i] = uniformOf(draws, i);
}

// out = x / keep where its draw is below keep, else 0.
extern "C" __global__ void dropout(const float *x, float keep, Draws draws, float *out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) out[i] = uniformOf(draws, i) < keep ? x[i] / keep : 0.0f;
}

// out = scale * factor[0] * a: the gradient of a sum of squares, whose own derivative is factor[0].
extern "C" __global__ void scale_by(const float *a, float scale, const float *factor, float *out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) out[i] = scale * a[i] * factor[0];
}
