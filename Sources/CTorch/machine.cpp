#ifdef ATTUNE_LIBTORCH
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/version.h>

#include <cstdlib>
#include <mutex>

#include "arena.hpp"
#include "machine.hpp"
#include "status.hpp"

#if defined(__x86_64__)
#include <cpuid.h>
#endif
#if defined(__GLIBC__)
#include <malloc.h>
#endif

using namespace attune;

namespace {

struct Processor {
  bool is_intel = false, has_avx512 = false, amx_without_tile_information = false;
};

Processor inspect() {
  Processor processor;
#if defined(__x86_64__)
  unsigned a, b, c, d;
  if (!__get_cpuid(0, &a, &b, &c, &d)) return processor;
  const unsigned last_leaf = a;
  processor.is_intel = b == signature_INTEL_ebx && c == signature_INTEL_ecx && d == signature_INTEL_edx;
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d)) {
    processor.has_avx512 = (b >> 16) & 1;
    const bool has_amx = ((d >> 22) | (d >> 24) | (d >> 25)) & 1;  // bfloat16, tile, int8
    // Leaf 0x1D describes the tiles. Some virtual machines advertise AMX and leave it out.
    bool tiles_described = false;
    if (last_leaf >= 0x1D && __get_cpuid_count(0x1D, 0, &a, &b, &c, &d)) tiles_described = a != 0;
    processor.amx_without_tile_information = has_amx && !tiles_described;
  }
#endif
  return processor;
}

const Processor &processor() {
  static const Processor value = inspect();
  return value;
}

}  // namespace

// LibTorch's float32 products go to MKL, which keeps AVX-512 for Intel's processors: on an AMD
// EPYC of 2025 it reached 180 GFLOP/s on two cores where oneDNN reached 420.
bool attune::prefers_onednn() {
  return processor().has_avx512 && !processor().is_intel && onednn_available();
}

ct_status ct_prepare(ct_machine *machine) {
  return guarded([&] {
    static std::once_flag once;
    std::call_once(once, [] {
#if defined(__GLIBC__)
      // glibc gives large buffers back to the kernel after every step and faults them in again.
      mallopt(M_MMAP_MAX, 0);
      mallopt(M_TRIM_THRESHOLD, -1);
#endif
      // oneDNN compiles a kernel for each shape of a product, and the number of tokens changes with
      // every batch: a thousand of them, its default, hold 400 MB.
      setenv("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "128", 0);
      setenv("LRU_CACHE_CAPACITY", "128", 0);
#if defined(__linux__)
      use_arena();
#endif
      if (processor().amx_without_tile_information) setenv("ONEDNN_MAX_CPU_ISA", "AVX512_CORE_FP16", 0);
    });
    machine->amx_without_tile_information = processor().amx_without_tile_information;
    machine->products_by_onednn = prefers_onednn();
    machine->has_avx512 = processor().has_avx512;
    machine->has_cuda = at::hasCUDA();
  });
}

ct_status ct_set_threads(int32_t count) {
  return guarded([&] { at::set_num_threads(count); });
}

int32_t ct_threads(void) { return at::get_num_threads(); }

const char *ct_version(void) { return TORCH_VERSION; }
#endif
