import Domain
import Registry
import Testing

@Suite("Tasks, baselines and outcomes in the registry")
struct RegistryProductivityTests {
    private let now = Timestamp(seconds: 1_000)

    @Test("Tasks come back as they were, in the order of their time; known ids change nothing")
    func tasks() throws {
        try MadeRegistry.with { (made: MadeRegistry) throws in
            let full = TaskMetric(
                id: "b", taskType: "review", withAIMinutes: 1.5, withoutAIMinutes: 4, qualityScore: 0.5,
                apiCost: 0.000_123,
                timestamp: Timestamp(seconds: 20), person: "p", team: "t", evidence: .measured, requestID: "r",
                sessionID: "s")
            let bare = TaskMetric(id: "a", taskType: "other", withAIMinutes: 2, timestamp: Timestamp(seconds: 10))
            #expect(try made.store.add([full, bare], at: now) == 2)
            #expect(try made.store.add([full], at: now) == 0)
            #expect(try made.store.tasks(in: .always) == [bare, full])
            #expect(try made.store.tasks(in: Period(start: Timestamp(seconds: 15), end: now)) == [full])
        }
    }

    @Test("A new baseline is a new version; the old one stays")
    func baselines() throws {
        try MadeRegistry.with { (made: MadeRegistry) throws in
            func baseline(_ mean: Double) -> TaskBaseline {
                TaskBaseline(taskType: "a", metric: "minutes", mean: mean, deviation: 2, count: 9, recordedAt: now)
            }
            let kept = try made.store.record([baseline(5), baseline(6)], at: now)
            #expect(kept.map(\.version) == [1, 2])
            #expect(try made.store.baselines() == kept)
        }
    }

    @Test("Outcomes are kept once")
    func outcomes() throws {
        try MadeRegistry.with { (made: MadeRegistry) throws in
            let outcome = OutcomeCount(
                name: "resolved", amount: 12, timestamp: now, team: "eu", source: "f.csv", key: "k")
            #expect(try made.store.add([outcome, outcome], at: now) == 1)
            #expect(try made.store.outcomes(in: .always) == [outcome])
            var corrected = outcome
            corrected.amount = 15
            #expect(try made.store.add([corrected], at: now) == 0)
            #expect(try made.store.outcomes(in: .always) == [corrected], "a later export corrects an earlier one")
        }
    }
}
