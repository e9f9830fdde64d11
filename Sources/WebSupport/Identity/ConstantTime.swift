internal import Crypto

/// Comparison that takes as long for a near miss as for a far one, so that its time says nothing of
/// what was compared.
enum ConstantTime {
  /// Whether two lists of bytes are equal. Only their lengths may show in the time.
  static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    SymmetricKey(data: left) == SymmetricKey(data: right)
  }
}
