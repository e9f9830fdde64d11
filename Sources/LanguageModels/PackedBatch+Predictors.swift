internal import Tokenization

extension PackedBatch {
  /// The rows that predict scored tokens, each once, and for each scored token which of them does.
  ///
  /// ``predictingRows`` repeats a trunk's last row for each of its branches.
  var predictors: (rows: [Int], ofTarget: [Int]) {
    var rows: [Int] = []
    var places: [Int: Int] = [:]
    let ofTarget = predictingRows.map { row in
      if let place = places[row] { return place }
      places[row] = rows.count
      rows.append(row)
      return rows.count - 1
    }
    return (rows, ofTarget)
  }
}
