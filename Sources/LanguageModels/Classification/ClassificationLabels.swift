#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The labels of a sequence classifier, and how its logits become probabilities.
public struct ClassificationLabels: Sendable, Hashable {
  /// How logits become probabilities.
  public enum Kind: Sendable, Hashable {
    /// Exactly one label is true: softmax.
    case single
    /// Any number of them is: a sigmoid each.
    case several
  }

  /// The names, in the order of the logits.
  public let names: [String]
  /// How logits become probabilities.
  public let kind: Kind

  /// Labels.
  ///
  /// - Parameters:
  ///   - names: The names, in the order of the logits.
  ///   - kind: How logits become probabilities.
  public init(names: [String], kind: Kind) {
    (self.names, self.kind) = (names, kind)
  }

  /// Reads `id2label`, `num_labels` and `problem_type` of a `config.json`.
  ///
  /// Without names the labels are `LABEL_0` and so on, as transformers calls them; of a classifier that
  /// does not say, one label is a sigmoid and several are a softmax, as its pipeline has it.
  ///
  /// - Parameter directory: A sequence classifier in the Hugging Face layout.
  /// - Throws: ``ModelError`` for another network, for a regression, and for names that do not fit.
  public init(directory: String) throws(ModelError) {
    struct Fields: Decodable {
      var num_labels: Int?
      var id2label: [String: String]?
      var problem_type: String?
    }
    let file = try ConfigurationFile(path: "\(directory)/config.json")
    guard try file.architecture().task == .sequenceClassification else {
      throw file.refused("is no sequence classifier; train one with `attune classifier train`")
    }
    let fields = try file.decoded(Fields.self)
    let count = fields.num_labels ?? fields.id2label?.count ?? 2
    try file.check(["num_labels": count])
    let known = fields.id2label ?? [:]
    guard known.isEmpty || known.count == count else {
      throw file.refused("id2label names \(known.count) labels, and num_labels is \(count)")
    }
    let names = (0..<count).map { known["\($0)"] ?? "LABEL_\($0)" }
    guard known.isEmpty || (0..<count).allSatisfy({ known["\($0)"] != nil }),
      Set(names).count == count
    else { throw file.refused("id2label does not name each label from 0 on, each differently") }
    switch fields.problem_type {
    case "multi_label_classification": kind = .several
    case "single_label_classification", nil: kind = count == 1 ? .several : .single
    case let other?:
      throw file.refused(
        "problem_type is '\(other)', but must be single_label_classification or "
          + "multi_label_classification")
    }
    self.names = names
  }

  /// The probabilities that logits stand for.
  ///
  /// - Parameter logits: One a label.
  /// - Returns: One a label, each from 0 to 1.
  public func probabilities(of logits: [Double]) -> [Double] {
    precondition(logits.count == names.count, "\(logits.count) logits, \(names.count) labels")
    switch kind {
    case .several:
      return logits.map { $0 >= 0 ? 1 / (1 + exp(-$0)) : exp($0) / (1 + exp($0)) }
    case .single:
      let largest = logits.max() ?? 0
      let powers = logits.map { exp($0 - largest) }
      let sum = powers.reduce(0, +)
      return powers.map { $0 / sum }
    }
  }
}
