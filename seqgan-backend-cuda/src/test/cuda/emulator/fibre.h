// A stack of its own and a switch to it: what a GPU thread needs that waits for others.
#pragma once
#include <cstddef>

class Fibre {
public:
  static constexpr size_t STACK_BYTES = 128 << 10;

  // Allocates the stack, with a page below it that no one may touch.
  Fibre();

  // Makes the next switch begin `body`, which must never return.
  void prepare(void (*body)());

  // Leaves the caller's stack until suspend() comes back to it.
  void resume();

  // Leaves this fibre, which is the running one, for whoever resumed it.
  void suspend();

  bool onStack(const char *p) const { return p >= stack && p < stack + STACK_BYTES; }

private:
  char *stack;
  void *own = nullptr;
  void *caller = nullptr;
};
