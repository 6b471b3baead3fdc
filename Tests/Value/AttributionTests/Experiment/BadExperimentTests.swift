import Attribution
import Documents
import Domain
import Statistics
import Testing

@Suite("A/B tests: bad data is refused or named")
struct BadExperimentTests {
    private func refusal(_ experiment: Experiment, _ options: ABTest.Options = .init()) -> StudyError? {
        do throws(StudyError) {
            _ = try ABTest.run(experiment, options)
            return nil
        } catch { return error }
    }

    private static let plain = Experiment.comparing("minutes", control: [1, 2, 3], treated: [2, 3, 5])

    @Test("An empty arm, one arm, ragged columns, no outcome")
    func shape() {
        var empty = Self.plain
        empty.arms.append("third")
        #expect(refusal(empty)?.message.contains("\"third\" is empty") == true)
        var single = Self.plain
        (single.arms, single.assignment) = (["control"], single.assignment.map { _ in 0 })
        #expect(refusal(single)?.code == .badInput)
        var ragged = Self.plain
        ragged.metrics[0].values.removeLast()
        #expect(refusal(ragged)?.message.contains("6 rows, but 5 values of the outcome \"minutes\"") == true)
        var bare = Self.plain
        bare.metrics = []
        #expect(refusal(bare)?.message.contains("--outcome") == true)
    }

    @Test("A constant outcome, one that does not vary within arms, an infinite one, an arm without values")
    func values() {
        let constant = Experiment.comparing("m", control: [4, 4, 4], treated: [4, 4, 4])
        #expect(refusal(constant)?.code == .notIdentified)
        let apart = Experiment.comparing("m", control: [4, 4, 4], treated: [5, 5, 5])
        #expect(refusal(apart)?.message.contains("does not vary within") == true)
        let infinite = Experiment.comparing("m", control: [4, .infinity, 4], treated: [5, 5, 6])
        #expect(refusal(infinite)?.message.contains("infinite") == true)
        let missing = Experiment.comparing("m", control: [4, .nan, .nan], treated: [5, 5, 6])
        #expect(refusal(missing)?.message.contains("\"control\" has 1 units") == true)
        let nothing = Experiment.comparing("m", control: [.nan, .nan], treated: [.nan, .nan])
        #expect(refusal(nothing)?.message.contains("no value at all") == true)
    }

    @Test("Clusters in two arms, strata without a control, denominators below zero or all zero")
    func structure() {
        var crossed = Self.plain
        crossed.clusters = ["a", "b", "c", "a", "d", "e"]
        #expect(refusal(crossed)?.message.contains("The cluster \"a\" is in two arms") == true)
        var lacking = Self.plain
        lacking.strata = ["x", "x", "y", "x", "x", "x"]
        #expect(refusal(lacking)?.message.contains("stratum \"y\"") == true)
        var negative = Self.plain
        negative.metrics[0].denominators = [1, 1, 1, 1, 1, -1]
        #expect(refusal(negative)?.message.contains("is -1.0") == true)
        var zero = Self.plain
        zero.metrics[0].denominators = [1, 1, 1, 0, 0, 0]
        #expect(refusal(zero)?.message.contains("sums to 0 in the arm \"treated\"") == true)
        var odd = Self.plain
        odd.received = [0, 0, 0, 1, 1, 2]
        #expect(refusal(odd)?.message.contains("1 for use") == true)
    }

    @Test("Options that mean nothing")
    func options() {
        func refused(_ change: (inout ABTest.Options) -> Void) -> Bool {
            var options = ABTest.Options()
            change(&options)
            return refusal(Self.plain, options)?.code == .badInput
        }
        #expect(refused { $0.level = 1 })
        #expect(refused { $0.level = .nan })
        #expect(refused { $0.power = 0 })
        #expect(refused { $0.kind = .quantile(1) })
        #expect(refused { $0.kind = .proportion })
        #expect(refused { $0.sequentialTuning = 0 })
        #expect(refused { $0.prior = .init(mean: 0, deviation: 0) })
        #expect(refused { $0.expectedSplit = [50] })
        #expect(refused { $0.expectedSplit = [50, -50] })
        #expect(!refused { $0.level = 0.9 })
    }

    @Test("Sums are held to the same options, and need two values and a spread")
    func sums() {
        let (full, empty) = (ArmSummary(count: 9, mean: 1, variance: 2), ArmSummary(count: 1, mean: 1, variance: 0))
        var options = ABTest.Options()
        options.level = 2
        #expect(throws: StudyError.self) {
            try ABTest.run("m", control: ("a", full), treated: [("b", full)], options)
        }
        #expect(throws: StudyError.self) { try ABTest.run("m", control: ("a", full), treated: [("b", empty)]) }
        #expect(throws: StudyError.self) { try ABTest.run("m", control: ("a", full), treated: []) }
        let still = ArmSummary(count: 9, mean: 1, variance: 0)
        #expect(throws: StudyError.self) { try ABTest.run("m", control: ("a", still), treated: [("b", still)]) }
    }

    @Test("Missing outcomes are left out and told; uneven ones are told as such")
    func missing() throws {
        var random = SeededRandom(seed: 1)
        let control = (0..<200).map { _ in random.normal() }
        let treated = (0..<200).map { $0 < 60 ? .nan : random.normal() }
        let study = try ABTest.run(.comparing("m", control: control, treated: treated))
        #expect(study.primary.treated.count == 140)
        #expect(study.effect.warnings.contains { $0.contains("60 rows have no value") })
        #expect(study.effect.warnings.contains { $0.contains("more often in one arm") })
        let even = (0..<200).map { $0 < 60 ? .nan : random.normal() }
        let fair = try ABTest.run(.comparing("m", control: even, treated: treated))
        #expect(!fair.effect.warnings.contains { $0.contains("more often in one arm") })
    }

    @Test("A missing covariate stands at the mean; a constant one adjusts nothing; both are told")
    func covariates() throws {
        let (a, b) = ([1.0, 2, 3, 4], [2.0, 3, 5, 4])
        let filled = try ABTest.run(.comparing("m", control: a, treated: b, before: ([1, 2, .nan, 3], [2, 2, 4, 3])))
        #expect(filled.primary.unadjusted != nil)
        #expect(filled.effect.warnings.contains { $0.contains("1 covariates of \"m\" are missing") })
        let constant = try ABTest.run(.comparing("m", control: a, treated: b, before: ([1, 1, 1, 1], [1, 1, 1, 1])))
        #expect(constant.primary.unadjusted == nil)
        #expect(constant.effect.warnings.contains { $0.contains("not adjusted") })
    }

    @Test("Units that are not parted as planned are told first, and the evidence is worth no more than a statement")
    func mismatch() throws {
        var options = ABTest.Options()
        options.expectedSplit = [50, 50]
        var random = SeededRandom(seed: 2)
        let (few, many) = ((0..<300).map { _ in random.normal() }, (0..<400).map { _ in random.normal() })
        let broken = try ABTest.run(.comparing("m", control: few, treated: many), options)
        let pValue = try #require(broken.sampleRatio?.pValue)
        // (50² ÷ 350) × 2 = 14.2857 with one degree of freedom.
        #expect(abs(pValue - 0.000157052) < 1e-8)
        #expect(broken.effect.warnings.first?.hasPrefix("Sample ratio mismatch") == true)
        #expect(broken.effect.grade == .stated)
        #expect(broken.document.title.contains("not parted as planned"))
        options.expectedSplit = [30, 40]
        let right = try ABTest.run(.comparing("m", control: few, treated: many), options)
        #expect(right.effect.grade == .randomised && right.sampleRatio?.pValue == 1)
        let silent = try ABTest.run(.comparing("m", control: few, treated: many))
        #expect(silent.sampleRatio == nil && silent.effect.warnings.contains { $0.contains("--expected-split") })
    }

    @Test("Use by the control is contamination; an assignment that changes no use has no effect on compliers")
    func contamination() throws {
        var random = SeededRandom(seed: 3)
        var plain = Experiment.comparing(
            "m", control: (0..<100).map { _ in random.normal() }, treated: (0..<100).map { _ in random.normal() })
        plain.received = plain.assignment.enumerated().map { $1 == 1 || $0 < 20 ? 1 : 0 }
        let study = try ABTest.run(plain)
        #expect(study.primary.complier?.controlShare == 0.2)
        #expect(study.effect.warnings.contains { $0.hasPrefix("Contamination: 20.0 %") })
        plain.received = plain.assignment.map { _ in 1 }
        let none = try ABTest.run(plain)
        let complier = try #require(none.primary.complier)
        #expect(complier.estimate == nil && complier.strength == 0)
        #expect(none.effect.warnings.contains { $0.contains("hardly changed use") })
    }
}
