import PreferenceData
import TorchEngine

extension Checkup {
  /// The findings as text for a person.
  ///
  /// - Parameters:
  ///   - stream: Standard error, where progress would go.
  ///   - color: Whether that stream is painted.
  /// - Returns: A line for each finding, without a line feed at the end.
  func rendered(stream: StandardStream, color: TerminalColor) -> String {
    var facts = FactList()
    facts.add("attune", Attune.version)
    facts.add("LibTorch", libTorch ?? "none")
    if let libTorchPath { facts.add("loaded from", libTorchPath) }
    facts.add("processor", "\(machine.processor), \(machine.cores) cores")
    facts.add(
      "memory",
      "\(NumberText.bytes(machine.memory)), \(NumberText.bytes(machine.availableMemory)) available")
    if let engine {
      facts.add("threads", "\(threads)")
      facts.add("products", engine.multipliesWithOneDNN ? "oneDNN" : "BLAS")
      facts.add("AVX-512", engine.hasAVX512 ? "yes" : "no")
      if engine.hidesAMXTiles {
        facts.add(
          "AMX",
          "half visible: this virtual machine advertises it without its description, "
            + "so oneDNN is kept to AVX-512")
      }
      if engine.hasCUDA { facts.add("CUDA", "in this LibTorch; attune computes on the processor") }
    }
    if let rate {
      facts.add(
        "can train",
        "models of up to about \(NumberText.abbreviated(Double(largestModel))) weights, all of them, "
          + "in float32")
      facts.add("speed", "\(NumberText.fixed(rate / 1e9, decimals: 0)) GFLOP/s in float32")
    }
    let free = cache.freeBytes.map { "\(NumberText.bytes($0)) free" } ?? "free space unknown"
    facts.add("cache", "\(cache.path), \(free)")
    facts.add(
      "progress",
      stream.isTerminal
        ? "live, \(stream.width) columns, \(color == .on ? "in colour" : "without colour")"
        : "plain lines, as standard error is no terminal")
    facts.add("training", problem == nil ? "works" : "does not work")
    return facts.rendered()
  }

  /// The findings for programs.
  var report: JSONReport {
    var report = JSONReport()
    report.add("version", Attune.version)
    report.add("libtorch", libTorch)
    report.add("libtorch_path", libTorchPath)
    report.add("processor", machine.processor)
    report.add("cores", machine.cores)
    report.add("memory_bytes", machine.memory)
    report.add("available_memory_bytes", machine.availableMemory)
    report.add("largest_model_parameters", problem == nil ? .number(Double(largestModel)) : .null)
    report.add("threads", threads)
    report.add("products", engine.map { $0.multipliesWithOneDNN ? "onednn" : "blas" })
    report.add("avx512", engine.map { .boolean($0.hasAVX512) } ?? .null)
    report.add("hides_amx_tiles", engine.map { .boolean($0.hidesAMXTiles) } ?? .null)
    report.add("cuda", engine.map { .boolean($0.hasCUDA) } ?? .null)
    report.add("gigaflops", rate.map { .number($0 / 1e9) } ?? .null)
    report.add("cache", cache.path)
    report.add("cache_free_bytes", cache.freeBytes.map { .number(Double($0)) } ?? .null)
    report.add("training_works", .boolean(problem == nil))
    report.add("problem", problem)
    return report
  }
}
