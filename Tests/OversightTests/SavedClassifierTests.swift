import Foundation
import Testing

@testable import Oversight

@Suite("Classifiers in folders")
struct SavedClassifierTests {
  private let folder: TemporaryFolder
  private let training = ClassifierTraining(penalty: .given(1e-3))

  init() throws { folder = try TemporaryFolder() }

  private func text() throws -> TextClassifier {
    try TextClassifier(
      TextClassifierTests.texts(40), labels: ["coloured"],
      features: TextFeatures(
        hashed: HashedText(buckets: 1 << 8),
        lexicons: [Lexicon(phrases: ["tree"], allowed: ["tree house"])]),
      lexiconUse: .floor, training: training)
  }

  @Test("what is read is what was written")
  func roundTrip() throws {
    let saved = SavedClassifier.text(try text())
    try saved.save(in: "\(folder.path)/a/b")
    #expect(try SavedClassifier(directory: "\(folder.path)/a/b") == saved)
    #expect(saved.kind == .text && saved.labels.map(\.name) == ["coloured"])
    let texts = TextClassifierTests.texts(40)
    let vectors = texts.texts.indices.map { [Double($0 % 2), Double($0 % 3)] }
    let probe = SavedClassifier.probe(
      try ProbeClassifier(texts, vectors: vectors, model: "m", training: training))
    try probe.save(in: "\(folder.path)/p")
    #expect(try SavedClassifier(directory: "\(folder.path)/p") == probe && probe.kind == .probe)
  }

  @Test("a classifier is not replaced unasked")
  func existing() throws {
    let saved = SavedClassifier.text(try text())
    try saved.save(in: folder.path)
    #expect(throws: ClassifierError.exists(directory: folder.path)) {
      try saved.save(in: folder.path)
    }
    try saved.save(in: folder.path, overwriting: true)
    #expect(SavedClassifier.exists(in: folder.path) && !SavedClassifier.exists(in: "/nowhere"))
    #expect(
      ClassifierError.exists(directory: "d").description
        == "d: there is a classifier already; give another folder, or allow to overwrite it")
    try folder.write("x", to: "file")
    #expect {
      try saved.save(in: "\(folder.path)/file")
    } throws: { error in
      if case ClassifierError.unwritable = error { true } else { false }
    }
  }

  @Test("a folder that is missing, damaged or of a later format is refused, with a sentence")
  func refused() throws {
    let (path, weights) = ("\(folder.path)/classifier.json", "\(folder.path)/weights.bin")
    func sentence() -> String {
      do {
        return "read \(try SavedClassifier(directory: folder.path).kind)"
      } catch {
        return error.description
      }
    }
    #expect(
      sentence()
        == "\(folder.path): there is no classifier.json; give a folder that attune classifier train "
        + "has written")
    try SavedClassifier.text(text()).save(in: folder.path)
    let (content, bytes) = (
      try String(contentsOfFile: path, encoding: .utf8),
      try Data(contentsOf: URL(filePath: weights))
    )
    func restore() throws {
      try folder.write(content, to: "classifier.json")
      try bytes.write(to: URL(filePath: weights))
    }
    try folder.write("{", to: "classifier.json")
    #expect(sentence() == "\(path): is not the description of a classifier; copy or train it again")
    try folder.write(
      content.replacing(#""format" : 1"#, with: #""format" : 2"#), to: "classifier.json")
    #expect(
      sentence()
        == "\(path): is of format 2, and this version knows 1; use a newer version, or train it again"
    )
    for damage in [#""buckets" : 257"#, #""buckets" : 512"#] {
      try folder.write(content.replacing(#""buckets" : 256"#, with: damage), to: "classifier.json")
      #expect(sentence() == "\(path): does not describe a whole classifier; copy or train it again")
    }
    try restore()
    #expect(bytes.count == 4 * (256 + 2))
    try bytes.dropLast(4).write(to: URL(filePath: weights))
    #expect(sentence() == "\(weights): has 1028 bytes, and not 1032; copy or train it again")
    var other = bytes
    other[17] ^= 1
    try other.write(to: URL(filePath: weights))
    #expect(
      sentence()
        == "\(weights): is not what was written with classifier.json; copy or train it again")
    try FileManager.default.removeItem(atPath: weights)
    #expect(sentence() == "\(weights): is missing; copy or train it again")
    try restore()
    #expect(sentence() == "read text")
  }
}
