// The codes that the emulated driver answers; names as in cuda.h without CUDA_ERROR_.
#pragma once

#define RESULTS(each)                                                                              \
  each(SUCCESS, 0) each(INVALID_VALUE, 1) each(OUT_OF_MEMORY, 2) each(NOT_INITIALIZED, 3)          \
  each(NO_DEVICE, 100) each(INVALID_DEVICE, 101) each(INVALID_IMAGE, 200) each(INVALID_CONTEXT, 201)                       \
  each(NO_BINARY_FOR_GPU, 209) each(INVALID_PTX, 218) each(UNSUPPORTED_PTX_VERSION, 222)           \
  each(INVALID_HANDLE, 400) each(NOT_FOUND, 500) each(NOT_READY, 600)                              \
  each(ILLEGAL_ADDRESS, 700) each(LAUNCH_OUT_OF_RESOURCES, 701) each(LAUNCH_FAILED, 719)           \
  each(NOT_SUPPORTED, 801) each(SYSTEM_DRIVER_MISMATCH, 803)                                       \
  each(STREAM_CAPTURE_UNSUPPORTED, 900) each(STREAM_CAPTURE_INVALIDATED, 901)                      \
  each(STREAM_CAPTURE_IMPLICIT, 906) each(UNKNOWN, 999)

enum Result {
#define EACH(name, code) name = code,
  RESULTS(EACH)
#undef EACH
};
