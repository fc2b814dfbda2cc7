#include "variables.h"
#include <cctype>
#include <cstdlib>
#include <cxxabi.h>
#include <dlfcn.h>
#include <elf.h>
#include <fstream>
#include <iterator>
#include <map>

namespace {

struct Symbol {
  std::string mangled;
  Variable variable;
};
using Symbols = std::map<const char *, Symbol>; // by address

extern "C" char __ehdr_start EMU_HIDDEN;

std::string fileOfLibrary() {
  Dl_info info;
  return dladdr(&__ehdr_start, &info) ? info.dli_fname : "";
}

// The last part of a mangled name, such as "tile" of "the variable tile of a function".
std::string plainName(const char *mangled) {
  char *text = abi::__cxa_demangle(mangled, nullptr, nullptr, nullptr);
  std::string name = text ? text : mangled;
  free(text);
  size_t colon = name.rfind("::");
  return colon == std::string::npos ? name : name.substr(colon + 2);
}

Symbols readSymbols() {
  std::ifstream in(fileOfLibrary(), std::ios::binary);
  std::string file{std::istreambuf_iterator<char>(in), {}};
  Symbols symbols;
  if (file.size() < sizeof(Elf64_Ehdr)) return symbols;
  auto *header = reinterpret_cast<const Elf64_Ehdr *>(file.data());
  auto *sections = reinterpret_cast<const Elf64_Shdr *>(file.data() + header->e_shoff);
  for (int i = 0; i < header->e_shnum; i++) {
    if (sections[i].sh_type != SHT_SYMTAB) continue;
    const char *names = file.data() + sections[sections[i].sh_link].sh_offset;
    auto *table = reinterpret_cast<const Elf64_Sym *>(file.data() + sections[i].sh_offset);
    for (size_t s = 0; s < sections[i].sh_size / sizeof(Elf64_Sym); s++) {
      if (ELF64_ST_TYPE(table[s].st_info) != STT_OBJECT) continue;
      const char *mangled = names + table[s].st_name;
      char *from = &__ehdr_start + table[s].st_value;
      symbols[from] = {mangled, {plainName(mangled), from, from + table[s].st_size}};
    }
  }
  return symbols;
}

// Kernels are functions of C linkage, which the mangled names of their variables begin with; the
// build adds the form to a kernel's name.
bool isOfAnotherKernel(const Symbol &symbol, const EmuKernel &kernel) {
  const std::string &mangled = symbol.mangled;
  bool ofKernel = mangled.rfind("_ZZ", 0) == 0 && mangled.size() > 3 && isdigit(mangled[3]);
  std::string name = std::string(kernel.name) + "_checked";
  return ofKernel && mangled.rfind("_ZZ" + std::to_string(name.size()) + name, 0) != 0;
}

} // namespace

const Variable *variableAt(const EmuKernel &kernel, const char *p) {
  static const Symbols symbols = readSymbols();
  auto next = symbols.upper_bound(p);
  if (next == symbols.begin()) return nullptr;
  const Symbol &symbol = (--next)->second;
  bool meant = p < symbol.variable.to && !isOfAnotherKernel(symbol, kernel);
  return meant ? &symbol.variable : nullptr;
}
