// One thread an element; and work on few elements, several operations in one launch.
#include "common.cuh"

// org.seqgan.api.backend.UnaryOperation, in its order.
enum Unary { EXP_OF, LOG_OF, TANH_OF, SIGMOID_OF, RELU_OF, SQRT_OF, SQUARE_OF };

__device__ __forceinline__ float apply(int operation, float x) {
  switch (operation) {
    case EXP_OF: return expf(x);
    case LOG_OF: return logf(x);
    case TANH_OF: return tanhf(x);
    case SIGMOID_OF: return sigmoid(x);
    case RELU_OF: return larger(x, 0.0f);
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
    case MAX: return larger(a, b);
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

// Several operations on few elements, one after another in one block: what would each be a launch of its own, which costs
// more than the work.
struct Task {
  const void *a, *b;
  void *out;
  int kind, operation;
  int n;      // elements of the result, or of what is summed
  int period; // of b; the width of a table
  int rows;   // of a table
  float scale, shift;
};
constexpr int TASKS = 24;
struct TaskList {
  Task tasks[TASKS];
};
// org.seqgan.backend.cuda.SmallWork.Kind, in its order.
enum Kind { FILL, AFFINE, ADD_SCALED, UNARY, BINARY, GATHER, SUM, SQUARES };

__device__ __forceinline__ void runTask(const Task &task, int *fault) {
  const float *a = static_cast<const float *>(task.a), *b = static_cast<const float *>(task.b);
  float *out = static_cast<float *>(task.out);
  if (task.kind == SUM || task.kind == SQUARES) {
    float sum = 0.0f;
    for (int i = threadIdx.x; i < task.n; i += blockDim.x) sum += task.kind == SQUARES ? a[i] * a[i] : a[i];
    sum = blockSum(sum);
    if (threadIdx.x == 0) out[0] = task.scale * sum;
    return;
  }
  for (int i = threadIdx.x; i < task.n; i += blockDim.x) {
    switch (task.kind) {
      case FILL: out[i] = task.shift; break;
      case AFFINE: out[i] = task.scale * a[i] + task.shift; break;
      case ADD_SCALED: out[i] += task.scale * a[i]; break;
      case UNARY: out[i] = apply(task.operation, a[i]); break;
      case BINARY: out[i] = apply(task.operation, a[i], b[i % task.period]); break;
      default: { // GATHER: words of either type
        int row = i / task.period, id = static_cast<const int *>(task.b)[row];
        bool known = isRow(id, task.rows, row, task.operation, fault);
        static_cast<unsigned *>(task.out)[i] =
            known ? static_cast<const unsigned *>(task.a)[(size_t)id * task.period + i % task.period] : 0u;
      }
    }
  }
}

extern "C" __global__ void small_work(const __grid_constant__ TaskList list, int count, int *fault) {
  for (int i = 0; i < count; i++) {
    runTask(list.tasks[i], fault);
    __syncthreads(); // a task sees what those before it wrote
  }
}
