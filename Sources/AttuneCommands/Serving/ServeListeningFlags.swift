import ArgumentParser
import WebSupport

/// Where `attune serve` listens.
struct ServeListeningFlags: ParsableArguments {
  @Option(help: ArgumentHelp("The port; 0 for any that is free.", valueName: "port"))
  var port = 8000

  @OptionGroup var reach: HostFlags

  @Option(
    help: ArgumentHelp(
      "The port of administration, on this machine only; 0 for any that is free (default: the one after --port).",
      valueName: "port"))
  var adminPort: Int?

  func validate() throws {
    try HostFlags.check(port, "--port")
    try HostFlags.check(adminPort ?? 0, "--admin-port")
  }

  var adminAddress: ListenAddress {
    ListenAddress(port: adminPort ?? (port == 0 || port == 65_535 ? 0 : port + 1))
  }
}
