#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// log(p/(1 − p)), the log odds of a probability; infinite at 0 and at 1.
func logit(_ probability: Double) -> Double {
  log(probability) - log1p(-probability)
}
