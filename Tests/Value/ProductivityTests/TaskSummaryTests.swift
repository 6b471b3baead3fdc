import Domain
import Productivity
import Statistics
import Testing

@Suite("Task summaries")
struct TaskSummaryTests {
    private func task(
        _ type: String, _ with: Double, _ without: Double?, _ quality: Double = 0.9, _ cost: Double = 0.5,
        at second: Int64 = 0, _ evidence: TimeEvidence = .estimated
    ) -> TaskMetric {
        TaskMetric(
            id: "\(type)\(with)\(second)", taskType: type, withAIMinutes: with, withoutAIMinutes: without,
            qualityScore: quality,
            apiCost: cost, timestamp: Timestamp(seconds: second), evidence: evidence)
    }

    @Test("The framework's sums")
    func sums() throws {
        let tasks = [
            task("code_review", 15, 45), task("code_review", 20, 50, 0.8, 0.25), task("documentation", 20, 60, 0.7, 1),
        ]
        let summary = TaskSummary(tasks, rates: TaskSummary.Rates(hourly: 90))
        #expect(summary.minutesSaved == 100 && summary.value == 150 && summary.apiCost == 1.75)
        let roi = try #require(summary.roiOnAPICost)
        #expect(abs(roi - 148.25 / 1.75 * 100) < 1e-9)
        #expect(abs(try #require(summary.quality) - 0.8) < 1e-12)
        let reviews = try #require(summary.byType.first { $0.type == "code_review" })
        let expected: Double = (200 / 3.0 + 60) / 2
        let mean = try #require(summary.part(reviews.tasks).meanPercentSaved)
        #expect(abs(mean - expected) < 1e-9)
    }

    @Test("Ten engineers, 50 hours saved: 900 % on API cost is 100 % on total cost")
    func totalCost() {
        var rates = TaskSummary.Rates(hourly: 100)
        rates.engineers = 10
        let summary = TaskSummary([task("any", 0, 3_000, 0.9, 500)], rates: rates)
        #expect(summary.roiOnAPICost == 900 && summary.roiOnTotalCost == 100)
    }

    @Test(
        "The trend follows the framework's halves, and is stable where losses are steady",
        arguments: [
            ([50, 50, 50, 50, 50, 80, 80, 80, 80, 80], .improving),
            ([50, 50, 50, 50, 50, 20, 20, 20, 20, 20], .declining),
            ([50, 50, 50, 50, 50, 53, 53, 53, 53, 53], .stable),
            ([-19, -19, -19, -19, -19, -19, -19, -19, -19, -19], .stable),
            ([-50, -50, -50, -50, -50, -80, -80, -80, -80, -80], .declining), ([50, 60], .insufficientData),
        ] as [([Double], TaskTrend.Direction)])
    func trend(percents: [Double], expected: TaskTrend.Direction) {
        let tasks = percents.enumerated().map { task("any", 100 - $1, 100, at: Int64($0)) }
        #expect(TaskTrend(TaskSummary(tasks, rates: TaskSummary.Rates())).direction == expected)
    }

    @Test("The trend has an interval")
    func trendInterval() throws {
        let percents: [Double] = [40, 50, 60, 50, 50, 60, 70, 65, 75, 80]
        let tasks = percents.enumerated().map { task("any", 100 - $1, 100, at: Int64($0)) }
        let change = try #require(TaskTrend(TaskSummary(tasks, rates: TaskSummary.Rates())).change)
        #expect(abs(change.estimate - 20) < 1e-9 && change.low > 0 && change.high < 40)
    }

    @Test(
        "Tasks without minutes take their kind's last baseline before them; without one they are left out, and counted")
    func baselines() {
        func baseline(_ mean: Double, _ second: Int64) -> TaskBaseline {
            TaskBaseline(taskType: "review", metric: "minutes", mean: mean, recordedAt: Timestamp(seconds: second))
        }
        let tasks = [task("review", 10, nil, at: 50), task("review", 10, nil, at: 150), task("other", 10, nil)]
        let summary = TaskSummary(tasks, baselines: [baseline(40, 0), baseline(30, 100)], rates: TaskSummary.Rates())
        #expect(summary.tasks.map(\.withoutAIMinutes) == [40, 30] && summary.withoutBaseline == 1)
    }

    @Test("Measured and estimated minutes stand apart")
    func evidence() {
        let tasks = [task("a", 0, 60, at: 0, .measured), task("a", 0, 120, at: 1)]
        let summary = TaskSummary(tasks, rates: TaskSummary.Rates())
        #expect(
            summary.part(evidence: .measured).minutesSaved == 60
                && summary.part(evidence: .estimated).minutesSaved == 120)
    }

    @Test("What to do follows the numbers")
    func recommendations() {
        func words(_ tasks: [TaskMetric]) -> String {
            TaskSummary(tasks, rates: TaskSummary.Rates()).recommendations.joined()
        }
        #expect(words([task("a", 0, 60)]).contains("excellent"))
        #expect(words([task("a", 59, 60, 0.5, 100)]).contains("below target"))
        #expect(words([task("a", 59, 60, 0.5, 100)]).contains("Quality scores are low"))
        #expect(words([task("slow", 60, 30)]).contains("longer with AI: slow"))
        #expect(!words([task("a", 0, 60, 0.9, 0.5, at: 0, .measured)]).contains("estimated minutes"))
    }
}
