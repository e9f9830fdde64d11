import Testing
import TrainingConfiguration

@Suite("DPO configuration: losses and what they use")
struct DPOLossConflictTests {
  /// The message that one change of the defaults gives.
  private func message(_ change: (inout DPOConfiguration) -> Void) -> String? {
    var configuration = DPOConfiguration()
    change(&configuration)
    do {
      try configuration.validate()
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("there is a loss, and each but once")
  func list() {
    #expect(
      message { $0.lossTypes = [] } == "loss_type is empty; name a loss, such as sigmoid")
    #expect(
      message { $0.lossTypes = [.ipo, .sft, .ipo] }
        == "loss_type has ipo more than once; name it once, and give loss_weights to count it more")
    #expect(message { $0.lossTypes = [.ipo, .sft, .cpo] } == nil)
  }

  @Test("there is a weight for each loss, and not all are 0")
  func weights() {
    #expect(
      message { $0.lossWeights = [1, 2] }
        == "loss_weights has 2 numbers, but loss_type has 1 (sigmoid); give one for each, or leave "
        + "loss_weights out")
    #expect(
      message {
        $0.lossTypes = [.sigmoid, .sft]
        $0.lossWeights = [1]
      }
        == "loss_weights has 1 number, but loss_type has 2 (sigmoid, sft); give one for each, or "
        + "leave loss_weights out")
    #expect(
      message { $0.lossWeights = [0] }
        == "loss_weights has nothing but 0, so there is nothing to minimise; give at least one loss "
        + "a weight above 0")
    #expect(
      message {
        $0.lossTypes = [.sigmoid, .sft]
        $0.lossWeights = [1, 0]
      } == nil)
  }

  private static let smoothed: [DPOLossChoice] = [
    .sigmoid, .exoPair, .robust, .aot, .aotUnpaired, .simpo, .cpo,
  ]

  @Test("label smoothing needs a loss that has it", arguments: DPOLossChoice.allCases)
  func labelSmoothing(choice: DPOLossChoice) {
    let seen = message {
      $0.lossTypes = [choice]
      $0.labelSmoothing = 0.1
    }
    #expect(
      seen
        == (Self.smoothed.contains(choice)
          ? nil
          : "label_smoothing is 0.1, but loss_type \(choice.rawValue) does not use it; leave it "
            + "out, or use it with sigmoid, exo_pair, robust, aot, aot_unpaired, simpo, cpo"))
    let beside = message {
      $0.lossTypes = [choice, choice == .sigmoid ? .sft : .sigmoid]
      $0.labelSmoothing = 0.1
    }
    #expect(beside == nil)
  }

  @Test("a probability needs a loss that can be turned round")
  func agreement() {
    func message(of losses: [DPOLossChoice], cpoAlpha: Double = 1) -> String? {
      self.message {
        ($0.lossTypes, $0.agreement, $0.cpoAlpha) = (losses, .probability, cpoAlpha)
      }
    }
    #expect(message(of: [.sigmoid, .ipo, .simpo]) == nil)
    #expect(message(of: [.cpo], cpoAlpha: 0) == nil)
    #expect(
      message(of: [.sigmoid, .sft])
        == "agreement is probability, but sft looks at the chosen side alone or at several pairs at "
        + "once, so no pair can be turned round there; use weight or ignore, or another loss_type")
    #expect(
      message(of: [.orpo, .aot, .cpo])?.hasPrefix(
        "agreement is probability, but aot, cpo, orpo look")
        == true)
  }

  @Test("exo_pair needs label smoothing, as in TRL")
  func exo() {
    #expect(
      message { $0.lossTypes = [.exoPair] }
        == "loss_type exo_pair needs a label_smoothing above 0, since it takes its logarithm; its "
        + "paper recommends --label-smoothing 0.001")
    #expect(
      message {
        $0.lossTypes = [.exoPair]
        $0.labelSmoothing = 1e-3
      } == nil)
  }

  private static let divergent: [DPOLossChoice] = [
    .sigmoid, .sigmoidNorm, .hinge, .ipo, .exoPair, .robust, .discopop,
  ]

  @Test("a divergence needs losses that have such a form", arguments: DPOLossChoice.allCases)
  func divergence(choice: DPOLossChoice) {
    let seen = message {
      $0.lossTypes = [choice]
      $0.fDivergenceType = .jensenShannon
      if choice == .exoPair { $0.labelSmoothing = 0.1 }
    }
    let remedy =
      "; leave it out, or use it with sigmoid, sigmoid_norm, hinge, ipo, exo_pair, robust, discopop"
    switch choice {
    case _ where Self.divergent.contains(choice): #expect(seen == nil)
    case .sft:
      #expect(
        seen == "f_divergence_type is js_divergence, but loss_type sft does not use it" + remedy)
    default:
      #expect(
        seen == "f_divergence_type is js_divergence, but \(choice.rawValue) has no such form"
          + remedy)
    }
  }

  @Test("all losses of a sum need such a form, but sft, which has none to change")
  func divergenceOfMixture() {
    #expect(
      message {
        $0.lossTypes = [.sigmoid, .bcoPair, .sft, .aot]
        $0.fDivergenceType = .forwardKL
      }
        == "f_divergence_type is forward_kl, but bco_pair, aot have no such form; leave it out, or "
        + "use it with sigmoid, sigmoid_norm, hinge, ipo, exo_pair, robust, discopop")
    #expect(
      message {
        $0.lossTypes = [.hinge, .sft]
        $0.fDivergenceType = .forwardKL
      } == nil)
  }

  @Test("the coefficient needs the divergence that has one")
  func coefficient() {
    #expect(
      message {
        $0.fAlphaDivergenceCoefficient = 0.25
        $0.fDivergenceType = .forwardKL
      }
        == "f_alpha_divergence_coef is 0.25, but f_divergence_type is forward_kl; leave it out, or "
        + "use f_divergence_type alpha_divergence")
    #expect(
      message {
        $0.fAlphaDivergenceCoefficient = 0.25
        $0.fDivergenceType = .alpha
      } == nil)
  }

  @Test("ranks have no weights, as in TRL", arguments: [DPOLossChoice.aot, .aotUnpaired])
  func weighting(choice: DPOLossChoice) {
    #expect(
      message {
        $0.lossTypes = [choice, .sigmoid]
        $0.useWeighting = true
      }
        == "use_weighting is true, but \(choice.rawValue) compares ranks and not pairs, so no pair "
        + "has a weight there; leave one of them out")
    #expect(
      message {
        $0.lossTypes = [.sigmoid, .sft, .orpo]
        $0.useWeighting = true
      } == nil)
  }

  @Test("ld_alpha needs a loss of summed log probabilities")
  func lengths() {
    #expect(
      message {
        $0.lossTypes = [.sft]
        $0.ldAlpha = 0.5
      }
        == "ld_alpha is 0.5, but loss_type sft does not use it; leave it out, or use it with "
        + "sigmoid, sigmoid_norm, hinge, ipo, exo_pair, nca_pair, robust, bco_pair, sppo_hard, aot, "
        + "aot_unpaired, apo_zero, apo_down, discopop, simpo, cpo, orpo")
    for ldAlpha in [0, 0.5, 1] {
      #expect(
        message {
          $0.lossTypes = [.sft, .ipo]
          $0.ldAlpha = ldAlpha
        } == nil)
    }
  }

  @Test("parameters of one loss need that loss")
  func parameters() {
    #expect(
      message { $0.discopopTau = 1 }
        == "discopop_tau is 1.0, but loss_type sigmoid does not use it; leave it out, or use it "
        + "with discopop")
    #expect(
      message {
        $0.lossTypes = [.simpo, .orpo]
        $0.cpoAlpha = 0
      }
        == "cpo_alpha is 0.0, but none of simpo, orpo uses it; leave it out, or use it with cpo")
    #expect(
      message { $0.simpoGamma = 1 }
        == "simpo_gamma is 1.0, but loss_type sigmoid does not use it; leave it out, or use it with "
        + "simpo")
    #expect(
      message {
        $0.lossTypes = [.simpo, .cpo, .discopop]
        $0.discopopTau = 1
        $0.cpoAlpha = 0
        $0.simpoGamma = 1
      } == nil)
  }

  @Test("a reference needs a loss that compares with it")
  func reference() {
    let remedy =
      " uses it; leave it out, or use it with sigmoid, sigmoid_norm, hinge, ipo, exo_pair, "
      + "nca_pair, robust, bco_pair, sppo_hard, aot, aot_unpaired, apo_zero, apo_down, discopop"
    #expect(
      message {
        $0.lossTypes = [.cpo, .sft]
        $0.referenceModel = "base"
        $0.referenceCache = "cache"
      } == "reference_model is 'base', but none of cpo, sft\(remedy)\n"
        + "reference_cache is 'cache', but none of cpo, sft\(remedy)")
    #expect(
      message {
        $0.lossTypes = [.cpo, .ipo]
        $0.referenceModel = "base"
        $0.referenceCache = "cache"
      } == nil)
  }
}
