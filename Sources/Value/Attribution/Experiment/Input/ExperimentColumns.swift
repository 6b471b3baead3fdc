package import Domain
package import Inputs

/// Which columns of a table are what in an experiment.
package struct ExperimentColumns: Sendable, Hashable {
    /// The column of the arm's name.
    package var variant: String
    /// The control's name.
    package var control: String
    /// The columns of the outcomes; the first one decides.
    package var outcomes: [String]
    /// Columns measured before the assignment: `name` for every outcome, `outcome=name` for one of them.
    package var before: [String] = []
    /// The column that outcomes are divided by, as a ratio of sums.
    package var denominator: String?
    /// The column of the unit that was assigned, where a unit has several rows.
    package var cluster: String?
    /// The column of the stratum.
    package var stratum: String?
    /// The column of what was really received, 0 or 1.
    package var received: String?

    /// Creates a choice of columns.
    package init(variant: String, control: String, outcomes: [String]) {
        (self.variant, self.control, self.outcomes) = (variant, control, outcomes)
    }

    /// Reads an experiment from a file; `-` is standard input. Delimited files are read cell by cell, since they may have
    /// many columns and rows.
    ///
    /// - Returns: the experiment, and the lines that are no rows.
    /// - Throws: ``InputError`` where it cannot be read; see ``read(_:)``.
    package func read(path: String) throws(InputError) -> (experiment: Experiment, diagnostics: Diagnostics) {
        let text = try TextFile.read(path)
        let start = text.first { !$0.isWhitespace }
        guard let start, start != "[", start != "{" else {
            let table = try TableFile(text: text, file: path)
            return (try read(table), table.diagnostics)
        }
        let table = try DelimitedTable(text: text, file: path)
        return (try read(.cells(table)), table.diagnostics)
    }

    /// Reads an experiment from a table.
    ///
    /// Arms other than the control are ordered by name. An empty cell of an outcome or covariate is a missing value; an
    /// empty arm, cluster or stratum is refused, and so is a cell that is no number.
    ///
    /// - Throws: ``InputError`` with the line and column of the first bad cell and the number of others.
    package func read(_ table: TableFile) throws(InputError) -> Experiment { try read(.rows(table)) }

    private func read(_ table: ColumnReader.Source) throws(InputError) -> Experiment {
        var reader = ColumnReader(table)
        try reader.checkNames(all)
        let arms = reader.texts(variant)
        let names = try armNames(arms, table.file)
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let clusters = cluster.map { reader.texts($0) }
        let strata = stratum.map { reader.texts($0) }
        let numbers = reader.numbers(numeric)
        let metrics = outcomes.map { outcome in
            Experiment.Metric(
                outcome, numbers[outcome] ?? [], denominators: denominator.flatMap { numbers[$0] },
                covariates: columnsBefore(outcome).compactMap { numbers[$0] })
        }
        try reader.check()
        return Experiment(
            arms: names, assignment: arms.map { places[$0] ?? 0 }, metrics: metrics, clusters: clusters,
            strata: strata, received: received.flatMap { numbers[$0] })
    }

    private var all: [String] { [variant] + [cluster, stratum].compactMap { $0 } + numeric }

    /// The columns of numbers, each once.
    private var numeric: [String] {
        Names(outcomes + outcomes.flatMap { columnsBefore($0) } + [denominator, received].compactMap { $0 }).names
    }

    /// The covariates of an outcome.
    private func columnsBefore(_ outcome: String) -> [String] {
        before.compactMap { text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, outcomes.contains(parts[0]) else { return text }
            return parts[0] == outcome ? parts[1] : nil
        }
    }

    private func armNames(_ arms: [String], _ file: String) throws(InputError) -> [String] {
        let found = Set(arms).subtracting([""]).sorted()
        guard found.contains(control) else {
            let known = found.prefix(8).map { "\"\($0)\"" }.joined(separator: ", ")
            throw InputError(
                .malformed, file: file, field: variant,
                "No row has the control \"\(control)\"; the column holds \(known). Name one of them with --control.")
        }
        guard found.count > 1 else {
            throw InputError(
                .malformed, file: file, field: variant,
                "Every row is of the control \"\(control)\"; there is nothing to compare it with.")
        }
        guard found.count <= 50 else {
            throw InputError(
                .malformed, file: file, field: variant,
                "It holds \(found.count) different values; name the column of the arm with --variant.")
        }
        return [control] + found.filter { $0 != control }
    }
}
