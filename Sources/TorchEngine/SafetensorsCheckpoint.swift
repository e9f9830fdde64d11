#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The weights of a model directory: `model.safetensors`, or the shards that
/// `model.safetensors.index.json` names.
public struct SafetensorsCheckpoint {
  /// The model directory.
  public let directory: String
  private var files: [String: SafetensorsFile] = [:]

  /// Opens all weight files of a directory.
  ///
  /// - Parameter directory: A model directory in the Hugging Face layout.
  /// - Throws: ``EngineError`` if there are no safetensors (pickled weights are refused with the
  ///   remedy), a shard is missing, or the index and the shards contradict each other.
  public init(directory: String) throws(EngineError) {
    self.directory = directory
    let single = "\(directory)/model.safetensors"
    let index = "\(directory)/model.safetensors.index.json"
    // Where both are there, transformers reads the single file too.
    if FileManager.default.fileExists(atPath: single) {
      let file = try SafetensorsFile(path: single)
      for name in file.names { files[name] = file }
    } else if FileManager.default.fileExists(atPath: index) {
      try openShards(index)
    } else {
      throw missingWeights()
    }
  }

  /// The tensors' names, sorted.
  public var names: [String] { files.keys.sorted() }

  /// A tensor's shape, or `nil` if there is none of the name.
  public func shape(of name: String) -> [Int]? { files[name]?.shape(of: name) }

  /// The file's name of a tensor's number format, for instance "BF16".
  public func format(of name: String) -> String? { files[name]?.format(of: name) }

  /// Copies a tensor into the engine.
  public func tensor(
    _ name: String, as element: ElementType = .float32
  ) throws(EngineError) -> Tensor {
    guard let file = files[name] else {
      throw .file(path: directory, problem: "the checkpoint has no tensor '\(name)'")
    }
    return try file.tensor(name, as: element)
  }

  private mutating func openShards(_ index: String) throws(EngineError) {
    struct Index: Decodable {
      var weight_map: [String: String]
    }
    let map: [String: String]
    do {
      map = try JSONDecoder().decode(Index.self, from: Data(contentsOf: URL(filePath: index)))
        .weight_map
    } catch {
      throw .file(path: index, problem: "is not a JSON object with a weight_map of file names")
    }
    var shards: [String: SafetensorsFile] = [:]
    for shard in Set(map.values).sorted() {
      guard !shard.contains("/"), shard.hasSuffix(".safetensors") else {
        throw .file(
          path: index, problem: "names '\(shard)', which is no safetensors file beside it")
      }
      shards[shard] = try SafetensorsFile(path: "\(directory)/\(shard)")
    }
    for (name, shard) in map.sorted(by: { $0.key < $1.key }) {
      guard let file = shards[shard], file.shape(of: name) != nil else {
        throw .file(
          path: index, problem: "promises tensor '\(name)' in \(shard), which does not have it")
      }
      files[name] = file
    }
  }

  private func missingWeights() -> EngineError {
    let contents = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    let pickled = contents.sorted().first {
      [".bin", ".pt", ".pth", ".ckpt"].contains(where: $0.hasSuffix)
    }
    if let pickled {
      return .file(
        path: "\(directory)/\(pickled)",
        problem: "pickled weights can run code when they are read, so Attune reads safetensors "
          + "alone; convert once with transformers: "
          + "AutoModelForCausalLM.from_pretrained(DIR).save_pretrained(DIR)")
    }
    return .file(
      path: directory,
      problem: "has no model.safetensors (nor model.safetensors.index.json); "
        + "name a model directory in the Hugging Face layout")
  }
}
