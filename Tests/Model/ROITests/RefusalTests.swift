import Inputs
import ROI
import Testing

@Suite("Scenarios that are refused")
struct RefusalTests {
    private static let head = "name: Case\nhorizon_months: 12\ndrivers: {x: 1}\ncosts: [{name: A, one_time: 10}]\n"

    @Test(
        "Each with its line, its key and what was expected",
        arguments: [
            ("name: Case\nhorizon_months: -3", "case.yaml:2: horizon_months", "1 to 600"),
            ("name: Case\nhorizon_months: 12\ncolour: red", "case.yaml:3: colour", "no such key"),
            ("horizon_months: 12", "case.yaml", "name: it is missing"),
            ("name: Case\nhorizon_months: 12\ndrivers:\n  a: b + 1\n  b: a", "drivers.a", "refers to itself"),
            ("name: Case\nhorizon_months: 12\ndrivers:\n  a: .nan", "case.yaml:4: drivers.a", "no number"),
            (
                "name: Case\nhorizon_months: 12\ndrivers:\n  a: {value: 5, low: 7, high: 3}", "case.yaml:4: drivers.a",
                "above high"
            ),
            ("name: Case\nhorizon_months: 12\ndrivers:\n  a: {value: 9, low: 1, high: 3}", "drivers.a", "not between"),
            ("name: Case\nhorizon_months: 12\ndrivers:\n  npv: 4", "drivers.npv", "choose another"),
            ("name: Case\nhorizon_months: 12\ndiscount_rate_annual: -2", "discount_rate_annual", "-0.5 to 1"),
            (head + "value: [{name: B, monthly: y}]", "value.0", "nothing is called y"),
            (head + "value: [{name: B, monthly: 1, realisation: 1.5}]", "value.0.realisation", "0.0 to 1.0"),
            (head + "value: [{name: B, monthly: 1, realisation: x * 2}]", "value.0.realisation", "x * 2 is 2"),
            (
                head + "value: [{name: B, monthly: 1, ramp: {shape: steps, shares: [0.5, 1.2]}}]",
                "value.0.ramp.shares.1", "at most 1"
            ),
            (head + "value: [{name: B, monthly: 1, ramp: {months: 0}}]", "value.0.ramp.months", "1.0 to 600.0"),
            (head + "value: [{name: B, monthly: 1, one_time: 2}]", "value.0", "not 2"),
            (head + "value: [{name: B}]", "value.0", "not 0"),
            (head + "value: [{name: B, monthly: 1, start: 9, end: 3}]", "value.0.end", "not before the start"),
            (head + "value: [{name: B, monthly: 1, evidence: certain}]", "value.0.evidence", "randomised"),
            (head + "value: [{name: B, monthly: 2 * (3}]", "value.0.monthly", "\")\" was expected"),
            (head + "value: [{name: B, monthly: 1}, {name: b, monthly: 2}]", "value", "two lines are called value.b"),
            (head + "correlations: [{between: [x, z], value: 0.4}]", "correlations.0.between", "no driver z"),
            (head + "value: [{name: B, one_time: 5, ramp: {months: 3}}]", "value.0.ramp", "falls due once"),
            (
                head + "value: [{name: B, monthly: 5, ramp: {shape: j_curve, depth: 0.1, dip: 6, months: 6}}]",
                "value.0.ramp.dip", "fewer months"
            ),
            (
                head + "value: [{name: B, monthly: 5, ramp: {shape: steps, shares: [0.5, 0.9]}}]", "ramp.shares.1",
                "expected to be 1"
            ),
            (
                "name: C\nhorizon_months: 2\ndrivers:\n  a: {value: 20, low: 1, high: 10, distribution: uniform}",
                "drivers.a.value", "not between"
            ),
            (
                "name: C\nhorizon_months: 2\ndrivers: {a: 1, b: a * 2}\ncorrelations: [{between: [a, b], value: 0.5}]",
                "correlations.0", "is a formula"
            ),
            (
                head + "value: [{name: B, monthly: 1, actuals: {outcome: resolved, each: cost}}]", "actuals.each",
                "no single value"
            ),
            (head + "value: [{name: B, monthly: 4 / (x - 1)}]", "value.0", "no number in month 1"),
            (head + "value: [{name: B, monthly: ln(0 - x)}]", "value.0", "no number in month 1"),
            (
                "name: C\nhorizon_months: 2\ndrivers: {a: {value: 1, low: 0, high: 2}}\nvalue: [{name: B, monthly: 4 / a}]",
                "value.0", "no number in month 1 where a is 0"
            ),
            (
                "name: C\nhorizon_months: 2\ndrivers: {a: {value: 0.5, low: 0, high: 3}}\nvalue: [{name: B, monthly: 4, realisation: a}]",
                "value.0.realisation", "a is 3 where a is 3"
            ),
            ("name: C\nhorizon_months: 2\ndrivers: {a: 1}\ntax_rate: a + 1", "tax_rate", "0 to 1"),
            (
                "name: C\nhorizon_months: 2\ndiscount_rate_annual: {value: 0.1, low: -3, high: 0.5}",
                "discount_rate_annual", "-0.5 to 1"
            ),
            (head + "value: [{name: B, monthly: 1e308}]", "case.yaml", "too large"),
            (head + "value: [{name: B, monthly: 1, start: 40}]", "value.0.start", "behind the horizon"),
            (head + "tranches: [{name: Late, month: 40}]", "tranches.0.month", "behind the horizon"),
            (head + "value: [{name: B, monthly: 1, ramp: {months: x - 3}}]", "value.0.ramp.months", "1 to 600"),
            (head + "value: [{name: B, monthly: 1, units: 3}]", "value.0.units", "per_unit"),
            (head + "value: [{name: B, one_time: 1, growth_annual: 0.1}]", "growth_annual", "falls due once"),
            (head + "value: [{name: B, monthly: 1, ramp: {months: 3, dip: 1}}]", "value.0.ramp.dip", "has no dip"),
            (head + "value: [{name: B, monthly: 2026-01-01}]", "value.0.monthly", "not a date"),
            (head + "figures: {npv: x}", "figures.npv", "choose another"),
            (head + "first_month: 2026-03-99", "first_month", "2027-01"),
            (
                head + "value: [{name: B, monthly: 1, actuals: {outcome: r, ledger: {measure: requests}}}]",
                "actuals.ledger", "not both"
            ),
            (head + "first_month: soon", "first_month", "2027-01"),
            ("- 1\n- 2", "case.yaml", "mapping"), ("", "case.yaml", "a scenario was expected"),
        ] as [(String, String, String)])
    func refused(text: String, place: String, words: String) throws {
        #expect {
            try Scenarios.model(text)
        } throws: { error in
            let message = "\(error)"
            return message.contains(place) && message.contains(words)
        }
    }

    @Test("Everything that is wrong is said at once")
    func together() {
        #expect {
            try Scenarios.model("horizon_months: 0\ncolour: red\ndrivers: {a: frob(}")
        } throws: { ($0 as? ScenarioError)?.problems.count ?? 0 >= 4 }
    }

    @Test("A value set from outside that nothing is called is refused, and says what there is")
    func overrides() {
        #expect {
            try Scenarios.template("coding-assistant", ["seets=3"])
        } throws: { "\($0)".contains("--set seets") && "\($0)".contains("seats") }
        #expect(FieldOverride("nothing") == nil && FieldOverride("=3") == nil && FieldOverride("a=") == nil)
    }

    @Test("Correlations that cannot be together are refused when drawing")
    func correlations() async throws {
        let model = try Scenarios.model(
            """
            name: Case
            horizon_months: 2
            drivers: {a: {low: 0, high: 1}, b: {low: 0, high: 1}, c: {low: 0, high: 1}}
            costs: [{name: A, monthly: a + b + c}]
            correlations:
              - {between: [a, b], value: 0.9}
              - {between: [b, c], value: 0.9}
              - {between: [a, c], value: -0.9}
            """)
        await #expect { try await Simulation.run(model, draws: 16, seed: 1) } throws: {
            "\($0)".contains("correlations")
        }
    }
}
