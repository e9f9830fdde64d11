public import Objectives

extension KTOConfiguration {
  /// The loss that these settings describe.
  public var loss: KTOLoss {
    KTOLoss(
      beta: beta, desirableWeight: desirableWeight, undesirableWeight: undesirableWeight,
      kind: kind)
  }

  private var kind: KTOLoss.Kind {
    switch lossType {
    case .kto: .kto
    case .apoZeroUnpaired: .apoZeroUnpaired
    case .bco: .bco
    }
  }
}
