/// The vectors of a reference before those of current data, all of one dimension.
struct PooledVectors: Sendable, Hashable {
  let rows: [[Double]]
  let referenceCount: Int

  /// Traps where dimensions differ or numbers are not finite.
  init(reference: [[Double]], current: [[Double]]) {
    rows = reference + current
    referenceCount = reference.count
    for row in rows {
      requireSameCount(row.count, dimension, "dimensions of two vectors")
      requireFinite(row, "vectors")
    }
  }

  var dimension: Int { rows.first?.count ?? 0 }
  var currentCount: Int { rows.count - referenceCount }
}
