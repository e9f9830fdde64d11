/// Names for models by their directories.
package enum ModelNames {
  /// The last component of each path; of equal ones as many components before it as tell them apart,
  /// and a number where one path is given twice.
  ///
  /// - Parameter directories: Paths.
  /// - Returns: One name a path, all different.
  package static func names(of directories: [String]) -> [String] {
    let paths = directories.map { path in
      path.split(separator: "/").filter { $0 != "." }.map(String.init)
    }
    func name(_ path: [String], _ count: Int) -> String {
      path.isEmpty ? "/" : path.suffix(count).joined(separator: "/")
    }
    let names = paths.map { path in
      let others = paths.filter { $0 != path }
      let count = (1...max(1, path.count)).first { count in
        !others.contains { name($0, count) == name(path, count) }
      }
      return name(path, count ?? path.count)
    }
    var taken: Set<String> = []
    return names.map { name in
      var (unique, number) = (name, 2)
      while !taken.insert(unique).inserted {
        unique = "\(name)-\(number)"
        number += 1
      }
      return unique
    }
  }
}
