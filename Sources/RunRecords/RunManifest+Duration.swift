#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension RunManifest {
  /// How long the processes of a run have worked on the steps that count, in seconds: each from its start
  /// to the last number that it logged. The time between them is no part of it, nor are steps that were
  /// taken again.
  ///
  /// - Parameter directory: The run directory.
  /// - Returns: The sum; `nil` where nothing was logged.
  /// - Throws: ``RunRecordError`` if the event file cannot be read.
  package func duration(ofRunAt directory: String) throws(RunRecordError) -> Double? {
    var times: [Double] = []
    for name in files.filter(TensorBoardEvents.isFileName) {
      let path = join(directory, name)
      guard FileStatus(followingLinks: path) != nil else { continue }
      // The first record of a file says its version, and nothing of the run.
      times += try TensorBoardEvents.wallTimes(at: path).dropFirst()
    }
    if times.isEmpty { return nil }
    let starts = ([startedAt] + (resumptions ?? []).map(\.startedAt)).map(\.timeIntervalSince1970)
    let ends = starts.dropFirst() + [.infinity]
    return zip(starts, ends).reduce(0) { sum, process in
      let last = times.filter { $0 >= process.0 && $0 < process.1 }.max()
      return sum + (last.map { $0 - process.0 } ?? 0)
    }
  }
}
