import Foundation
import JSONScan
import Policy
import Statistics
import Testing

@Suite("The test of a loss against a floor")
struct LossProcessTests {
    @Test(
        "The interval is the published one at every size",
        .enabled(if: GateStreams.isThere, "the shared data is not there"), arguments: ["cs_strong", "cs_weak"])
    func interval(name: String) throws {
        let rows = try #require(try GateStreams.expected()[name]).members
        #expect(rows.count == 6)
        for row in rows {
            let values = row.value.elements.compactMap { $0.text.flatMap { Double($0) } }
            let judged = try #require(Int(row.key))
            let bounds = LossInterval.bounds(lossSum: values[0], judged: judged, level: 0.05, tightestAt: 500)
            #expect(abs(bounds.lowerBound - values[1]) < 1e-9, "\(name) \(judged)")
            #expect(abs(bounds.upperBound - values[2]) < 1e-9, "\(name) \(judged)")
        }
    }

    @Test(
        "On the published stream it decides at the published row",
        .enabled(if: GateStreams.isThere, "the shared data is not there"))
    func decisions() throws {
        let answers = try GateStreams.answers()
        #expect(answers.count == 14_037)
        let strong = try Self.first(answers.map(\.strong)) { $0.lowerBound > 0.76 }
        let weak = try Self.first(answers.map(\.weak)) { $0.upperBound < 0.76 }
        let expected = try GateStreams.expected()
        try Self.check(strong, expected["gate_strong_acc_lower_gt_0.76 (alpha=.05,t_opt=500,perm seed7)"])
        try Self.check(weak, expected["gate_weak_acc_upper_lt_0.76"])
    }

    private static func first(
        _ isRight: [Bool], _ isDecided: (ClosedRange<Double>) -> Bool
    ) throws -> (count: Int, bounds: ClosedRange<Double>) {
        var right = 0.0
        for (position, answer) in isRight.enumerated() {
            right += answer ? 1 : 0
            let bounds = LossInterval.bounds(lossSum: right, judged: position + 1, level: 0.05, tightestAt: 500)
            if isDecided(bounds) { return (position + 1, bounds) }
        }
        return try #require(nil, "never decided")
    }

    private static func check(_ found: (count: Int, bounds: ClosedRange<Double>), _ expected: JSONValue?) throws {
        let values = try #require(expected).elements.compactMap { $0.text.flatMap { Double($0) } }
        #expect(found.count == Int(values[0]))
        #expect(abs(found.bounds.lowerBound - values[1]) < 1e-9)
        #expect(abs(found.bounds.upperBound - values[2]) < 1e-9)
    }

    @Test(
        "Without an error it proves a floor after the published count",
        arguments: [(0.02, 201), (0.01, 404), (0.05, 79)])
    func clean(floor: Double, count: Int) {
        var process = LossProcess(floor: floor)
        for _ in 1..<count { process.take(.none) }
        #expect(process.logEvidenceBelow < log(20) && process.upperBound(level: 0.05) > floor)
        process.take(.none)
        #expect(process.logEvidenceBelow >= log(20) && process.upperBound(level: 0.05) <= floor)
    }

    @Test(
        "With errors it takes the published medians",
        arguments: [(0.02, 0.005, 322), (0.02, 0.01, 863), (0.01, 0.0025, 647), (0.01, 0.005, 1_732)])
    func promotion(floor: Double, share: Double, median: Int) {
        let counts = (0..<1_000).map { Self.count(floor, share, UInt64($0), most: 6_000, \.logEvidenceBelow) }
        let found = GateStreams.median(counts)
        print("promote below \(floor) at \(share): median \(found), published \(median)")
        #expect(abs(Double(found - median)) <= max(1, 0.1 * Double(median)))
    }

    @Test(
        "Above the floor it takes the published medians",
        arguments: [(0.02, 0.04, 376), (0.02, 0.1, 40), (0.02, 0.5, 4), (0.01, 0.05, 82)])
    func refutation(floor: Double, share: Double, median: Int) {
        let counts = (0..<1_000).map { Self.count(floor, share, UInt64($0), most: 6_000, \.logEvidenceAbove) }
        let found = GateStreams.median(counts)
        print("refute \(floor) at \(share): median \(found), published \(median)")
        #expect(abs(Double(found - median)) <= max(1, 0.1 * Double(median)))
    }

    private static func count(
        _ floor: Double, _ share: Double, _ seed: UInt64, most: Int, _ evidence: (LossProcess) -> Double
    ) -> Int? {
        var random = SeededRandom(seed: seed)
        var process = LossProcess(floor: floor)
        for count in 1...most {
            process.take(GateStreams.loss(share, &random))
            if evidence(process) >= log(20) { return count }
        }
        return nil
    }

    @Test("Read at every step, it is wrong less often than its level", arguments: [false, true])
    func peeking(isGraded: Bool) {
        var (promoted, refuted) = (0, 0)
        for seed in UInt64(0)..<400 {
            var random = SeededRandom(seed: seed)
            var process = LossProcess(floor: 0.02)
            var (best, worst) = (0.0, 0.0)
            for _ in 0..<4_000 {
                let graded = Loss(random.unit() < 0.08 ? random.unit() / 2 : 0) ?? .none
                process.take(isGraded ? graded : GateStreams.loss(0.02, &random))
                best = max(best, process.logEvidenceBelow)
                worst = max(worst, process.logEvidenceAbove)
            }
            if best >= log(20) { promoted += 1 }
            if worst >= log(20) { refuted += 1 }
        }
        print("exactly at the floor, graded \(isGraded): \(promoted) promoted, \(refuted) refuted of 400")
        #expect(Double(promoted) <= 0.05 * 400 && Double(refuted) <= 0.05 * 400)
        #expect(promoted + refuted > 0, "a test that never errs is none")
    }

    @Test("The upper bound covers the mean at every step at once")
    func coverage() {
        var missed = 0
        for seed in UInt64(0)..<100 {
            var random = SeededRandom(seed: seed)
            var process = LossProcess(floor: 0.02)
            var isMissed = false
            for _ in 0..<300 {
                process.take(GateStreams.loss(0.05, &random))
                if process.upperBound(level: 0.05) < 0.05 || !process.interval(level: 0.05).contains(0.05) {
                    isMissed = true
                }
            }
            if isMissed { missed += 1 }
        }
        #expect(missed <= 10, "each of the two may miss 5 of 100")
    }

    @Test("What is no loss is none, and no verdicts prove nothing")
    func limits() {
        #expect(Loss(.nan) == nil && Loss(-0.1) == nil && Loss(1.1) == nil && Loss(.infinity) == nil)
        let empty = LossProcess(floor: .nan)
        #expect(empty.floor == 1e-6 && empty.logEvidenceBelow == 0 && empty.upperBound(level: 0.05) == 1)
        #expect(empty.meanLoss == nil && empty.interval(level: 0.05) == 0...1)
        #expect(LossInterval.bounds(lossSum: 1, judged: 1, level: 0) == 0...1)
    }
}
