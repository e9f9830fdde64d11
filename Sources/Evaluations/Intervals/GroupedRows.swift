/// The rows of each group, groups in order of their first row.
///
/// Rows lie in one array, group after group: a resample touches a slice, not an array of arrays.
struct GroupedRows {
  private let rows: [Int]
  private let starts: [Int]

  init<Group: Hashable>(_ groups: some Sequence<Group>) {
    var numbers: [Group: Int] = [:]
    var groupOfRow: [Int] = []
    for group in groups {
      let next = numbers.count
      let number = numbers[group] ?? next
      if number == next { numbers[group] = next }
      groupOfRow.append(number)
    }
    var counts = [Int](repeating: 0, count: numbers.count)
    for group in groupOfRow { counts[group] += 1 }
    var starts = [0]
    for count in counts { starts.append((starts.last ?? 0) + count) }
    var cursors = starts
    var rows = [Int](repeating: 0, count: groupOfRow.count)
    for (row, group) in groupOfRow.enumerated() {
      rows[cursors[group]] = row
      cursors[group] += 1
    }
    self.rows = rows
    self.starts = starts
  }

  /// How many groups there are.
  var count: Int { starts.count - 1 }

  /// The rows of a group, ascending.
  subscript(group: Int) -> ArraySlice<Int> { rows[starts[group]..<starts[group + 1]] }
}
