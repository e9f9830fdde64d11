#if LibTorch
  import Foundation
  import LanguageModels
  import Objectives
  import RunRecords
  import Testing
  import Tokenization
  import TrainingConfiguration

  @testable import Trainers

  @Suite("The cache of the reference's log probabilities")
  struct ReferenceCacheTests {
    private let folder: TemporaryFolder
    private let pairs: [TokenizedPair]
    private let recorded: [Recording.Sums]

    init() throws {
      folder = try TemporaryFolder()
      let recording = try Recording.read()
      pairs = recording.tokens.map(\.pair)
      recorded = recording.reference_log_probabilities
    }

    private func cache(_ model: String = Fixture.model) throws -> ReferenceCache {
      ReferenceCache(
        folder: folder.path("cache"), model: try ModelFingerprint(directory: model))
    }

    /// What the first pair's chosen side has in the cache on the disk.
    private func stored() throws -> Double? { try cache()[pairs[0].sequences[0]] }

    private var file: URL {
      get throws {
        let name = try #require(folder.names(in: "cache").first)
        return URL(filePath: folder.path("cache/\(name)"))
      }
    }

    // MARK: Whole runs

    @Test("a second run reads all values from it, and trains alike")
    func secondRun() throws {
      let first = try TrainingRun(in: folder, name: "first")
      let second = try TrainingRun(in: folder, name: "second")
      #expect(first.referenceReports == [[0, 8, 0], [8, 8, 0]])
      #expect(second.referenceReports == [[0, 0, 8]])
      #expect(second.entries == first.entries)
      #expect(folder.names(in: "cache").count == 1)
    }

    @Test("pairs that are new are scored alone, and join the file")
    func growth() throws {
      let some = try folder.write(rows: Array(Fixture.rows().prefix(3)), to: "some.jsonl")
      _ = try TrainingRun(in: folder, name: "some") { $0.data.files = [some] }
      let all = try TrainingRun(in: folder, name: "all")
      #expect(all.referenceReports.first == [0, 5, 3])
      let again = try TrainingRun(in: folder, name: "again")
      #expect(again.referenceReports.first == [0, 0, 8])
    }

    @Test("steps that are not taken need no reference")
    func visitedAlone() throws {
      let run = try TrainingRun(in: folder) {
        $0.batches.batchSize = 2
        $0.batches.maxSteps = 2
      }
      #expect(run.referenceReports.first == [0, 4, 0])
    }

    @Test("other weights are another file, and so is another config.json")
    func otherWeights() throws {
      _ = try TrainingRun(in: folder, name: "usual")
      var model = try EditedModel(in: folder, name: "other")
      model["model.norm.weight", 0] += 0.5
      try model.save()
      let other = try TrainingRun(in: folder, name: "other-run") {
        $0.referenceModel = model.directory
      }
      #expect(other.referenceReports.first == [0, 8, 0])
      #expect(folder.names(in: "cache").count == 2)
      #expect(try abs(other.values(.loss)[0] - log(2)) > 1e-3)

      let config = folder.path("other/config.json")
      let text = try String(contentsOfFile: config, encoding: .utf8)
      try folder.write(
        text.replacing("\"rms_norm_eps\": 1e-06", with: "\"rms_norm_eps\": 1e-05"),
        to: "other/config.json")
      let changed = try TrainingRun(in: folder, name: "changed") {
        $0.referenceModel = model.directory
      }
      #expect(changed.referenceReports.first == [0, 8, 0])
      #expect(folder.names(in: "cache").count == 3)
    }

    @Test("a folder that cannot be made is told of, and the run goes on")
    func unwritable() throws {
      let obstacle = try folder.write("", to: "obstacle")
      let run = try TrainingRun(in: folder) { $0.referenceCache = "\(obstacle)/cache" }
      #expect(run.summary.steps == 5)
      #expect(
        run.notes == [
          "the reference's log probabilities could not be kept, so that the next run computes them "
            + "again: \(obstacle)/cache: cannot make the folder: Not a directory; "
            + "check the path, its permissions and free space"
        ])
    }

    @Test("a folder that cannot be written in is told of too")
    func occupied() throws {
      // A superuser may write anywhere, but nobody may replace a folder by a file.
      let name = try ModelFingerprint(directory: Fixture.model).hexadecimal
      try FileManager.default.createDirectory(
        atPath: folder.path("cache/\(name).bin"), withIntermediateDirectories: true)
      let run = try TrainingRun(in: folder)
      #expect(run.summary.steps == 5)
      #expect(run.notes.count == 1)
      #expect(run.notes[0].contains("\(name).bin: is not a regular file"))
    }

    // MARK: The file

    @Test("values come back as they were, for the same ids and the same start of the completion")
    func roundTrip() throws {
      var cache = try cache()
      let values = [-1.5, -Double.leastNonzeroMagnitude, 0, -1e300, -Double.pi]
      let sequences = pairs.flatMap(\.sequences)
      for (sequence, value) in zip(sequences, values) { cache[sequence] = value }
      try cache.save()
      let read = try self.cache()
      for (sequence, value) in zip(sequences, values) { #expect(read[sequence] == value) }
      #expect(read[sequences[values.count]] == nil)
      var shifted = sequences[0]
      shifted.completionStart -= 1
      #expect(read[shifted] == nil)
    }

    @Test("a damaged file counts as empty, wherever the damage is, and is written anew")
    func damage() throws {
      _ = try TrainingRun(in: folder, name: "first")
      let whole = try Data(contentsOf: try file)
      let good = try #require(try stored())
      var damaged: [Data] = [Data(), Data("not a cache".utf8), whole + [0], whole + whole]
      for length in [1, 10, 24, 25, 32, 33, 48, 56, 150] { damaged.append(whole.dropLast(length)) }
      for place in [0, 10, 24, 30, 47, 60, whole.count - 33, whole.count - 1] {
        var copy = whole
        copy[place] ^= 0x10
        damaged.append(copy)
      }
      for bytes in damaged {
        try bytes.write(to: try file)
        #expect(try stored() == nil)
      }
      let again = try TrainingRun(in: folder, name: "again")
      #expect(again.referenceReports.first == [0, 8, 0])
      #expect(try stored() == good)
      #expect(try Data(contentsOf: try file).count == whole.count)
    }

    @Test("a value that is not finite is used and never kept", arguments: [Double.nan, -.infinity])
    func notFinite(value: Double) throws {
      var cache = try cache()
      let sequences = pairs[0].sequences
      cache[sequences[0]] = value
      try cache.save()
      #expect(folder.names(in: "cache").isEmpty)
      cache[sequences[1]] = -2
      try cache.save()
      #expect(try #require(cache[sequences[0]]).isFinite == false)
      let read = try self.cache()
      #expect(read[sequences[0]] == nil)
      #expect(read[sequences[1]] == -2)
    }

    // MARK: The pass of the reference

    @Test("the model is read when a value is missing, not otherwise, and freed after the pass")
    func laziness() throws {
      weak var model: CausalLanguageModel?
      var opened = 0
      func score() throws -> ReferenceLogProbabilities {
        var cache = try cache()
        let scored = try ReferenceLogProbabilities(
          training: pairs, visited: [0, 2], heldOut: [pairs[5]],
          lengthDesensitization: nil, cache: &cache,
          model: {
            let opening = try CausalLanguageModel(directory: Fixture.model)
            (model, opened) = (opening, opened + 1)
            return opening
          },
          report: { _, _, _ in })
        try cache.save()
        return scored
      }
      let scored = try score()
      #expect(opened == 1)
      #expect(model == nil)
      let cached = try score()
      #expect(opened == 1)
      for values in [scored, cached] {
        let shape = PairLogProbabilities(
          chosen: [0], rejected: [0], chosenTokens: [3], rejectedTokens: [4])
        let two = values.training.logProbabilities(of: [2], like: shape)
        #expect(abs(two.chosen[0] - recorded[2].chosen) < 1e-4)
        #expect(abs(two.rejected[0] - recorded[2].rejected) < 1e-4)
        #expect((two.chosenTokens, two.rejectedTokens) == ([3], [4]))
        let held = values.heldOut.logProbabilities(of: [0], like: shape)
        #expect(abs(held.chosen[0] - recorded[5].chosen) < 1e-4)
      }
    }
  }
#endif
