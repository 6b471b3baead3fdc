import Attribution
import Statistics
import Testing

@Suite("A/B tests: what must not matter, and what comes to the same")
struct InvarianceTests {
    private func experiment(seed: UInt64 = 3) -> Experiment {
        var random = SeededRandom(seed: seed)
        let before = (0..<90).map { _ in 4 + random.normal() }
        let values = before.enumerated().map { $1 + random.normal() + ($0 % 3 == 1 ? 0.7 : 0) }
        return Experiment(
            arms: ["a", "b", "c"], assignment: (0..<90).map { $0 % 3 },
            metrics: [.init("m", values, covariates: [before])], strata: (0..<90).map { $0 % 2 == 0 ? "x" : "y" })
    }

    private func near(_ a: Double, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
        abs(a - b) <= tolerance * max(1, abs(a), abs(b))
    }

    @Test("A million times the outcome is a million times the effect, its error and its interval")
    func rescaled() throws {
        let plain = try ABTest.run(experiment()).primary
        var scaled = experiment()
        scaled.metrics[0].values = scaled.metrics[0].values.map { $0 * 1e6 }
        scaled.metrics[0].covariates[0] = scaled.metrics[0].covariates[0].map { $0 * 1e-3 }
        let found = try ABTest.run(scaled).primary
        #expect(near(found.estimate, plain.estimate * 1e6) && near(found.standardError, plain.standardError * 1e6))
        #expect(try near(#require(found.pValue), #require(plain.pValue)))
        #expect(try near(#require(found.relative).estimate, #require(plain.relative).estimate))
    }

    @Test("A constant added to the outcome changes no absolute effect")
    func shifted() throws {
        let plain = try ABTest.run(experiment()).primary
        var shifted = experiment()
        shifted.metrics[0].values = shifted.metrics[0].values.map { $0 + 1e6 }
        let found = try ABTest.run(shifted).primary
        #expect(near(found.estimate, plain.estimate, 1e-8) && near(found.standardError, plain.standardError, 1e-8))
    }

    @Test("The order of rows changes nothing")
    func permuted() throws {
        let plain = experiment()
        var order = Array(plain.assignment.indices)
        var random = SeededRandom(seed: 9)
        order.shuffle(using: &random)
        var other = plain
        other.assignment = order.map { plain.assignment[$0] }
        other.strata = plain.strata.map { strata in order.map { strata[$0] } }
        other.metrics[0].values = order.map { plain.metrics[0].values[$0] }
        other.metrics[0].covariates[0] = order.map { plain.metrics[0].covariates[0][$0] }
        let (first, second) = (try ABTest.run(plain).comparisons, try ABTest.run(other).comparisons)
        for (a, b) in zip(first, second) {
            #expect(near(a.estimate, b.estimate) && near(a.standardError, b.standardError))
        }
    }

    @Test("Arms exchanged turn the sign")
    func exchanged() throws {
        let (a, b) = ([1.0, 2, 4, 3, 2], [2.0, 5, 4, 6])
        let forth = try ABTest.run(.comparing("m", control: a, treated: b)).primary
        let back = try ABTest.run(.comparing("m", control: b, treated: a)).primary
        #expect(forth.estimate == -back.estimate && forth.standardError == back.standardError)
        #expect(forth.pValue == back.pValue)
    }

    @Test("Clusters of one row, one stratum, denominators of 1: plain Welch")
    func degenerate() throws {
        var plain = experiment()
        plain.strata = nil
        plain.metrics[0].covariates = []
        let expected = try ABTest.run(plain).primary
        var variants = [plain, plain, plain]
        variants[0].clusters = plain.assignment.indices.map { "u\($0)" }
        variants[1].strata = plain.assignment.map { _ in "all" }
        variants[2].metrics[0].denominators = plain.assignment.map { _ in 1 }
        for variant in variants {
            let found = try ABTest.run(variant).primary
            #expect(near(found.estimate, expected.estimate) && near(found.standardError, expected.standardError))
            #expect(near(found.degrees, expected.degrees))
        }
    }

    @Test("Rows that are repeated within their cluster tell nothing new")
    func repeated() throws {
        var plain = experiment()
        plain.strata = nil
        let expected = try ABTest.run(plain).primary
        func twice<Element>(_ values: [Element]) -> [Element] { values + values }
        let doubled = Experiment(
            arms: plain.arms, assignment: twice(plain.assignment),
            metrics: [.init("m", twice(plain.metrics[0].values), covariates: plain.metrics[0].covariates.map(twice))],
            clusters: twice(plain.assignment.indices.map { "u\($0)" }))
        let found = try ABTest.run(doubled).primary
        #expect(near(found.estimate, expected.estimate) && near(found.standardError, expected.standardError))
        #expect(found.treated.count == 30)
    }

    @Test("Several covariates that a first one contains add nothing")
    func covariates() throws {
        var single = experiment()
        single.strata = nil
        let one = try ABTest.run(single).primary
        var random = SeededRandom(seed: 5)
        var double = single
        let noise = single.assignment.map { _ in random.normal() }
        double.metrics[0].covariates.append(zip(noise, single.metrics[0].covariates[0]).map { $0 + $1 })
        var separate = single
        separate.metrics[0].covariates.append(noise)
        let (two, other) = (try ABTest.run(double).primary, try ABTest.run(separate).primary)
        // Both pairs span the same space.
        #expect(near(two.estimate, other.estimate) && near(two.standardError, other.standardError))
        #expect(two.standardError != one.standardError)
    }

    @Test("With everybody as assigned the effect on compliers is that of the assignment")
    func compliance() throws {
        var plain = experiment()
        plain.strata = nil
        plain.received = plain.assignment.map { $0 == 0 ? 0 : 1 }
        let found = try ABTest.run(plain).primary
        let complier = try #require(found.complier)
        #expect(try near(#require(complier.estimate), found.estimate))
        #expect(try near(#require(complier.standardError), found.standardError))
        #expect(complier.controlShare == 0 && complier.treatedShare == 1)
    }

    @Test("A flat prior leaves the estimate; a firm one pulls as its precision says")
    func prior() throws {
        let flat = EffectPosterior(estimate: 2, standardError: 0.5, prior: .init(), level: 0.95)
        #expect(flat.mean == 2 && flat.deviation == 0.5)
        let firm = EffectPosterior(estimate: 2, standardError: 0.5, prior: .init(mean: 0, deviation: 0.5), level: 0.95)
        #expect(near(firm.mean, 1) && near(firm.deviation, 0.125.squareRoot()))
        #expect(near(firm.lossOfControl - firm.lossOfTreating, firm.mean))
        #expect(near(firm.probabilityAbove, StandardNormal.cumulative(1 / 0.125.squareRoot())))
    }

    @Test("Sums and values give the same")
    func sums() throws {
        var random = SeededRandom(seed: 4)
        let values = (0..<60).map { _ in random.normal() }
        var (a, b) = (ArmSummary(), ArmSummary())
        for value in values[..<20] { a.add(value) }
        for value in values[20...] { b.add(value) }
        var options = ABTest.Options()
        options.sequentialTuning = 100
        let summed = try ABTest.run("m", control: ("control", a), treated: [("treated", b)], options).primary
        let whole = try ABTest.run(
            .comparing("m", control: Array(values[..<20]), treated: Array(values[20...])), options
        ).primary
        #expect(try near(summed.estimate, whole.estimate) && near(#require(summed.pValue), #require(whole.pValue)))
        let live = try #require(
            SequentialComparison(treated: b, control: a, sequence: .init(alpha: 0.05, tuningSize: 100)))
        #expect(try near(live.low, #require(whole.interval.low)) && near(live.pValue, #require(whole.pValue)))
        var both = a
        both.add(b)
        let all = try #require(SampleMean(of: values))
        #expect(try near(both.mean, all.mean) && near(#require(both.variance), #require(all.variance)))
    }
}
