// The shared variables of kernels, by the symbols of the library itself.
#pragma once
#include "cuda_shim.h"
#include <string>

struct Variable {
  std::string name; // as it is written in the kernel
  char *from = nullptr, *to = nullptr;
};

// The variable that holds an address in the static shared memory of a kernel's file, if it is one
// that the kernel can mean: its own, or one of a helper function.
const Variable *variableAt(const EmuKernel &kernel, const char *p);
