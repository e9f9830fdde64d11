/// The strongly connected components of a directed graph: sets within which every node leads to
/// every other.
///
/// - Parameter edges: The nodes each node has an edge to.
/// - Returns: Components with ascending nodes, in order of their least one.
///
/// Tarjan's algorithm (1972) with its recursion kept in an array, so that a long chain of items
/// does not exhaust the stack.
func strongComponents(edges: [[Int]]) -> [[Int]] {
  var (index, low) = (
    [Int?](repeating: nil, count: edges.count), [Int](repeating: 0, count: edges.count)
  )
  var isOnStack = [Bool](repeating: false, count: edges.count)
  var (stack, components): ([Int], [[Int]]) = ([], [])
  var visited = 0
  for root in edges.indices where index[root] == nil {
    var path = [(node: root, edge: 0)]
    while let (node, edge) = path.last {
      if edge == 0 {
        (index[node], low[node]) = (visited, visited)
        visited += 1
        stack.append(node)
        isOnStack[node] = true
      }
      if edge < edges[node].count {
        path[path.count - 1].edge += 1
        let next = edges[node][edge]
        if index[next] == nil {
          path.append((next, 0))
        } else if isOnStack[next], let seen = index[next] {
          low[node] = min(low[node], seen)
        }
        continue
      }
      path.removeLast()
      if let parent = path.last?.node { low[parent] = min(low[parent], low[node]) }
      guard low[node] == index[node], let start = stack.lastIndex(of: node) else { continue }
      let component = stack[start...].sorted()
      stack.removeSubrange(start...)
      for member in component { isOnStack[member] = false }
      components.append(component)
    }
  }
  return components.sorted { $0[0] < $1[0] }
}
