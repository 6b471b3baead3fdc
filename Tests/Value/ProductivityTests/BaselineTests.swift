import Domain
import Productivity
import Statistics
import Testing

@Suite("Baselines and error reduction")
struct BaselineTests {
    private func task(_ minutes: Double, _ evidence: TimeEvidence = .measured) -> TaskMetric {
        TaskMetric(
            id: "\(minutes)", taskType: "review", withAIMinutes: minutes, timestamp: Timestamp(seconds: 9),
            evidence: evidence)
    }

    private func baseline(_ deviation: Double?, _ count: Int?) -> TaskBaseline {
        TaskBaseline(
            taskType: "review", metric: "minutes", mean: 45, deviation: deviation, count: count,
            recordedAt: Timestamp(seconds: 0))
    }

    @Test("Tasks beside a baseline with a spread have an interval by Welch")
    func interval() throws {
        let rows = BaselineComparison.all([14, 15, 16, 15, 20].map { task($0) }, [baseline(12, 30)])
        let row = try #require(rows.first)
        #expect(row.before == 45 && row.now == 16 && row.evidence == .measured)
        let change = try #require(row.change)
        // Means 16 and 45, standard errors sqrt(5.5 / 5) and 12 / sqrt(30): 2.4290.
        #expect(abs(change.estimate + 29) < 1e-12 && abs(change.standardError - 2.4289915602982) < 1e-9)
        #expect(change.low < -33 && change.high > -25 && change.high < -20)
    }

    @Test("Without a spread there is no interval; mixed evidence is said to be mixed")
    func without() {
        #expect(BaselineComparison.all([task(10), task(12)], [baseline(nil, nil)]).first?.change == nil)
        let mixed = BaselineComparison.all([task(10), task(12, .estimated)], [baseline(12, 30)]).first
        #expect(mixed?.evidence == nil)
        #expect(BaselineComparison.all([], [baseline(12, 30)]).isEmpty)
    }

    @Test("The published example compares by hand with AI")
    func example() {
        let rows = BaselineComparison.all([], ExampleBaselines.all(recordedAt: Timestamp(seconds: 0)))
        #expect(rows.count == 8)
        let bugs = rows.first { $0.taskType == "code_review" && $0.metric == "bugs_found" }
        #expect(bugs?.before == 3.2 && bugs?.now == 5.1)
    }

    @Test("12 bugs, 15,000 USD, 15 % false: 153,000, from 51,000 to 510,000")
    func errors() {
        let result = ErrorReduction(
            bugsCaught: 12, costPerBug: 15_000, costRange: 5_000...50_000, falsePositiveRate: 0.15, hoursSaved: 24)
        #expect(abs(result.value - 153_000) < 1e-9 && abs(result.effectiveCatches - 10.2) < 1e-12)
        #expect(abs(result.valueRange.lowerBound - 51_000) < 1e-9 && abs(result.valueRange.upperBound - 510_000) < 1e-9)
        #expect(result.hoursValue == 2_400)
    }
}
