import Attribution
import Domain
import Foundation
import Statistics
import Testing

@Suite("Synthetic control, outcome only", .enabled(if: StudyData.isThere, Comment(rawValue: StudyData.reason)))
struct OutcomeOnlyTests {
    private func weights(_ study: SyntheticControlStudy) -> [String: Double] {
        Dictionary(uniqueKeysWithValues: zip(study.names, study.fit.weights))
    }

    /// Everything that a file of expected numbers says of a fit.
    private func check(_ study: SyntheticControlStudy, _ expected: [String: Any]) throws {
        let found = weights(study)
        let wanted = try #require(expected["weights"] as? [String: Double])
        for (name, weight) in found { #expect(isNear(weight, wanted[name] ?? 0, 1e-5), "\(name)") }
        let rmspe = try #require(expected["pre_rmspe"] as? Double)
        let effect = try #require(expected["att"] as? Double)
        let after = try #require(expected["post_mspe"] as? Double)
        #expect(isNear(study.fit.preRMSPE, rmspe, 1e-6 * rmspe))
        #expect(isNear(study.fit.meanGap, effect, 1e-6 * abs(effect)))
        #expect(isNear(study.fit.postMSPE, after, 1e-6 * after))
        let gaps = try #require(expected["post_gaps"] as? [String: Double]).sorted { $0.key < $1.key }
        #expect(gaps.count == study.fit.postGaps.count)
        for (found, wanted) in zip(study.fit.postGaps, gaps) { #expect(isNear(found, wanted.value, 1e-5)) }
        let left = try #require(expected["leave_one_out_att"] as? [String: Double])
        for case (let name, let effect) in left {
            #expect(isNear(study.robustness.leaveOneOut.first { $0.name == name }?.effect, effect, 1e-5), "\(name)")
        }
        let table = try #require(expected["placebo_table"] as? [String: [Double]])
        for placebo in study.placebos.placebos {
            let row = try #require(table[placebo.name])
            #expect(isNear(placebo.fit.preMSPE, row[0], 1e-5 + 1e-6 * row[0]), "\(placebo.name)")
            #expect(isNear(placebo.fit.meanGap, row[2], 1e-4), "\(placebo.name)")
        }
    }

    @Test("Proposition 99: weights, fit, gaps, every placebo, every donor left out")
    func california() throws {
        let study = try SyntheticControlStudy(try StudyData.prop99(), StudyData.california, .init())
        let expected = try StudyData.expected("expected_scm_outcome_only.json")
        try check(study, try #require(expected["prop99_outcome_only"] as? [String: Any]))
        #expect(try #require(study.fit.optimalityGap) <= 1e-9)
        #expect(isNear(study.fit.ratio, 154.752805, 1e-3))
        #expect(study.effect.grade == .quasiExperiment)
        #expect(study.effect.treatedCount == 1 && study.effect.controlCount == 38)
    }

    @Test(
        "The Basque country, fitted to 1969 and to 1974",
        arguments: [("1970", "basque_outcome_only"), ("1975", "basque_outcome_only_pre1974")])
    func basque(_ start: String, _ key: String) throws {
        let study = try SyntheticControlStudy(
            try StudyData.basque(), StudyData.basqueRequest(start: start), .init())
        let expected = try StudyData.expected("expected_scm_outcome_only.json")
        try check(study, try #require(expected[key] as? [String: Any]))
        #expect(study.placebos.rules[0].rank == 7 && study.placebos.rules[0].count == 17)
    }

    @Test("Ranks of California under every rule are the expected fractions")
    func ranks() throws {
        let study = try SyntheticControlStudy(try StudyData.prop99(), StudyData.california, .init())
        let found = study.placebos.rules.map { "\($0.statistic.rawValue) \($0.limit ?? 0): \($0.rank)/\($0.count)" }
        #expect(
            found == [
                "mspe_ratio 0.0: 3/39", "mspe_ratio 5.0: 3/32", "absolute_effect 0.0: 3/39",
                "absolute_effect 2.0: 1/22", "absolute_effect 5.0: 1/32", "absolute_effect 20.0: 2/35",
            ])
        #expect(isNear(study.effect.pValue, 3.0 / 39, 1e-15))
        let ratios = study.placebos.placebos.sorted { $0.fit.ratio > $1.fit.ratio }
        #expect(ratios.prefix(3).map(\.name) == ["Missouri", "Virginia", "Georgia"])
        for (placebo, ratio) in zip(ratios, [572.3747, 393.1322, 82.1138]) {
            #expect(isNear(placebo.fit.ratio, ratio, 1e-3))
        }
    }

    @Test("A fake start at two thirds of what lies before")
    func inTime() throws {
        let study = try SyntheticControlStudy(try StudyData.prop99(), StudyData.california, .init())
        let fake = try #require(study.robustness.inTime)
        #expect(fake.lastBefore == "1981")
        #expect(isNear(fake.fit.preRMSPE, 0.845126, 1e-5))
        #expect(isNear(fake.fit.meanGap, -3.351515, 1e-5))
        #expect(isNear(fake.postRMSPE, 4.919519, 1e-5))
        let basque = try SyntheticControlStudy(try StudyData.basque(), StudyData.basqueRequest(start: "1970"), .init())
        #expect(isNear(basque.robustness.inTime?.fit.meanGap, 0.2472346, 1e-5))
    }

    @Test(
        "Conformal p-values are multiples of 1/31",
        arguments: [(0.0, 3.0, 4.0), (-10, 6, 6), (-19.5, 9, 11)])
    func conformal(_ effect: Double, _ sizes: Double, _ squares: Double) throws {
        let test = ConformalTest(try Self.problem())
        #expect(isNear(test.p(effect: effect), sizes / 31, 1e-12))
        #expect(isNear(test.p(effect: effect, power: 2), squares / 31, 1e-12))
    }

    @Test("Effects outside of the conformal interval are refuted, those inside next to the ends are not")
    func conformalInterval() throws {
        let test = ConformalTest(try Self.problem())
        let interval = test.interval(around: -19.5, unit: 1.66, level: 0.9)
        let (low, high) = (try #require(interval.low), try #require(interval.high))
        #expect(low < -19.5 && high < 0)
        for end in [low, high] { #expect(try #require(test.p(effect: end)) > 0.1) }
        #expect(try #require(test.p(effect: high + interval.step)) <= 0.1)
        #expect(try #require(test.p(effect: low - interval.step)) <= 0.1)
    }

    @Test("The published weights, evaluated")
    func published() throws {
        let panel = try StudyData.prop99()
        let study = try SyntheticControlStudy(panel, StudyData.california, .init())
        let weights = ["Colorado": 0.164, "Connecticut": 0.069, "Montana": 0.199, "Nevada": 0.234, "Utah": 0.334]
        let fit = SyntheticFit(try Self.problem(), weights: study.names.map { weights[$0] ?? 0 })
        #expect(isNear(fit.preMSPE, 3.089199, 1e-4))
        #expect(isNear(fit.ratio, 128.383, 1e-3))
        #expect(isNear(fit.meanGap, -18.97035, 1e-4))
        #expect(isNear(fit.gaps.last, -25.7257, 1e-4))
    }

    /// California and the other 38, without the study around them.
    static func problem() throws -> DonorProblem {
        let rows = try StudyData.expectedRows("prop99_smoking_full_scm.csv")
        let names = Set(rows.map(\.name)).sorted().filter { $0 != "California" }
        let outcome = { (name: String) in rows.filter { $0.name == name }.map { $0.numbers[1] } }
        return DonorProblem(
            treated: outcome("California"), donors: Matrix(rows: 31, columns: names.map(outcome)), preCount: 19)
    }
}
