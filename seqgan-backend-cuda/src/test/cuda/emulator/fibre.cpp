#include "fibre.h"
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <sys/mman.h>

#if !defined(__x86_64__)
#error "the switch of stacks is written for x86-64"
#endif

// Twelve instructions, some 30 ns; swapcontext makes two system calls and takes a hundred times
// that. The registers that a function must keep go onto the old stack and come from the new one.
extern "C" __attribute__((visibility("hidden"))) void emu_switch(void **save, void *load);
asm(R"(.text
.globl emu_switch
.hidden emu_switch
.type emu_switch,@function
emu_switch:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size emu_switch,.-emu_switch
)");

Fibre::Fibre() {
  constexpr size_t PAGE = 4096;
  void *memory = mmap(nullptr, STACK_BYTES + PAGE, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED || mprotect(memory, PAGE, PROT_NONE) != 0) {
    perror("cuda emulator: no memory for the stack of a thread");
    abort();
  }
  stack = static_cast<char *>(memory) + PAGE;
}

void Fibre::prepare(void (*body)()) {
  constexpr int REGISTERS = 6;
  void **top = reinterpret_cast<void **>(stack + STACK_BYTES);
  // A function begins with the stack at 16 n + 8, as if a call had left a return address.
  *--top = nullptr;
  *--top = reinterpret_cast<void *>(body);
  for (int i = 0; i < REGISTERS; i++) *--top = nullptr;
  own = top;
}

void Fibre::resume() { emu_switch(&caller, own); }

void Fibre::suspend() { emu_switch(&own, caller); }
