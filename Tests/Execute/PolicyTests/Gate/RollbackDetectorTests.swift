import Policy
import Statistics
import Testing

@Suite("The detector that rolls back")
struct RollbackDetectorTests {
    /// Verdicts until the alarm, after some at another share of errors; `nil` where there is none.
    private static func delay(clean: Int, cleanShare: Double, share: Double, seed: UInt64, most: Int) -> Int? {
        var random = SeededRandom(seed: seed)
        var detector = RollbackDetector(floor: 0.02, averageRunLength: 1_000)
        for _ in 0..<clean where detector.take(GateStreams.loss(cleanShare, &random)) { return 0 }
        return (1...most).first { _ in detector.take(GateStreams.loss(share, &random)) }
    }

    @Test(
        "It sees 10 % errors within the published count, also after 5,000 clean verdicts",
        arguments: [(0, 0.0), (5_000, 0.0), (5_000, 0.005)])
    func jump(clean: Int, cleanShare: Double) {
        let delays = (0..<500).map {
            Self.delay(clean: clean, cleanShare: cleanShare, share: 0.1, seed: UInt64($0), most: 4_000)
        }
        let sorted = delays.map { $0 ?? .max }.sorted()
        print("10 % after \(clean) at \(cleanShare): median \(sorted[250]), 95 % within \(sorted[475])")
        // From the very beginning there are no earlier tests to build on.
        #expect(sorted[250] <= (clean == 0 ? 50 : 44) && sorted[475] <= 145)
    }

    @Test("A plain test goes numb: the same jump takes it more than a thousand verdicts")
    func numbness() {
        var random = SeededRandom(seed: 5)
        var process = LossProcess(floor: 0.02)
        for _ in 0..<5_000 { process.take(.none) }
        for _ in 0..<1_000 { process.take(GateStreams.loss(0.1, &random)) }
        #expect(!process.isAboveFloor(level: 0.05))
    }

    @Test("Exactly at the floor the average run is at least as long as stated")
    func runLength() {
        let runs = (0..<300).map {
            Self.delay(clean: 0, cleanShare: 0, share: 0.02, seed: UInt64($0), most: 30_000) ?? 30_000
        }
        let mean = Double(runs.reduce(0, +)) / 300
        print("at the floor: mean run \(mean)")
        #expect(mean >= 1_000)
        for most in [50, 100, 200, 400] {
            let early = runs.count { $0 <= most }
            #expect(Double(early) / 300 <= Double(most) / 1_000, "within \(most): \(early)")
        }
    }

    @Test("A quarter of the floor hardly ever alarms")
    func cleanRuns() {
        let alarms = (0..<200).count {
            Self.delay(clean: 0, cleanShare: 0, share: 0.005, seed: UInt64($0), most: 5_000) != nil
        }
        print("at a quarter of the floor: \(alarms) of 200 alarms within 5,000")
        #expect(alarms <= 10)
    }

    @Test("Graded losses count as their size, and only losses above the floor alarm")
    func graded() throws {
        var detector = RollbackDetector(floor: 0.02, averageRunLength: 1_000)
        let small = try #require(Loss(0.02))
        let isAlarmed = (0..<900).contains { _ in detector.take(small) }
        #expect(!isAlarmed, "each step adds at most 1")
        #expect(abs(detector.value - 900) < 1e-6, "losses at the floor add exactly 1")
    }
}
