#if canImport(Glibc)
  import Glibc
#endif

/// How the engine's threads wait for each other.
///
/// The OpenMP runtime behind LibTorch lets a waiting thread spin for some milliseconds. When anything
/// else wants the processor, it spins on the very core that the thread it waits for needs: with one
/// other busy process on two cores, training fell from 7 to 1.2 pairs a second. Here a thread spins for
/// some microseconds, which costs nothing on an idle machine, and then sleeps.
enum ThreadWaiting {
  /// Starts the program anew with short spins, unless the environment says how to wait.
  ///
  /// The runtime reads its environment when it is loaded, which is before `main`; so the process
  /// replaces itself by itself, once, with the variable set. Where it cannot, it goes on as it is.
  static func restartWithShortSpins(environment: [String: String]) {
    #if os(Linux)
      let answers = ["OMP_WAIT_POLICY", "GOMP_SPINCOUNT"]
      guard answers.allSatisfy({ environment[$0] == nil }) else { return }
      setenv("GOMP_SPINCOUNT", "1000", 1)
      var arguments = CommandLine.arguments.map { strdup($0) } + [nil]
      execv("/proc/self/exe", &arguments)
      for argument in arguments { free(argument) }
    #endif
  }
}
