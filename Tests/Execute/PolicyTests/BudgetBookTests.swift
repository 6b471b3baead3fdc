import Domain
import Policy
import Testing

@Suite("Budgets")
struct BudgetBookTests {
    private let noon = Timestamp(year: 2026, month: 11, day: 18, hour: 12)

    private func usd(_ text: String) -> NanoUSD { NanoUSD(dollars: text) ?? .zero }

    private func budget(
        _ scope: BudgetScope, _ limit: String, _ period: BudgetPeriod = .month, _ kind: BudgetEnforcement = .hard
    ) -> Budget {
        Budget(id: "bud_\(scope.text)", scope: scope, limit: usd(limit), period: period, enforcement: kind)
    }

    @Test("What is settled and reserved never exceeds a hard budget, in whatever order requests come and go")
    func neverExceeded() {
        var random = SplitMix(state: 7)
        var book = BudgetBook()
        _ = book.replace(with: [budget(.total, "1"), budget(.customer("acme"), "0.4")], at: noon)
        var open: [(BudgetReservation, Spender)] = []
        var spent = NanoUSD.zero
        for step in 0..<20_000 {
            let spender = Spender(customer: random.next() % 3 == 0 ? "acme" : "other")
            let worst = NanoUSD(nanos: Int64(random.next() % 5_000_000))
            if case .success(let reservation) = book.reserve(worst, for: spender, at: noon) {
                open.append((reservation, spender))
            }
            if step % 3 == 0, !open.isEmpty {
                let (reservation, spender) = open.remove(at: Int(random.next() % UInt64(open.count)))
                let actual = NanoUSD(nanos: reservation.amount.nanos / Int64(1 + random.next() % 4))
                _ = book.settle(reservation, actual: actual, for: spender)
                spent = spent + actual
            }
            for state in book.states(at: noon) { #expect(state.spent + state.reserved <= state.budget.limit) }
        }
        #expect(spent > usd("0.5"), "the budget was hardly used, so the test says little")
    }

    @Test("A refusal names the budget, what is left and when it resets, and holds nothing")
    func refusal() throws {
        var book = BudgetBook()
        _ = book.replace(with: [budget(.total, "10"), budget(.feature("chat"), "1", .day)], at: noon)
        let spender = Spender(feature: "chat")
        let first = try book.reserve(usd("0.8"), for: spender, at: noon).get()
        guard case .failure(let refusal) = book.reserve(usd("0.3"), for: spender, at: noon) else {
            Issue.record("the request should have been refused")
            return
        }
        #expect(refusal.budget.scope == .feature("chat"))
        #expect(refusal.left == usd("0.2"))
        #expect(refusal.resetsAt == Timestamp(year: 2026, month: 11, day: 19))
        let held = book.states(at: noon).map(\.reserved)
        #expect(held == [usd("0.8"), usd("0.8")])
        _ = book.settle(first, actual: usd("0.1"), for: spender)
        #expect(throws: Never.self) { try book.reserve(usd("0.9"), for: spender, at: noon).get() }
    }

    @Test("What cannot be priced is refused by a hard budget and let through by a soft one")
    func unpriced() {
        var hard = BudgetBook()
        _ = hard.replace(with: [budget(.total, "10")], at: noon)
        #expect(throws: BudgetRefusal.self) { try hard.reserve(nil, for: Spender(), at: noon).get() }
        var soft = BudgetBook()
        _ = soft.replace(with: [budget(.total, "10", .month, .soft)], at: noon)
        #expect(throws: Never.self) { try soft.reserve(nil, for: Spender(), at: noon).get() }
    }

    @Test("A customer that nobody has named yet has its budget from its first request on")
    func eachCustomer() {
        var book = BudgetBook()
        _ = book.replace(with: [budget(.eachCustomer, "1")], at: noon)
        for customer in ["a", "b"] {
            let spender = Spender(customer: customer)
            #expect(throws: Never.self) { try book.reserve(usd("0.9"), for: spender, at: noon).get() }
            #expect(throws: BudgetRefusal.self) { try book.reserve(usd("0.2"), for: spender, at: noon).get() }
        }
    }

    @Test("A new period begins with nothing spent, and what started before it belongs to the old one")
    func newPeriod() throws {
        var book = BudgetBook()
        _ = book.replace(with: [budget(.total, "1", .day)], at: noon)
        let late = try book.reserve(usd("0.9"), for: Spender(), at: noon).get()
        let tomorrow = Timestamp(year: 2026, month: 11, day: 19)
        let next = try book.reserve(usd("0.9"), for: Spender(), at: tomorrow).get()
        _ = book.settle(late, actual: usd("0.9"), for: Spender())
        let state = book.states(at: tomorrow).first
        #expect(state?.spent == .zero && state?.reserved == usd("0.9"))
        _ = book.settle(next, actual: usd("0.2"), for: Spender())
        let after = book.states(at: tomorrow).first
        #expect(after?.spent == usd("0.2"))
    }

    @Test("A rolling budget forgets an hour only when all of it is older than the span")
    func rolling() throws {
        var book = BudgetBook()
        _ = book.replace(with: [budget(.total, "1", .rolling(hours: 2))], at: noon)
        let first = try book.reserve(usd("0.6"), for: Spender(), at: noon).get()
        _ = book.settle(first, actual: usd("0.6"), for: Spender())
        for (hours, fits) in [(1, false), (2, false), (3, true)] {
            let moment = Timestamp(microseconds: noon.microseconds + Int64(hours) * Timestamp.microsecondsPerHour)
            let result = book.reserve(usd("0.5"), for: Spender(), at: moment)
            #expect(((try? result.get()) != nil) == fits, "after \(hours) h")
            if case .success(let reservation) = result { _ = book.settle(reservation, actual: .zero, for: Spender()) }
        }
    }

    @Test(
        "Days, weeks and months begin in the budget's time zone",
        arguments: [
            (BudgetPeriod.day, "Europe/Berlin", "2026-11-17T23:00:00Z", "2026-11-18T23:00:00Z"),
            (.week, "UTC", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z"),
            (.month, "America/New_York", "2026-11-01T04:00:00Z", "2026-12-01T05:00:00Z"),
            (.day, "Asia/Kolkata", "2026-11-17T18:30:00Z", "2026-11-18T18:30:00Z"),
        ])
    func calendar(period: BudgetPeriod, zone: String, start: String, end: String) {
        let budget = Budget(id: "b", scope: .total, limit: .zero, period: period, timeZone: zone)
        let found = BudgetCalendar.period(of: budget, at: noon)
        #expect(found.start.rfc3339 == start && found.end.rfc3339 == end)
    }

    @Test("Thresholds are reported once in a period")
    func alerts() throws {
        var book = BudgetBook()
        _ = book.replace(with: [budget(.total, "1", .month, .soft)], at: noon)
        var reached: [Int64] = []
        for _ in 0..<15 {
            let reservation = try book.reserve(usd("0.1"), for: Spender(), at: noon).get()
            reached += book.settle(reservation, actual: usd("0.1"), for: Spender()).map(\.threshold)
        }
        #expect(reached == [80, 100])
    }

    @Test("What was spent before counts, and a changed limit keeps what is counted")
    func loading() {
        var book = BudgetBook()
        let new = book.replace(with: [budget(.total, "1")], at: noon)
        #expect(new.map(\.scope) == [.total])
        book.load(usd("0.9"), budget: new[0], customer: nil, startedAt: noon)
        #expect(throws: BudgetRefusal.self) { try book.reserve(usd("0.2"), for: Spender(), at: noon).get() }
        let added = book.replace(with: [budget(.total, "2")], at: noon)
        #expect(added.isEmpty)
        #expect(throws: Never.self) { try book.reserve(usd("1.1"), for: Spender(), at: noon).get() }
    }
}

/// A few pseudo-random numbers.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        return ByteHash.mix(state, 0xbf58_476d_1ce4_e5b9)
    }
}
