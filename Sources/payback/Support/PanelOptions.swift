import ArgumentParser
import Attribution
import Inputs

/// Which table is a panel, and who is treated in it from when on.
struct PanelOptions: ParsableArguments {
    @Argument(help: "CSV with a header, JSON lines, or a JSON array: a row per unit and time.")
    var file: String

    @Option(help: "The column that says who: a state, a team, a customer.")
    var unit: String

    @Option(help: "The column that says when: years, 2026-Q3, 2026-10, 2026-10-31.")
    var time: String

    @Option(help: "The column that is measured.")
    var outcome: String

    @Option(help: "The treated units, separated by commas; repeatable.")
    var treated: [String] = []

    @Option(help: "The first time with treatment.")
    var start: String?

    @Option(help: "The last time that counts; all without it.")
    var end: String?

    @Option(help: "The units to compare with, separated by commas; all others without it.")
    var donors: [String] = []

    @Option(help: "Units to leave out: treated otherwise, hit by spill-over, sums of others; repeatable.")
    var exclude: [String] = []

    @Option(help: "The level of intervals, a fraction.")
    var level = 0.95

    @Option(help: "The seed of everything that is drawn.")
    var seed: UInt64 = 1

    mutating func validate() throws {
        guard level > 0, level < 1 else { throw ValidationError("--level takes a fraction between 0 and 1, as 0.95.") }
    }

    /// Reads the panel.
    func panel(cohort: String? = nil, covariates: [String] = []) throws -> Panel {
        let columns = PanelColumns(unit: unit, time: time, outcome: outcome, cohort: cohort, covariates: covariates)
        return try PanelReader.read(try TableFile(path: file), columns)
    }

    /// Who is treated from when on.
    ///
    /// - Throws: a validation error where it is not said.
    func request() throws -> PanelStudy.Request {
        guard let start, !treated.isEmpty else {
            throw ValidationError("Say who is treated and since when: --treated NAME --start TIME.")
        }
        return PanelStudy.Request(
            treated: Self.names(treated), start: start, end: end, donors: Self.names(donors),
            excluded: Self.names(exclude))
    }

    /// The units that are left out.
    var excluded: [String] { Self.names(exclude) }

    /// Names that are separated by commas.
    static func names(_ texts: [String]) -> [String] {
        texts.flatMap { $0.split(separator: ",") }.map { name in
            String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }
}
