import Domain
import Registry
import Testing

@Suite("Plans, levers and verdicts in the registry")
struct RegistryPolicyTests {
    private let moment = MadeRegistry.moment
    private func later(_ seconds: Int64) -> Timestamp {
        Timestamp(microseconds: moment.microseconds + seconds * 1_000_000)
    }

    @Test("The newest plan is in force, all are kept, and ending it is a plan of no rules")
    func plans() throws {
        try MadeRegistry.with { registry in
            let store = registry.store
            #expect(try store.planInForce() == nil)
            #expect { try store.removePlan(at: moment) } throws: { ($0 as? RegistryError)?.code == .notFound }
            let first = try store.applyPlan(name: "October", body: #"{"rules": []}"#, note: "a start", at: moment)
            let second = try store.applyPlan(name: "November", body: #"{"name": "November"}"#, at: later(1))
            #expect(first.number == 1 && second.number == 2)
            #expect(try registry.another().planInForce() == second)
            let third = try RegistryStore.$actor.withValue("ann") {
                try store.removePlan(note: "too much", at: later(2))
            }
            #expect(try registry.another().plans() == [third, second, first])
            #expect(try registry.another().planInForce()?.body == #"{"format_version": 1, "rules": []}"#)
            let changes = try store.policyChanges(limit: 9)
            #expect(
                changes.map { "\($0.what) \($0.subject) \($0.detail)" } == [
                    "plan removed 3 too much", "plan applied 2 November", "plan applied 1 October: a start",
                ])
            #expect(changes.map(\.actor) == ["ann", nil, nil])
        }
    }

    @Test("What a person wants survives what the gateway keeps, whoever writes last, and each wish is given out once")
    func twoProcesses() throws {
        try MadeRegistry.with { registry in
            let (gateway, person) = (registry.store, try registry.another())
            var record = LeverRecord(subject: "abc", gate: #"{"state":"shadow"}"#)
            try gateway.saveLevers(["small": record], at: moment)
            try person.pauseLever("small", reason: "a complaint", at: later(1))
            try person.wantLever("small", .withdraw, at: later(2))
            try person.wantLever("small", .open, at: later(3))
            (record.gate, record.counters) = (#"{"state":"canary"}"#, #"{"seen":7}"#)
            try gateway.saveLevers(["small": record, "other": LeverRecord(agreement: "{}")], at: later(4))
            let rows = try person.levers()
            #expect(rows.map(\.rule) == ["other", "small"])
            #expect(rows[0].kept.agreement == "{}" && rows[0].pause == nil && rows[0].wish == nil)
            #expect(rows[1].kept == record && rows[1].updatedAt == later(4))
            #expect(rows[1].pause == LeverRow.Pause(reason: "a complaint", at: later(1)) && rows[1].wish == .open)
            #expect(try gateway.takeWishes() == ["small": .open])
            #expect(try person.takeWishes().isEmpty && person.levers()[1].wish == nil)
            #expect(try person.levers()[1].pause != nil, "a wish that is done ends no pause")
        }
    }

    @Test("A rule can be paused before the gateway has seen it; only what is paused can be resumed")
    func pausing() throws {
        try MadeRegistry.with { registry in
            let store = registry.store
            #expect { try store.resumeLever("small", at: moment) } throws: { ($0 as? RegistryError)?.code == .notFound }
            try store.pauseLever("small", reason: "one", at: moment)
            try store.pauseLever("small", reason: "two", at: later(1))
            #expect(try store.levers().first?.pause?.reason == "two")
            try store.resumeLever("small", at: later(2))
            #expect(try store.levers().first?.pause == nil)
            #expect { try store.resumeLever("small", at: later(3)) } throws: {
                ($0 as? RegistryError)?.code == .notFound
            }
            #expect(
                try store.policyChanges(limit: 9).map { "\($0.what) \($0.subject) \($0.detail)" } == [
                    "lever resumed small ", "lever paused small two", "lever paused small one",
                ])
        }
    }

    @Test("People's changes move the version that the gateway watches; what the gateway keeps does not")
    func version() throws {
        try MadeRegistry.with { registry in
            let (store, other) = (registry.store, try registry.another())
            var seen = try other.version()
            let changes: [(RegistryStore) throws -> Void] = [
                { try $0.applyPlan(name: "", body: "{}", at: moment) }, { try $0.wantLever("a", .close, at: moment) },
                { try $0.pauseLever("a", reason: "r", at: moment) }, { try $0.resumeLever("a", at: moment) },
                { try $0.removePlan(at: moment) },
            ]
            for change in changes {
                try change(store)
                #expect(try other.version() > seen)
                seen = try other.version()
            }
            try store.saveLevers(["a": LeverRecord(gate: "{}")], at: moment)
            _ = try store.takeWishes()
            try store.addFeedback(verdict("v", at: moment))
            #expect(try other.version() == seen)
        }
    }

    private func verdict(_ id: String, loss: Double = 1, at moment: Timestamp) -> PostedVerdict {
        PostedVerdict(id: id, requestID: "req_1", loss: loss, comment: "no", source: "support-app", at: moment)
    }

    @Test("A verdict is kept once, and comes back in the order of time from a moment on")
    func feedback() throws {
        try MadeRegistry.with { registry in
            let store = registry.store
            #expect(try store.addFeedback(verdict("b", at: later(2))))
            #expect(try store.addFeedback(verdict("a", loss: 0.25, at: later(1))))
            #expect(try !store.addFeedback(verdict("a", loss: 1, at: later(9))), "posted twice")
            let all = try registry.another().feedback(since: moment)
            #expect(all == [verdict("a", loss: 0.25, at: later(1)), verdict("b", at: later(2))])
            #expect(try store.feedback(since: later(2)).map(\.id) == ["b"])
            #expect(try store.feedback(since: later(3)).isEmpty)
        }
    }
}
