import Domain
import Registry
import Testing

@Suite("Budgets in the registry")
struct RegistryBudgetsTests {
    private func budget(
        _ id: String, _ scope: BudgetScope = .total, nanos: Int64 = 5, _ period: BudgetPeriod = .month
    ) -> Budget {
        Budget(id: id, scope: scope, limit: NanoUSD(nanos: nanos), period: period)
    }

    @Test("Every scope and every period comes back as it was")
    func persistence() throws {
        try MadeRegistry.with { registry in
            let budgets = [
                Budget(
                    id: "bud_1", scope: .customer("a=b"), limit: NanoUSD(nanos: 1), period: .day,
                    timeZone: "Europe/Berlin", enforcement: .soft, webhook: "https://example.com/hook"),
                budget("bud_2", .eachCustomer, nanos: .max, .week), budget("bud_3", .feature("chat"), nanos: 0, .month),
                budget("bud_4", .key("key_1"), .rolling(hours: 1)), budget("bud_5", .team("growth")),
                budget("bud_6", .total, .rolling(hours: 744)),
            ]
            for budget in budgets { try registry.store.set(budget, at: MadeRegistry.moment) }
            #expect(try Set(registry.another().budgets()) == Set(budgets))
        }
    }

    @Test("The same scope and period is the same budget and keeps its id; another period is another budget")
    func replacing() throws {
        try MadeRegistry.with { registry in
            let store = registry.store
            #expect(try store.set(budget("bud_1"), at: MadeRegistry.moment).id == "bud_1")
            let kept = try store.set(budget("bud_2", nanos: 7), at: MadeRegistry.moment)
            #expect(kept == budget("bud_1", nanos: 7))
            try store.set(budget("bud_3", .total, .day), at: MadeRegistry.moment)
            #expect(try Set(store.budgets().map(\.id)) == ["bud_1", "bud_3"])
            #expect(try store.budgets().contains(kept))
        }
    }

    @Test("A removed budget is gone; one that is not there is an error")
    func removing() throws {
        try MadeRegistry.with { registry in
            let store = registry.store
            try store.set(budget("bud_1"), at: MadeRegistry.moment)
            try store.removeBudget(id: "bud_1", at: MadeRegistry.moment)
            #expect(try store.budgets().isEmpty)
            let version = try store.version()
            #expect { try store.removeBudget(id: "bud_1", at: MadeRegistry.moment) } throws: {
                ($0 as? RegistryError)?.code == .notFound
            }
            #expect(try store.version() == version)
        }
    }
}
