import Foundation
import TorchEngine

/// What `attune doctor` finds out about this machine and this build.
struct Checkup {
  let machine = Machine()
  let cache: CacheFolder
  let libTorch: String?
  let libTorchPath: String?
  let engine: EngineMachine?
  let threads: Int
  /// Floating-point operations a second.
  let rate: Double?
  /// Weights of the largest model whose training fits into the memory that is available.
  ///
  /// Weights, gradients and two moments take 16 bytes a weight, activations and buffers about a quarter
  /// more (`attune plan` knows better for one run), and the program with its libraries 0.3 GB.
  var largestModel: Int { max(0, machine.availableMemory - 300_000_000) / 20 }
  /// Why training does not work, and what to do; nothing when it does.
  let problem: String?

  /// Looks at everything; takes about a second.
  init(environment: [String: String]) {
    cache = CacheFolder(environment: environment)
    libTorch = Engine.version
    libTorchPath = Self.loadedLibrary("libtorch_cpu")
    threads = Engine.threads
    guard libTorch != nil else {
      (engine, rate) = (nil, nil)
      problem =
        "this attune was built without LibTorch, so it can check data and tokenize, but neither "
        + "train nor score; run scripts/libtorch and build again without --disable-default-traits"
      return
    }
    do {
      let engine = try Engine.prepare()
      try EngineTrial.train()
      (self.engine, rate, problem) = (engine, try EngineTrial.floatingPointRate(), nil)
    } catch {
      (engine, rate) = (nil, nil)
      problem =
        "training does not work here: \(FailureMapping.failure(for: error).description); "
        + "check that LibTorch is the one this attune was built with: scripts/libtorch finds it"
    }
  }

  /// The path that the running program has a library from, where the system tells.
  private static func loadedLibrary(_ name: String) -> String? {
    guard let maps = FileManager.default.contents(atPath: "/proc/self/maps") else { return nil }
    return String(decoding: maps, as: UTF8.self).split(separator: "\n")
      .first { $0.contains(name) }
      .flatMap { line in line.firstIndex(of: "/").map { String(line[$0...]) } }
  }
}
