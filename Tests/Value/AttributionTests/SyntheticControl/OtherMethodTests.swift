import Attribution
import Statistics
import Testing

@Suite(
    "Synthetic control: predictors, ridge, synthetic differences",
    .enabled(if: StudyData.isThere, Comment(rawValue: StudyData.reason)))
struct OtherMethodTests {
    private static let windows = [
        "lnincome,retprice,age15to24@1980-1988", "beer@1984-1988", "cigsale@1975", "cigsale@1980", "cigsale@1988",
    ]

    private func predictors() throws -> SyntheticControlStudy {
        let windows = try Self.windows.map { try PredictorWindow($0) }
        let panel = try StudyData.prop99(windows.flatMap(\.columns))
        return try SyntheticControlStudy(panel, StudyData.california, .init(method: .predictors, predictors: windows))
    }

    @Test("The search over predictor weights reaches the global minimum, and the published weights")
    func search() throws {
        let study = try predictors()
        #expect(study.fit.preMSPE <= 3.0768)
        #expect(isNear(study.fit.meanGap, -18.97, 0.15))
        let published = ["Colorado": 0.164, "Connecticut": 0.069, "Montana": 0.199, "Nevada": 0.234, "Utah": 0.334]
        for (name, weight) in zip(study.names, study.fit.weights) {
            #expect(isNear(weight, published[name] ?? 0, 0.01), "\(name)")
        }
        let rule = try #require(study.placebos.rules.first)
        #expect(rule.statistic == .ratio && rule.rank == 1 && rule.count == 39)
        #expect(isNear(study.fit.predictorWeights.reduce(0, +), 1, 1e-12))
    }

    @Test("Predictors past the start, unknown ones and unneeded ones are refused")
    func badPredictors() throws {
        let panel = try StudyData.prop99(["beer"])
        let late = try PredictorWindow("beer@1984-1990")
        let none = try PredictorWindow("beer@1960-1965")
        for windows in [[late], [none], []] {
            #expect(throws: StudyError.self) {
                try SyntheticControlStudy(panel, StudyData.california, .init(method: .predictors, predictors: windows))
            }
        }
        #expect(throws: StudyError.self) {
            try SyntheticControlStudy(panel, StudyData.california, .init(method: .sdid, predictors: [late]))
        }
        #expect(throws: StudyError.self) { try PredictorWindow("beer@1990-1984") }
        #expect(throws: StudyError.self) { try PredictorWindow("@1984") }
    }

    @Test("Synthetic differences of Proposition 99: effect, weights, curve, placebos")
    func differences() throws {
        let study = try SyntheticControlStudy(
            try StudyData.prop99ForDifferences(), StudyData.california, .init(method: .sdid))
        #expect(isNear(study.fit.meanGap, -15.603827873, 0.01))
        let expected = try StudyData.expectedRows("expected_synthdid_prop99_omega.csv")
        for ((name, weight), row) in zip(zip(study.names, study.fit.weights), expected) {
            #expect(name == row.name)
            #expect(isNear(weight, row.numbers[0], 1e-3), "\(name)")
        }
        let times = try StudyData.expectedRows("expected_synthdid_prop99_lambda.csv")
        #expect(times.count == study.fit.timeWeights.count)
        for (weight, row) in zip(study.fit.timeWeights, times) { #expect(isNear(weight, row.numbers[0], 1e-3)) }
        let curve = [
            -4.844973, -4.325807, -8.653546, -8.419118, -12.545464, -16.106226, -18.905768, -19.350137, -20.883516,
            -22.781573, -25.944925, -24.484882,
        ]
        for (found, wanted) in zip(study.fit.postGaps, curve) { #expect(isNear(found, wanted, 0.02)) }
        #expect(isNear(study.effect.standardError, 9.494590, 0.01))
        #expect(isNear(study.effect.pValue, 2.0 / 39, 1e-15))
    }

    @Test("Every placebo of synthetic differences")
    func differencePlacebos() throws {
        let study = try SyntheticControlStudy(
            try StudyData.prop99ForDifferences(), StudyData.california, .init(method: .sdid))
        let expected = try StudyData.expectedRows("expected_synthdid_prop99_placebos.csv")
        #expect(study.placebos.placebos.count == expected.count)
        for (placebo, row) in zip(study.placebos.placebos, expected) {
            // The published program stops earlier.
            #expect(isNear(placebo.fit.meanGap, row.numbers[0], 0.06), "\(placebo.name)")
        }
    }

    @Test("Outcome-only weights on the same panel are near those of the program for synthetic differences")
    func samePanel() throws {
        let study = try SyntheticControlStudy(
            try StudyData.prop99ForDifferences(), StudyData.california, .init())
        #expect(isNear(study.fit.meanGap, -19.619663471, 0.11))
    }

    @Test("A ridge fits the past better, and with a penalty without bound changes nothing")
    func ridge() throws {
        let problem = try OutcomeOnlyTests.problem()
        let plain = try #require(SyntheticMethod.outcomeOnly.fit(problem))
        let ridge = try #require(SyntheticMethod.ridge.fit(problem))
        #expect(ridge.preRMSPE < plain.preRMSPE)
        #expect(isNear(ridge.weights.reduce(0, +), 1, 1e-9))
        #expect(ridge.weights.contains { $0 < 0 })
        let study = try SyntheticControlStudy(try StudyData.prop99(), StudyData.california, .init(method: .ridge))
        #expect(study.effect.warnings.contains { $0.contains("negative") })
    }
}
