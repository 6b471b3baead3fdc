import Domain
import Registry
import Testing

@Suite("Deliveries and closed months in the registry")
struct RegistryDeliveryTests {
    private let key = DeliveryState.Key(name: "executive-month", target: .webhook("https://hooks.slack.com/SECRET"))
    private let due = Timestamp(year: 2026, month: 11, day: 1, hour: 7)

    @Test("A schedule begins once; what was delivered survives a restart")
    func roundTrip() throws {
        try MadeRegistry.with { registry in
            #expect(try registry.store.lastDelivery(key) == nil)
            try registry.store.beginDeliveries(key, at: MadeRegistry.moment)
            try registry.store.beginDeliveries(key, at: MadeRegistry.moment)
            #expect(try registry.another().lastDelivery(key)?.outcome == .begun)
            let later = Timestamp(microseconds: MadeRegistry.moment.microseconds + 1)
            #expect(try registry.store.takeDelivery(key, due: later, attempt: 1, at: later))
            try registry.store.settleDelivery(key, due: later, .delivered, at: later)
            let expected = DeliveryState(due: later, outcome: .delivered, attempts: 1, at: later)
            #expect(try registry.another().lastDelivery(key) == expected)
            #expect(try registry.another().lastArrival(key) == expected)
        }
    }

    @Test("Of two processes that see a delivery due, one takes it; what has arrived is never taken again")
    func taking() throws {
        try MadeRegistry.with { registry in
            let other = try registry.another()
            #expect(try registry.store.takeDelivery(key, due: due, attempt: 1, at: due))
            #expect(try !other.takeDelivery(key, due: due, attempt: 1, at: due))
            try registry.store.settleDelivery(key, due: due, .tried, failure: "no answer", at: due)
            #expect(try other.lastDelivery(key)?.failure == "no answer")
            #expect(try other.takeDelivery(key, due: due, attempt: 2, at: due))
            #expect(try !registry.store.takeDelivery(key, due: due, attempt: 2, at: due))
            try other.settleDelivery(key, due: due, .delivered, at: due)
            #expect(try !registry.store.takeDelivery(key, due: due, attempt: 3, at: due))
            #expect(try registry.store.lastDelivery(key)?.outcome == .delivered)
        }
    }

    @Test("A webhook's secret path is not kept, and no delivery is a change of keys")
    func secrets() throws {
        try MadeRegistry.with { registry in
            try registry.store.beginDeliveries(key, at: due)
            #expect(try registry.store.version() == 0)
            let text = String(decoding: try registry.bytes(), as: UTF8.self)
            #expect(text.contains("executive-month") && !text.contains("SECRET"))
        }
    }

    private func month(_ nanos: Int64, by name: String = "R. Controller") -> ClosedMonth {
        ClosedMonth(
            month: 681, closedAt: MadeRegistry.moment, closedBy: name, priceBook: "2026-10-01",
            providers: [
                ClosedMonth.Provider(
                    name: "openai", baseline: NanoUSD(nanos: nanos * 2), realized: NanoUSD(nanos: nanos), calls: 3,
                    unpriced: 1)
            ])
    }

    @Test("A closed month comes back; closing it again is refused, unless it is to be replaced, which is noted")
    func closing() throws {
        try MadeRegistry.with { registry in
            #expect(try registry.store.closedMonth(681) == nil)
            try registry.store.close(month(5), replacing: false)
            #expect(try registry.another().closedMonth(681) == month(5))
            #expect(throws: RegistryError.self) { try registry.store.close(month(6), replacing: false) }
            #expect(try registry.store.closedMonths() == [month(5)])
            try registry.store.close(month(6, by: "another"), replacing: true)
            #expect(try registry.store.closedMonths() == [month(6, by: "another")])
            let changes = try registry.store.changes(limit: 10).map(\.what)
            #expect(changes == ["month closed", "month close replaced", "month closed"])
        }
    }
}
