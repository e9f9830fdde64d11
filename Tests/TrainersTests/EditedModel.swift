#if LibTorch
  import Foundation
  import Testing

  /// A copy of a model with other weights: bytes of its safetensors file are changed,
  /// by the format's description and not by the writer that is under test.
  struct EditedModel {
    /// The copy's directory.
    let directory: String
    private let name: String
    private var file: Data
    private let header: [String: Entry]
    private let start: Int

    private struct Entry: Decodable {
      var shape: [Int]?
      var data_offsets: [Int]?
    }

    /// Copies a model.
    ///
    /// - Parameters:
    ///   - folder: Holds the copy.
    ///   - name: The copy's name; one that is there already gets the source's weights again.
    ///   - source: The directory of the model; without it, the fixture's.
    ///   - weights: The file whose weights are to be others.
    /// - Throws: What the disk throws.
    init(
      in folder: TemporaryFolder, name: String, of source: String = Fixture.model,
      weights: String = "model.safetensors"
    ) throws {
      directory = folder.path(name)
      self.name = weights
      if !FileManager.default.fileExists(atPath: directory) {
        try FileManager.default.copyItem(atPath: source, toPath: directory)
      }
      file = try Data(contentsOf: URL(filePath: "\(source)/\(weights)"))
      let length = file.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
      start = 8 + Int(length)
      header = try JSONDecoder().decode([String: Entry].self, from: file[8..<start])
    }

    /// The tensors' names, sorted.
    var names: [String] { header.keys.filter { $0 != "__metadata__" }.sorted() }

    /// The number of weights of a tensor.
    func count(of name: String) throws -> Int {
      try #require(header[name]?.shape).reduce(1, *)
    }

    /// One weight.
    subscript(name: String, index: Int) -> Float {
      get {
        file.withUnsafeBytes {
          Float(
            bitPattern: UInt32(
              littleEndian: $0.loadUnaligned(fromByteOffset: byte(name, index), as: UInt32.self)))
        }
      }
      set {
        let place = byte(name, index)
        withUnsafeBytes(of: newValue.bitPattern.littleEndian) {
          file.replaceSubrange(place..<place + 4, with: $0)
        }
      }
    }

    private func byte(_ name: String, _ index: Int) -> Int {
      guard let offset = header[name]?.data_offsets?.first else {
        preconditionFailure("no tensor \(name)")
      }
      return start + offset + 4 * index
    }

    /// Puts the weights on the disk.
    func save() throws {
      try file.write(to: URL(filePath: "\(directory)/\(name)"))
    }
  }
#endif
