#if LibTorch
  import LanguageModels
  import Tokenization
  import TorchEngine

  extension CausalLanguageModel {
    /// What the whole pass says of each token that may follow, by training's own way of asking.
    ///
    /// - Parameter sequences: Sequences that are not empty.
    /// - Returns: For each sequence, log π of each token of the vocabulary.
    /// - Throws: `EngineError`.
    func nextTokens(after sequences: [[Int32]]) throws -> [ArraySlice<Float>] {
      let size = configuration.vocabularySize
      let all = (0..<sequences.count).flatMap { _ in 0..<Int64(size) }
      let scored = try withoutGradients { () throws(EngineError) in
        try logProbabilities(
          of: PackedBatch(sequences.map { [.init(prompt: $0, completion: [0])] }),
          candidates: TokenCandidates(
            ids: all, offsets: (0...sequences.count).map { Int64($0 * size) }))
      }
      let values = scored.candidateLogProbabilities ?? []
      return stride(from: 0, to: values.count, by: size).map { values[$0..<$0 + size] }
    }
  }
#endif
