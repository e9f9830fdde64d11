/// Ranks from 1; equal values share the mean of the ranks they fill.
func midRanks(_ values: [Double]) -> [Double] {
  let ascending = values.indices.sorted { values[$0] < values[$1] }
  var ranks = [Double](repeating: 0, count: values.count)
  var start = 0
  while start < ascending.count {
    var end = start + 1
    while end < ascending.count && values[ascending[end]] == values[ascending[start]] { end += 1 }
    // Ranks start + 1 to end, whose mean is (start + 1 + end)/2.
    for position in start..<end { ranks[ascending[position]] = Double(start + 1 + end) / 2 }
    start = end
  }
  return ranks
}
