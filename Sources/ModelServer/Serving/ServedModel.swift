internal import LanguageModels
internal import Sampling
public import Tokenization
internal import Trainers

/// A model that a server answers by: what is known of it on any thread.
public struct ServedModel: Sendable {
  /// What requests call it.
  public let name: String
  /// Its model directory.
  public let directory: String
  /// SHA-256 over its configuration and weights, 64 hexadecimal digits: the version of the policy.
  public let fingerprint: String
  /// Its tokenizer.
  public let tokenizer: Tokenizer
  /// The ids at which it ends what it says.
  public let ends: Set<Int32>
  /// Tokens that it has positions for; `nil` for no limit of its own.
  public let positions: Int?

  /// Reads the small files of a model directory, and takes the fingerprint of its weights.
  ///
  /// - Parameters:
  ///   - directory: A model directory in the Hugging Face layout.
  ///   - name: What requests call it; `nil` for the directory's name.
  /// - Throws: `ModelError` or `TokenizerError` for what the directory lacks; `TrainingError` where the
  ///   tokenizer has ids that the model has not; Foundation's error where a file cannot be read.
  public init(directory: String, name: String? = nil) throws {
    let configuration = try TransformerConfiguration(directory: directory)
    tokenizer = try Tokenizer(directory: directory)
    try configuration.check(tokenizer, of: directory)
    let own = try EndsOfSequence(directory: directory).ids
    ends = own.union([tokenizer.endOfSequence].compactMap(\.self))
    fingerprint = try ModelFingerprint(directory: directory).hexadecimal
    positions = configuration.sequenceLimit
    self.directory = directory
    self.name = name ?? Self.name(of: directory)
  }

  /// What responses say of the version: `fp_` and the first digits of ``fingerprint``.
  public var systemFingerprint: String { "fp_\(fingerprint.prefix(16))" }

  /// The last part of a path.
  private static func name(of directory: String) -> String {
    directory.split(separator: "/").last.map(String.init) ?? "model"
  }
}
