#if defined(ATTUNE_LIBTORCH) && defined(__linux__)
#include "arena.hpp"

#include <c10/core/CPUAllocator.h>
#include <sys/mman.h>
#include <unistd.h>

#include <map>
#include <mutex>
#include <unordered_map>

namespace {

/// Gaps in the order of their addresses; neighbours are joined.
class Gaps {
 public:
  explicit Gaps(size_t size) { gaps[0] = size; }

  /// Takes `size` bytes from the lowest gap that has them; −1 where none has.
  int64_t take(size_t size) {
    for (auto gap = gaps.begin(); gap != gaps.end(); ++gap) {
      if (gap->second < size) continue;
      const auto [start, length] = *gap;
      gaps.erase(gap);
      if (length > size) gaps[start + size] = length - size;
      return static_cast<int64_t>(start);
    }
    return -1;
  }

  void give_back(size_t start, size_t size) {
    const auto after = gaps.lower_bound(start);
    if (after != gaps.end() && after->first == start + size) {
      size += after->second;
      gaps.erase(after);
    }
    if (const auto next = gaps.lower_bound(start); next != gaps.begin()) {
      const auto before = std::prev(next);
      if (before->first + before->second == start) {
        before->second += size;
        return;
      }
    }
    gaps[start] = size;
  }

 private:
  std::map<size_t, size_t> gaps;
};

class Arena final : public c10::Allocator {
 public:
  Arena(char *base, size_t size, c10::Allocator *small) : base(base), size(size), gaps(size), small(small) {}

  c10::DataPtr allocate(size_t count) override {
    if (count >= smallest) {
      const size_t size = (count + page - 1) / page * page;
      const std::lock_guard lock(guard);
      if (const auto start = gaps.take(size); start >= 0) {
        char *address = base + start;
        sizes[address] = size;
        return {address, address, &release, c10::Device(c10::DeviceType::CPU)};
      }
    }
    return small->allocate(count);
  }

  c10::DeleterFnPtr raw_deleter() const override { return &release_any; }

  void copy_data(void *destination, const void *source, size_t count) const override {
    default_copy_data(destination, source, count);
  }

  static Arena *instance;

 private:
  /// Below it a tensor is small, and its waste too.
  static constexpr size_t smallest = 128 << 10, page = 4096;

  static void release(void *address) {
    auto &arena = *instance;
    const std::lock_guard lock(arena.guard);
    const auto entry = arena.sizes.find(address);
    arena.gaps.give_back(static_cast<char *>(address) - arena.base, entry->second);
    arena.sizes.erase(entry);
  }

  /// Of tensors of both kinds: where one was allocated is not known to who frees by this.
  static void release_any(void *address) {
    const auto *begin = instance->base, *place = static_cast<char *>(address);
    place >= begin && place < begin + instance->size ? release(address) : instance->small->raw_deleter()(address);
  }

  std::mutex guard;
  char *const base;
  const size_t size;
  Gaps gaps;
  std::unordered_map<void *, size_t> sizes;
  c10::Allocator *const small;
};

Arena *Arena::instance = nullptr;

}  // namespace

void attune::use_arena() {
  // A tensor larger than all memory is refused by the allocator behind.
  const size_t size = static_cast<size_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<size_t>(sysconf(_SC_PAGESIZE));
  void *base = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  // Where addresses are limited, all stays as it was.
  if (base == MAP_FAILED) return;
  // A third of the page faults.
  madvise(base, size, MADV_HUGEPAGE);
  Arena::instance = new Arena(static_cast<char *>(base), size, c10::GetCPUAllocator());
  c10::SetCPUAllocator(Arena::instance, 1);
}
#endif
