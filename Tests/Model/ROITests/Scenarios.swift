import Inputs
import ROI
import Testing

/// Scenarios for tests.
enum Scenarios {
    /// Reads a scenario, with values set from outside.
    static func model(_ text: String, _ overrides: [String] = []) throws -> ScenarioModel {
        let document = try YAMLDocument(text: text, file: "case.yaml")
        return try ScenarioReader.read(document.setting(overrides.compactMap { FieldOverride($0) }))
    }

    /// Runs a template, with values set from outside.
    static func run(_ template: String, _ overrides: [String] = []) throws -> RunResult {
        RunResult(try self.template(template, overrides))
    }

    /// Reads a template.
    static func template(_ name: String, _ overrides: [String] = []) throws -> ScenarioModel {
        let document = try #require(ScenarioTemplate.named(name)).document()
        return try ScenarioReader.read(document.setting(overrides.compactMap { FieldOverride($0) }))
    }

    /// Forrester's TEI table.
    static let tei = """
        name: TEI
        horizon_months: 36
        discount_rate_annual: 0.10
        timing: tei
        drivers: {}
        costs:
          - {name: At once, one_time: 53150}
          - {name: By year, yearly: [666715, 636772, 647783]}
        value:
          - {name: Benefits, yearly: [1606511, 3061331, 4229760]}
        """

    /// The published calculator whose document counts the fixed cost twice.
    static let fixedCostTrap = """
        name: Tickets
        horizon_months: 12
        discount_rate_annual: 0.10
        drivers:
          tickets: 1000
          model_cost: (800 * 0.9 * 0.15 + 800 * 0.1 * 0.15 * 0.1 + 300 * 0.60) / 1_000_000
          cost_per_ticket: (model_cost * 1.1 + 0.0035) * 1.1
          value_per_ticket: (8.50 * 0.35 - 2.50 * 0.05) * 0.9
        costs:
          - {name: Fixed, category: development, one_time: 8000}
          - {name: Tickets, category: api, per_unit: cost_per_ticket, units: tickets}
        value:
          - {name: Tickets, category: quality, monthly: value_per_ticket * tickets}
        """
}
