#if LibTorch
  import Testing

  import TorchEngine

  /// Checks that a call fails with a file's error, one line that holds each of `parts`.
  func expectError<Value>(
    _ parts: [String], sourceLocation: SourceLocation = #_sourceLocation,
    from call: () throws -> Value
  ) {
    let error = #expect(throws: EngineError.self, sourceLocation: sourceLocation) {
      _ = try call()
    }
    guard let error, case .file(let path, let problem) = error else { return }
    #expect(error.description == "\(path): \(problem)", sourceLocation: sourceLocation)
    for part in parts { #expect(error.description.contains(part), sourceLocation: sourceLocation) }
    #expect(!error.description.contains("\n"), sourceLocation: sourceLocation)
  }
#endif
