internal import Domain
internal import GRDB
internal import Ledger

/// How a question is answered: from roll-ups where they are kept for it, from records where they are not.
struct QueryPlan {
    /// A part of the period and where its answer comes from.
    enum Part: Hashable {
        /// Roll-ups of one level.
        case rollup(LedgerGrain, Period)
        /// The records themselves.
        case records(Period)
    }

    private let query: LedgerQuery
    let grouping: RollupGrouping?

    init(_ query: LedgerQuery) {
        self.query = query
        let asked = Set(query.dimensions).union(query.filter.keys)
        grouping = RollupGrouping.allCases.first {
            asked.isSubset(of: $0.dimensions) && (query.grain <= ($0.levels.last ?? .day))
        }
    }

    /// The parts: whole months from monthly roll-ups, whole days from daily ones, the ends from finer levels or records.
    func parts(extent: Period?) -> [Part] {
        guard let extent else { return [] }
        let start = max(query.period.start, extent.start)
        let end = min(query.period.end, extent.end)
        guard start < end else { return [] }
        guard let grouping else { return [.records(Period(start: start, end: end))] }
        // Beyond the ledger's extent there is nothing, so the ends may be widened to whole spans for free.
        let wide = Period(
            start: query.period.start <= extent.start ? .startOfMonth(start.month) : start,
            end: query.period.end >= extent.end
                ? .startOfMonth(Timestamp(microseconds: end.microseconds - 1).month + 1) : end)
        let levels = grouping.levels.filter { $0 >= query.grain || query.grain == .whole }
        return Self.cut(wide, levels[...])
    }

    private static func cut(_ period: Period, _ levels: ArraySlice<LedgerGrain>) -> [Part] {
        guard period.start < period.end else { return [] }
        guard let level = levels.first else { return [.records(period)] }
        let rest = levels.dropFirst()
        var start = level.start(of: period.start) ?? period.start
        if start < period.start { start = level.end(from: start) }
        let end = level.start(of: period.end) ?? period.end
        guard start < end else { return cut(period, rest) }
        return cut(Period(start: period.start, end: start), rest) + [.rollup(level, Period(start: start, end: end))]
            + cut(Period(start: end, end: period.end), rest)
    }

    /// The answer.
    func rows(in database: Database) throws -> [LedgerRow] {
        var sums = LedgerSums(query: query)
        for part in parts(extent: try LedgerExtent.all(in: database)) {
            switch part {
            case .rollup(let level, let period): try addRollups(level, period, to: &sums, database)
            case .records(let period): try addRecords(period, to: &sums, database)
            }
        }
        return sums.rows
    }

    private func addRecords(_ period: Period, to sums: inout LedgerSums, _ database: Database) throws {
        var narrowed = query
        narrowed.period = period
        var groups = LedgerGrouping(query: narrowed)
        var reader = try RecordReader(database: database)
        try reader.forEachBatch(in: period) { batch in
            for record in batch.records { groups.add(record, vocabulary: batch.vocabulary) }
        }
        for row in groups.rows { sums.add(row) }
    }

    private func addRollups(_ level: LedgerGrain, _ period: Period, to sums: inout LedgerSums, _ database: Database)
        throws
    {
        guard let grouping else { return }
        let names = try Self.names(database)
        let keys = try self.keys(grouping, names, database)
        let columns = UsageMeasures.fields.map(\.name).joined(separator: ", ")
        let statement = try PreparedStatement(
            "SELECT start, key, latency, \(columns) FROM rollup WHERE grouping = ? AND level = ? AND start >= ? AND start < ?",
            in: database)
        for (position, value) in [grouping.rawValue, level.level, period.start.microseconds, period.end.microseconds]
            .enumerated()
        {
            statement.bind(Int32(position + 1), value)
        }
        while try statement.step() {
            guard let values = keys[statement.integer(1) ?? 0] else { continue }
            let start = query.grain.start(of: Timestamp(microseconds: statement.integer(0) ?? 0))
            sums.add(start: start, values: values) { measures, latency in
                for (position, field) in UsageMeasures.fields.enumerated() {
                    measures[keyPath: field.path] &+= statement.integer(Int32(position + 3)) ?? 0
                }
                statement.withBytes(2) { latency.merge(encoded: $0) }
            }
        }
    }

    /// The values of the query's dimensions for each roll-up key that passes its filter.
    private func keys(_ grouping: RollupGrouping, _ names: [Int64: String], _ database: Database) throws -> [Int64:
        [String?]]
    {
        var result: [Int64: [String?]] = [:]
        let statement = try PreparedStatement(
            "SELECT id, \(RollupGrouping.columns) FROM rollup_key WHERE grouping = ?", in: database)
        statement.bind(1, grouping.rawValue)
        while try statement.step() {
            var texts: [LedgerDimension: String?] = [:]
            for (position, dimension) in grouping.dimensions.enumerated() {
                texts[dimension] = dimension.text(code: statement.integer(Int32(position + 1)) ?? 0) { names[$0] }
            }
            guard query.filter.allSatisfy({ $1.contains(texts[$0] ?? nil) }) else { continue }
            result[statement.integer(0) ?? 0] = query.dimensions.map { texts[$0] ?? nil }
        }
        return result
    }

    private static func names(_ database: Database) throws -> [Int64: String] {
        var names: [Int64: String] = [:]
        let statement = try PreparedStatement("SELECT id, text FROM name WHERE id > 0", in: database)
        while try statement.step() {
            names[statement.integer(0) ?? 0] = statement.withBytes(1) { String(decoding: $0, as: UTF8.self) }
        }
        return names
    }
}

/// Sums up rows from roll-ups and from records.
struct LedgerSums {
    private struct Key: Hashable {
        let start: Timestamp?
        let values: [String?]
    }

    private var sums: [Key: (measures: UsageMeasures, latency: LatencyHistogram)] = [:]

    init(query: LedgerQuery) {}

    /// Calls `body` with the sums of a combination of values.
    mutating func add(
        start: Timestamp?, values: [String?], _ body: (inout UsageMeasures, inout LatencyHistogram) -> Void
    ) {
        var sum = sums.removeValue(forKey: Key(start: start, values: values)) ?? (UsageMeasures(), LatencyHistogram())
        body(&sum.measures, &sum.latency)
        sums[Key(start: start, values: values)] = sum
    }

    /// Adds a row.
    mutating func add(_ row: LedgerRow) {
        add(start: row.start, values: row.values) { measures, latency in
            measures += row.measures
            latency.merge(row.latency)
        }
    }

    var rows: [LedgerRow] {
        sums.map { LedgerRow(start: $0.start, values: $0.values, measures: $1.measures, latency: $1.latency) }
    }
}
