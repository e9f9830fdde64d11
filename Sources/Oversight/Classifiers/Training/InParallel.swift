internal import Dispatch
internal import Synchronization

/// What a function makes of items, several of them at a time.
///
/// - Parameters:
///   - items: What it is given.
///   - transform: The function.
/// - Returns: One result an item, in order.
func inParallel<Item: Sendable, Value: Sendable>(
  _ items: [Item], _ transform: @Sendable (Item) -> Value
) -> [Value] {
  let values = Mutex([Value?](repeating: nil, count: items.count))
  DispatchQueue.concurrentPerform(iterations: items.count) { index in
    let value = transform(items[index])
    values.withLock { $0[index] = value }
  }
  return values.withLock { $0.compactMap(\.self) }
}
