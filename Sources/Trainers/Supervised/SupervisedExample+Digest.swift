internal import Crypto
internal import Tokenization

extension [SupervisedExample] {
  /// SHA-256 over the token ids of all sequences and over which of them are learned, in their
  /// order.
  var digest: String {
    var hash = SHA256()
    func add(_ number: Int) {
      Swift.withUnsafeBytes(of: number) { hash.update(bufferPointer: $0) }
    }
    for sequence in map(\.sequence) {
      add(sequence.ids.count)
      sequence.ids.withUnsafeBytes { hash.update(bufferPointer: $0) }
      let runs = sequence.scored
      add(runs.count)
      for run in runs {
        add(run.lowerBound)
        add(run.upperBound)
      }
    }
    return hexadecimal(hash.finalize())
  }
}
