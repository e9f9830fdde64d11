import Foundation

/// Reads a recorded file that lies in `Fixtures` beside this one.
///
/// The path is taken from the source, so that the package needs no resource bundle.
func fixture<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
  let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
  return try JSONDecoder().decode(type, from: Data(contentsOf: url))
}
