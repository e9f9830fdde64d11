#ifdef ATTUNE_LIBTORCH
#include "parallel.hpp"

#include <ATen/Parallel.h>
#include <c10/util/ParallelGuard.h>
#include <dlfcn.h>
#include <sched.h>

#include <atomic>
#include <exception>

#include "team.hpp"

namespace {

/// LibTorch's OpenMP runtime, by the functions that compiled programs call. Not every build of LibTorch has one.
struct Runtime {
  void (*run)(void (*member)(void *), void *data, unsigned threads, unsigned flags);
  int (*thread)();
  int (*threads)();

  template <typename Function>
  static void find(Function &function, const char *name) {
    function = reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
  }

  Runtime() {
    find(run, "GOMP_parallel");
    find(thread, "omp_get_thread_num");
    find(threads, "omp_get_num_threads");
  }

  bool is_there() const { return run != nullptr && thread != nullptr && threads != nullptr; }
};

const Runtime &runtime() {
  static const Runtime value;
  return value;
}

/// What the threads of one loop share.
struct Team {
  int64_t begin, end;
  void (*body)(void *, int64_t, int64_t);
  void *context;
  std::atomic_flag has_failed = ATOMIC_FLAG_INIT;
  std::exception_ptr error;

  static void member(void *data) {
    auto &team = *static_cast<Team *>(data);
    const int64_t threads = runtime().threads(), thread = runtime().thread(),
                  part = (team.end - team.begin + threads - 1) / threads, first = team.begin + thread * part;
    if (first >= team.end) return;
    try {
      c10::ParallelGuard guard(true);
      team.body(team.context, first, std::min(team.end, first + part));
    } catch (...) {
      if (!team.has_failed.test_and_set()) team.error = std::current_exception();
    }
  }
};

}  // namespace

void attune::parallel_ranges(int64_t begin, int64_t end, int64_t grain, void (*body)(void *, int64_t, int64_t),
                             void *context) {
  if (begin >= end) return;
  const int64_t parts = (end - begin + grain - 1) / grain,
                threads = std::min<int64_t>(at::get_num_threads(), parts);
  if (threads <= 1 || at::in_parallel_region() || !runtime().is_there()) return body(context, begin, end);
  Team team{begin, end, body, context};
  runtime().run(&Team::member, &team, static_cast<unsigned>(threads), 0);
  if (team.error) std::rethrow_exception(team.error);
}

void attune::Member::pause(int spins) {
  if (spins > 200) {
    sched_yield();
    return;
  }
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

void attune::run_together(const std::function<void(Member &)> &work) {
  struct Data {
    const std::function<void(Member &)> &work;
    std::atomic<int64_t> arrivals{0};
  } data{work};
  if (at::get_num_threads() <= 1 || at::in_parallel_region() || !runtime().is_there()) {
    Member alone(0, 1, data.arrivals);
    return work(alone);
  }
  runtime().run(
      [](void *pointer) {
        auto &data = *static_cast<Data *>(pointer);
        c10::ParallelGuard guard(true);
        Member member(runtime().thread(), runtime().threads(), data.arrivals);
        data.work(member);
      },
      &data, static_cast<unsigned>(at::get_num_threads()), 0);
}
#endif
