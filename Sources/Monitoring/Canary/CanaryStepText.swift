/// A step as a file has it: a share, or a mapping that may say more.
struct CanaryStepText: Codable {
  let share: Double
  var minimumRequests: Int?
  var minimumSeconds: Double?

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case share
    case minimumRequests = "minimum_requests"
    case minimumSeconds = "minimum_seconds"
  }

  init(share: Double) { self.share = share }

  init(_ step: CanaryPlan.Step) {
    share = step.share
    (minimumRequests, minimumSeconds) = (step.minimumRequests, step.minimumSeconds)
  }

  init(from decoder: any Decoder) throws {
    if let share = try? decoder.singleValueContainer().decode(Double.self) {
      self.share = share
      return
    }
    try KnownFields.check(decoder, CodingKeys.self, of: "a step")
    let container = try decoder.container(keyedBy: CodingKeys.self)
    share = try container.decode(Double.self, forKey: .share)
    minimumRequests = try container.decodeIfPresent(Int.self, forKey: .minimumRequests)
    minimumSeconds = try container.decodeIfPresent(Double.self, forKey: .minimumSeconds)
  }
}
