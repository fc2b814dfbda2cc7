// bfloat16 on the host: the upper half of a float.
#pragma once

struct __nv_bfloat16 {
  unsigned short bits;
};

// To nearest, ties to even.
inline __nv_bfloat16 __float2bfloat16_rn(float x) {
  unsigned bits = __float_as_uint(x);
  if (x != x) return {(unsigned short)0x7fff};
  return {(unsigned short)((bits + 0x7fffu + (bits >> 16 & 1u)) >> 16)};
}

inline float __bfloat162float(__nv_bfloat16 x) { return __uint_as_float((unsigned)x.bits << 16); }
