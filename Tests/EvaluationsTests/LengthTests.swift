import Evaluations
import Foundation
import Testing

@Suite("Length")
struct LengthTests {
  // Two prompts: the second asks for more and is scored higher; within each, score = 0.5·length +
  // c.
  private let prompts = ["a", "a", "a", "b", "b", "b"]
  private let lengths: [Double] = [1, 2, 3, 11, 12, 13]
  private let scores = [0.5, 1, 1.5, 9, 9.5, 10]

  @Test("the slope within prompts is that of a single prompt; over all it mixes in the prompts")
  func slopes() throws {
    let within = try #require(
      LengthResidual(scores: scores, lengths: lengths, prompts: prompts))
    #expect(isClose(within.slope, 0.5))
    #expect(isClose(within.standardError, 0))
    let overall = try #require(LengthResidual(scores: scores, lengths: lengths))
    #expect(overall.slope > 0.8)
  }

  @Test("over all it is the slope of a regression, with its standard error")
  func regression() throws {
    let data = try RecordedStatistics.load().columns
    let residual = try #require(LengthResidual(scores: data.y, lengths: data.x))
    let fit = try #require(LinearRegression(predictors: [data.x], response: data.y))
    #expect(isClose(residual.slope, fit.coefficients[0], within: 1e-12))
    #expect(
      isClose(residual.standardError, try #require(fit.standardErrors)[0], within: 1e-12))
  }

  @Test("corrected scores have no correlation with length on the data they were fitted to")
  func report() throws {
    let noisy = zip(scores, [0.1, -0.2, 0.05, 0, 0.3, -0.1]).map { $0 + $1 }
    let correction = try #require(
      LengthResidual(scores: noisy, lengths: lengths, prompts: prompts))
    let report = LengthCorrectionReport(
      correction: correction, scores: noisy, lengths: lengths, prompts: prompts)
    #expect(try #require(report.before.withinPrompt) > 0.9)
    #expect(isClose(report.after.withinPrompt, 0, within: 1e-9))
    #expect(report.before.givenQuality == nil)
  }

  @Test("a correction survives being saved")
  func saved() throws {
    let correction = try #require(
      LengthResidual(scores: scores, lengths: lengths, prompts: prompts))
    let data = try JSONEncoder().encode(correction)
    #expect(try JSONDecoder().decode(LengthResidual.self, from: data) == correction)
    #expect(isClose(correction.corrected(score: 3, length: 4), 1))
    #expect(LengthResidual(slope: 0.5).corrected(scores: [3, 5], lengths: [4, 4]) == [1, 3])
  }

  @Test("lengths that do not differ within a prompt give no slope")
  func undefined() {
    #expect(LengthResidual(scores: [1, 2], lengths: [3, 4], prompts: ["a", "b"]) == nil)
    #expect(LengthResidual(scores: [1, 2], lengths: [0.1, 0.1]) == nil)
    let flat = LengthCorrelation(scores: [1, 2], lengths: [3, 4], prompts: ["a", "b"])
    #expect(flat.withinPrompt == nil)
    #expect(isClose(flat.pearson, 1))
  }

  @Test("the partial correlation sees that quality explains what length seemed to")
  func givenQuality() throws {
    // Score and length both follow quality, and have independent noise of ±1.
    let quality = (0..<64).map { Double($0 / 4) }
    let lengths = quality.indices.map { quality[$0] + ($0 % 2 == 0 ? 1 : -1) }
    let scores = quality.indices.map { quality[$0] + ($0 % 4 < 2 ? 1 : -1) }
    let correlation = LengthCorrelation(
      scores: scores, lengths: lengths, prompts: quality.indices.map { $0 % 8 }, quality: quality)
    #expect(try #require(correlation.pearson) > 0.9)
    #expect(isClose(correlation.givenQuality, 0, within: 1e-9))
  }

  @Test("accuracy split by length: a model that scores by length is right where chosen is longer")
  func accuracy() {
    let chosen = [10, 5, 100, 7, 20]
    let rejected = [5, 10, 95, 7, 18]
    let margins = zip(chosen, rejected).map { Double($0 - $1) }
    let split = LengthAccuracy(
      margins: margins, chosenLengths: chosen, rejectedLengths: rejected)
    #expect(split.chosenLonger.value == 1)
    #expect(split.chosenShorter.value == 0)
    #expect(split.equalLength.ties == 1)
    // 100 : 95 and 7 : 7; 20 : 18 differs by 10 % exactly.
    #expect(split.lengthMatched.count == 2)
  }

  @Test("judges who go by length beyond the score have a positive coefficient, and the reverse")
  func preference() throws {
    // The longer is chosen in ¾ of the pairs whatever the score, so that c = ln 3 and b = 0.
    let lengths = (0..<40).map { $0 % 4 == 0 ? -5.0 : 5.0 }
    let margins = (0..<40).map { $0 % 8 < 4 ? 1.0 : -1.0 }
    let longer = try #require(
      try LengthPreference(margins: margins, lengthDifferences: lengths, l2: 0))
    #expect(isClose(longer.lengthCoefficient, 1.0986122887))
    #expect(isClose(longer.scoreCoefficient, 0))
    #expect(longer.interval().lower > 0)
    let shorter = try #require(
      try LengthPreference(margins: margins, lengthDifferences: lengths.map(-), l2: 0))
    #expect(isClose(shorter.lengthCoefficient, -longer.lengthCoefficient))
    #expect(try LengthPreference(margins: [1, 2], lengthDifferences: [0, 0]) == nil)
    // A model that is always right needs the penalty.
    #expect(throws: EvaluationError.separable) {
      try LengthPreference(margins: [1, 2, 3], lengthDifferences: [1, -1, 1], l2: 0)
    }
    #expect(try LengthPreference(margins: [1, 2, 3], lengthDifferences: [1, -1, 1]) != nil)
  }
}
