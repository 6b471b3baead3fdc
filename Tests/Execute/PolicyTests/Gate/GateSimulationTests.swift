import Domain
import Policy
import Statistics
import Testing

@Suite("The gate on simulated traffic")
struct GateSimulationTests {
    /// What became of a stream of hits.
    struct Run {
        var gate = GateState(terms: GateTerms())
        var (served, wrong) = (0, 0)
        /// Judged hits from a change of the stream to the roll-back.
        var judgedToRollback: Int?

        var wrongShare: Double { served > 0 ? Double(wrong) / Double(served) : 0 }
    }

    /// Runs hits through a gate as a gateway would: chance says which are served, and which are judged.
    static func run(seed: UInt64, hits: Int, changeAt: Int = .max, share: (Int) -> Double) -> Run {
        var random = SeededRandom(seed: seed)
        var run = Run()
        run.gate.open(at: GateStreams.moment)
        var judgedSinceChange = 0
        for hit in 0..<hits {
            let loss = GateStreams.loss(share(hit), &random)
            let isServed = random.unit() < run.gate.servedShare
            if isServed {
                run.served += 1
                if loss == .whole { run.wrong += 1 }
            }
            guard random.unit() < run.gate.judgedShare else { continue }
            if hit >= changeAt { judgedSinceChange += 1 }
            let change = run.gate.take(.scored(loss), at: GateStreams.moment)
            if change?.to == .rolledBack { run.judgedToRollback = judgedSinceChange }
        }
        return run
    }

    @Test(
        "The share of wrong hits stays under its bound in at least 95 % of runs",
        arguments: [0.001, 0.005, 0.01, 0.015, 0.02, 0.03, 0.1])
    func steady(share: Double) {
        let runs = (0..<200).map { Self.run(seed: UInt64($0), hits: 4_000) { _ in share } }
        let kept = runs.count { $0.wrongShare <= 0.02 }
        let promoted = runs.count { $0.served > 0 }
        print("error \(share): \(promoted) of 200 served, \(kept) kept 2 %")
        #expect(kept >= 190)
        if share >= 0.02 { #expect(promoted <= 10, "false promotions") }
    }

    @Test("It is not idle: at 0.5 % it acts within a thousand judged hits in at least 80 % of runs")
    func speed() {
        var counts: [Int?] = []
        for seed in UInt64(0)..<200 {
            let run = Self.run(seed: seed, hits: 3_000) { _ in 0.005 }
            counts.append(run.gate.transitions.first { $0.cause == .confirmed }?.evidence.judged)
        }
        let within = counts.count { ($0 ?? .max) <= 1_000 }
        print("0.5 %: on within 1,000 judged hits in \(within) of 200, median \(GateStreams.median(counts))")
        #expect(within >= 160)
    }

    @Test("A stream that changes half-way is rolled back within the published counts", arguments: [6_000, 30_000])
    func change(half: Int) {
        let runs = (0..<200).map { seed in
            Self.run(seed: UInt64(seed), hits: half + 4_000, changeAt: half) { $0 < half ? 0.005 : 0.1 }
        }
        let promoted = runs.filter { run in run.gate.transitions.contains { $0.cause == .confirmed } }
        let delays = promoted.map(\.judgedToRollback).map { $0 ?? .max }.sorted()
        let kept = runs.count { $0.wrongShare <= 0.02 }
        print(
            "change after \(half): median \(delays[delays.count / 2]) judged, 95 % \(delays[delays.count * 19 / 20]), \(kept) kept"
        )
        #expect(promoted.count >= 190 && kept >= 190)
        #expect(delays[delays.count / 2] <= 44 && delays[delays.count * 19 / 20] <= 180)
        #expect(promoted.allSatisfy { $0.gate.state == .rolledBack })
    }

    @Test("Equal answers are seldom taken back, though every verdict is looked at")
    func equalAnswers() {
        let runs = (0..<200).map { Self.run(seed: UInt64($0), hits: 10_000) { _ in 0.005 } }
        let backs = runs.count { $0.gate.state == .rolledBack }
        print("0.5 % for 10,000 hits: \(backs) of 200 rolled back")
        #expect(backs <= 10)
    }
}
