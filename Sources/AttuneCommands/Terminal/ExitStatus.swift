/// What a command tells the shell. The numbers are a promise to scripts.
package enum ExitStatus: Int32, Sendable, CaseIterable {
  /// Done.
  case success = 0
  /// Failed for a reason that is neither the command line nor the data.
  case failure = 1
  /// The gate or check that was asked for did not pass.
  case checkFailed = 2
  /// Wrong usage (`EX_USAGE`): the command line, a setting, or a path on it.
  case usage = 64
  /// Bad data (`EX_DATAERR`): a record, a checkpoint or a tokenizer that cannot be used.
  case data = 65
  /// Stopped by SIGINT, which is 128 + 2.
  case interrupted = 130
  /// Stopped by SIGTERM, which is 128 + 15.
  case terminated = 143
}
