// One step of Adam: what a block does with one element of a parameter.
#pragma once
#include "common.cuh"

struct Slot {
  float *parameter;
  const float *gradient;
  float *first, *second; // moments
  int size;
  float l2;
};

struct Rates {
  float stepSize, beta1, beta2, epsilon;
};

// m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2, p -= stepSize m / (sqrt(v) + epsilon), with the gradient
// scaled. Returns the square of the gradient before that, its penalty l2 p in it.
__device__ __forceinline__ float update(const Slot &slot, size_t i, float gradient, float scale, Rates rates) {
  float p = slot.parameter[i];
  float g = gradient + slot.l2 * p;
  float square = g * g;
  g *= scale;
  float m = rates.beta1 * slot.first[i] + (1.0f - rates.beta1) * g;
  float v = rates.beta2 * slot.second[i] + (1.0f - rates.beta2) * g * g;
  slot.first[i] = m;
  slot.second[i] = v;
  slot.parameter[i] = p - rates.stepSize * m / (sqrtf(v) + rates.epsilon);
  return square;
}
