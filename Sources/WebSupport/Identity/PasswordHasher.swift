internal import NIOCore
internal import NIOPosix

/// Hashes passwords away from the threads that serve requests, as many at once as there are cores.
///
/// How many may wait is for a ``RateLimiter`` to say.
public struct PasswordHasher: Sendable {
  /// What the hashes cost that it makes.
  public let cost: ScryptCost
  /// Stands in where there is no such person, so that the answer takes as long.
  let decoy: PasswordHash

  /// One for the whole process, which is never shut down.
  private static let pool: NIOThreadPool = {
    let pool = NIOThreadPool(numberOfThreads: System.coreCount)
    pool.start()
    return pool
  }()

  /// A hasher. Making it takes as long as a hash.
  ///
  /// - Parameter cost: What the hashes cost that it makes.
  public init(cost: ScryptCost = .standard) {
    self.cost = cost
    var random = SystemRandomNumberGenerator()
    decoy = PasswordHash(password: Secret(using: &random).text, cost: cost, using: &random)
  }

  /// Hashes a password with a random salt.
  ///
  /// - Parameter password: The password; ``PasswordRule`` has said yes to it.
  /// - Returns: What is to be stored.
  /// - Throws: `CancellationError` if the task is cancelled before the work begins.
  public func hash(_ password: String) async throws -> PasswordHash {
    let cost = cost
    return try await Self.pool.runIfActive {
      var random = SystemRandomNumberGenerator()
      return PasswordHash(password: password, cost: cost, using: &random)
    }
  }

  /// Compares a guess with what is stored; where nothing is, it does the same work and says no, so
  /// that the time does not say who has an account.
  ///
  /// - Parameters:
  ///   - password: The guess.
  ///   - hash: What is stored, nil if there is no such person or no password.
  /// - Returns: Whether it is the password.
  /// - Throws: `CancellationError` if the task is cancelled before the work begins.
  public func matches(_ password: String, _ hash: PasswordHash?) async throws -> Bool {
    let stored = hash ?? decoy
    let matches = try await Self.pool.runIfActive { stored.matches(password) }
    return matches && hash != nil
  }
}
