internal import CTorch

/// What this processor is and how the engine uses it.
public struct EngineMachine: Equatable, Sendable {
  /// The processor advertises AMX but hides the description of its tiles, as some virtual machines
  /// do. oneDNN would die of SIGILL in bfloat16, so it has been told to stay with AVX-512.
  public let hidesAMXTiles: Bool
  /// Matrix products in float32 are computed by oneDNN; else by the BLAS in LibTorch.
  public let multipliesWithOneDNN: Bool
  /// The processor has AVX-512.
  public let hasAVX512: Bool
  /// LibTorch was built with CUDA.
  public let hasCUDA: Bool
}

/// The process-wide side of LibTorch: its version, its threads, what it found of the processor.
public enum Engine {
  /// LibTorch's version, or `nil` in a build without it.
  public static var version: String? {
    let version = String(cString: ct_version())
    return version.isEmpty ? nil : version
  }

  /// Makes the process ready. The first tensor does so too; later calls change nothing.
  ///
  /// Freed memory is kept rather than given back to the kernel, which made a training step 1.5
  /// times faster; and oneDNN is guarded against a half-visible AMX unit.
  ///
  /// - Returns: What was found.
  /// - Throws: ``EngineError`` in a build without LibTorch.
  @discardableResult
  public static func prepare() throws(EngineError) -> EngineMachine {
    var machine = ct_machine()
    try check(ct_prepare(&machine))
    return EngineMachine(
      hidesAMXTiles: machine.amx_without_tile_information,
      multipliesWithOneDNN: machine.products_by_onednn,
      hasAVX512: machine.has_avx512, hasCUDA: machine.has_cuda)
  }

  /// The number of threads that an operation is split over.
  public static var threads: Int { Int(ct_threads()) }

  /// Sets the number of threads that an operation is split over.
  ///
  /// - Parameter count: At least 1.
  /// - Throws: ``EngineError`` in a build without LibTorch.
  public static func setThreads(_ count: Int) throws(EngineError) {
    precondition(count > 0, "\(count) threads")
    try check(ct_set_threads(Int32(count)))
  }

  /// Tensors that are held by someone; a leak test compares the number before and after.
  public static var liveTensors: Int { Int(ct_live_tensors()) }
}
