import ModelServer
import WebSupport

/// Who may ask a server, and who may administer it.
struct ServeKeys {
  /// Whose requests are answered: administrators' too.
  let users: KeyRing
  /// Who may administer the server.
  let administrators: KeyRing

  /// Reads the file of keys, and adds those of the command line and the environment. Where nobody could ask, or
  /// nobody administer, a key is made and shown.
  ///
  /// - Parameters:
  ///   - flags: The flags.
  ///   - environment: The process's. An empty variable is none.
  ///   - random: What keys are made from.
  ///   - show: Is told of keys that were made, in a line each.
  /// - Throws: `KeyFileError`.
  init(
    _ flags: ServeKeyFlags, _ environment: [String: String],
    using random: inout some RandomNumberGenerator, show: (String) -> Void
  ) throws {
    let environment = environment.filter { !$0.value.isEmpty }
    var records = try flags.keys.map { try KeyFile.read($0).records } ?? []

    /// No key is called as another one: logs and limits go by names.
    func add(_ name: String, _ digest: SecretDigest, _ role: KeyRecord.Role) {
      let taken = Set(records.map(\.name))
      let names = sequence(first: 1) { $0 + 1 }.lazy.map { $0 == 1 ? name : "\(name)-\($0)" }
      guard let free = names.first(where: { !taken.contains($0) }) else { return }
      records.append(KeyRecord(name: free, digest: digest, role: role))
    }

    for key in flags.apiKey + [environment["ATTUNE_API_KEY"]].compactMap(\.self) {
      add("command-line", SecretDigest(hashing: key), .user)
    }
    if records.isEmpty {
      let key = APIKey(using: &random)
      show("key \(key.text)")
      add("user", key.digest, .user)
    }
    if let key = flags.adminKey ?? environment["ATTUNE_ADMIN_KEY"] {
      add("command-line-admin", SecretDigest(hashing: key), .admin)
    } else if !records.contains(where: { $0.role == .admin }) {
      let key = APIKey(using: &random)
      show("administration key \(key.text)")
      add("admin", key.digest, .admin)
    }
    users = KeyRing(records)
    administrators = KeyRing(records.filter { $0.role == .admin })
  }
}
