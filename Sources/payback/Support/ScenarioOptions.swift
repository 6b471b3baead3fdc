import ArgumentParser
import Domain
import Inputs
import Ledger
import Pricing
import ROI

/// Which scenario, and what is set in it from outside.
struct ScenarioOptions: ParsableArguments {
    @Argument(help: "A scenario in YAML.")
    var scenario: String?

    @Option(help: "A built-in scenario instead of a file; payback roi templates lists them.")
    var template: String?

    @Option(name: .customLong("set"), help: "A value set from outside: a driver's name, or a path; repeatable.")
    var overrides: [String] = []

    @Option(help: "Your own prices, laid over the price book, for drivers that take theirs from it.")
    var prices: String?

    @OptionGroup var ledgerOptions: LedgerOptions

    mutating func validate() throws {
        if (scenario == nil) == (template == nil) {
            throw ValidationError(
                "Name a scenario file, or a built-in one with --template; payback roi templates lists them.")
        }
        for text in overrides where FieldOverride(text) == nil {
            throw ValidationError("--set \(text) is not understood; write --set deflection_rate=0.55.")
        }
    }

    /// The scenario, read.
    func model() throws -> ScenarioModel {
        let document = try template.map { try Self.template($0) } ?? YAMLDocument(path: scenario ?? "")
        return try read(document)
    }

    /// Another scenario file, with the same values set.
    func read(_ document: YAMLDocument) throws -> ScenarioModel {
        let changed = try document.setting(overrides.compactMap { FieldOverride($0) })
        return try Self.read(changed, ScenarioResolver(prices: prices, ledgerOptions: ledgerOptions))
    }

    /// Reads a scenario, or a programme with the scenarios that lie beside it.
    static func read(_ document: YAMLDocument, _ resolver: ScenarioResolver) throws -> ScenarioModel {
        guard Programme.isOne(document) else { return try ScenarioReader.read(document, sources: resolver.sources) }
        return try Programme.read(document, sources: resolver.sources) { file in
            if let template = ScenarioTemplate.named(file) { return try template.document() }
            let folder = document.file.lastIndex(of: "/").map { String(document.file[...$0]) } ?? ""
            return try YAMLDocument(path: file.hasPrefix("/") ? file : folder + file)
        }
    }

    /// A built-in scenario.
    static func template(_ name: String) throws -> YAMLDocument {
        guard let template = ScenarioTemplate.named(name) else {
            let names = ScenarioTemplate.all.map(\.name).joined(separator: ", ")
            throw StandardError.fail(.noInput, "There is no template \(name). There are: \(names).")
        }
        return try template.document()
    }
}

/// How draws are made.
struct DrawOptions: ParsableArguments {
    @Option(help: "How many draws of the uncertain inputs.")
    var draws = 20_000

    @Option(help: "The seed; the same seed gives the same draws.")
    var seed: UInt64 = 1

    mutating func validate() throws {
        guard (16...20_000_000).contains(draws) else {
            throw ValidationError("--draws takes a number from 16 to 20000000.")
        }
    }
}
