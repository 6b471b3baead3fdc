internal import Domain
internal import GRDB
internal import Ledger

/// The groupings that roll-ups are kept for, each at the levels of time that its questions need.
///
/// Models by the hour, what names customers or features by the day, all of them by the month as well, so that a year is a
/// dozen rows per name. The cube of everything is the largest by far; only what nothing else answers is asked of it.
enum RollupGrouping: Int64, CaseIterable {
    case model = 1
    case feature = 2
    case customer = 3
    /// For what the others cannot answer: a team's customers, a feature's models, what each lever did.
    case everything = 4

    /// The names that a row stands for, at most ``mostNames``.
    var dimensions: [LedgerDimension] {
        switch self {
        // The source stands fourth: ``ResponseTable`` asks for other sources there.
        case .model: [.provider, .model, .serviceTier, .source]
        case .feature: [.feature, .team, .environment]
        case .customer: [.customer]
        case .everything: LedgerDimension.allCases
        }
    }

    /// The numbers of a record's names, in the order of ``dimensions``. Written out, since it is asked for every record.
    func names(of record: UsageRecord, id: (Term) -> Int64) -> SIMD16<Int64> {
        var names = SIMD16<Int64>()
        switch self {
        case .model:
            (names[0], names[1]) = (id(record.provider), id(record.model))
            (names[2], names[3]) = (id(record.serviceTier), id(record.source))
        case .feature:
            (names[0], names[1], names[2]) = (id(record.feature), id(record.team), id(record.environment))
        case .customer: names[0] = id(record.customer)
        case .everything:
            (names[0], names[1], names[2]) = (id(record.provider), id(record.model), id(record.serviceTier))
            (names[3], names[4], names[5]) = (id(record.feature), id(record.team), id(record.environment))
            (names[6], names[7], names[8]) = (id(record.customer), id(record.credential), id(record.source))
            (names[9], names[10]) = (Int64(record.action.rawValue), Int64(record.purpose.rawValue))
        }
        return names
    }

    /// How many names a key has room for.
    static let mostNames = 16

    /// The columns of a key's names.
    static let columns = (0..<mostNames).map { "n\($0)" }.joined(separator: ", ")

    /// The levels, the coarsest first.
    var levels: [LedgerGrain] { self == .model ? [.month, .day, .hour] : [.month, .day] }
}

extension LedgerGrain {
    /// The number of a level in the roll-up table.
    var level: Int64 { self == .month ? 3 : self == .day ? 2 : 1 }
}

/// Sums that have not reached the roll-up table yet.
struct RollupCells {
    struct Key: Hashable {
        let grouping: Int64
        let level: Int64
        let start: Int64
        let key: Int64
    }

    struct Cell {
        var measures = UsageMeasures()
        var latency = LatencyHistogram()

        mutating func add(_ record: UsageRecord) {
            measures.add(record)
            if record.countsAsRequest { latency.add(record.latency) }
        }
    }

    private struct NameKey: Hashable {
        let grouping: Int64
        var names = SIMD16<Int64>()
    }

    private(set) var cells: [Key: Cell] = [:]
    private var keys: [NameKey: Int64] = [:]
    private let insertion: PreparedStatement
    private let search: PreparedStatement

    init(database: Database) throws {
        insertion = try PreparedStatement(
            """
            INSERT INTO rollup_key (grouping, \(RollupGrouping.columns))
            VALUES (?\(String(repeating: ", ?", count: RollupGrouping.mostNames))) ON CONFLICT DO NOTHING
            """, in: database)
        search = try PreparedStatement(
            """
            SELECT id FROM rollup_key WHERE grouping = ?
            \((0..<RollupGrouping.mostNames).map { "AND n\($0) = ?" }.joined(separator: " "))
            """, in: database)
    }

    /// Adds a record to the finest level of each grouping; the coarser ones follow when the cells are written.
    ///
    /// - Parameter groupings: which; all unless one is filled in later.
    mutating func add(
        _ record: UsageRecord, to groupings: [RollupGrouping] = RollupGrouping.allCases, id: (Term) -> Int64
    ) throws {
        for grouping in groupings {
            let key = try self.key(NameKey(grouping: grouping.rawValue, names: grouping.names(of: record, id: id)))
            let finest = grouping.levels.last ?? .day
            let start = finest.start(of: record.startedAt)?.microseconds ?? 0
            let cell = Key(grouping: grouping.rawValue, level: finest.level, start: start, key: key)
            cells[cell, default: Cell()].add(record)
        }
    }

    private mutating func key(_ names: NameKey) throws -> Int64 {
        if let key = keys[names] { return key }
        for statement in [insertion, search] {
            statement.clear()
            statement.bind(1, names.grouping)
            for place in 0..<RollupGrouping.mostNames { statement.bind(Int32(place + 2), names.names[place]) }
        }
        _ = try insertion.step()
        let id = try search.step() ? search.integer(0) ?? 0 : 0
        keys[names] = id
        return id
    }

    /// The cells of all levels, which are removed from here.
    mutating func takeAll() -> [Key: Cell] {
        var all = cells
        for (key, cell) in cells {
            guard let grouping = RollupGrouping(rawValue: key.grouping) else { continue }
            for level in grouping.levels.dropLast() {
                let start = level.start(of: Timestamp(microseconds: key.start))?.microseconds ?? 0
                let coarse = Key(grouping: key.grouping, level: level.level, start: start, key: key.key)
                all[coarse, default: Cell()].measures += cell.measures
                all[coarse, default: Cell()].latency.merge(cell.latency)
            }
        }
        cells.removeAll(keepingCapacity: true)
        return all
    }
}

/// The roll-up table.
enum RollupTable {
    /// Adds cells to what is there.
    static func add(_ cells: [RollupCells.Key: RollupCells.Cell], to database: Database) throws {
        let names = UsageMeasures.fields.map(\.name)
        let insertion = try PreparedStatement(
            """
            INSERT INTO rollup (grouping, level, start, key, latency, \(names.joined(separator: ", ")))
            VALUES (\((0..<(names.count + 5)).map { _ in "?" }.joined(separator: ", ")))
            ON CONFLICT DO UPDATE SET latency = excluded.latency,
              \(names.map { "\($0) = \($0) + excluded.\($0)" }.joined(separator: ", "))
            """, in: database)
        let search = try PreparedStatement(
            "SELECT latency FROM rollup WHERE grouping = ? AND level = ? AND start = ? AND key = ?", in: database)
        for (key, cell) in cells.sorted(by: { $0.key.order < $1.key.order }) {
            var latency = cell.latency
            bind(key, to: search)
            if try search.step() { search.withBytes(0) { latency.merge(encoded: $0) } }
            bind(key, to: insertion)
            latency.encoded.withUnsafeBytes { insertion.bind(5, bytes: $0) }
            for (position, field) in UsageMeasures.fields.enumerated() {
                insertion.bind(Int32(position + 6), cell.measures[keyPath: field.path])
            }
            _ = try insertion.step()
        }
    }

    private static func bind(_ key: RollupCells.Key, to statement: PreparedStatement) {
        statement.clear()
        statement.bind(1, key.grouping)
        statement.bind(2, key.level)
        statement.bind(3, key.start)
        statement.bind(4, key.key)
    }

    /// Computes the roll-ups of one grouping from all records, where there are none of it yet.
    static func fill(_ grouping: RollupGrouping, in database: Database) throws {
        var cells = try RollupCells(database: database)
        var names = try NameTable(database: database)
        var reader = try RecordReader(database: database)
        try reader.forEachBatch(in: .always) { batch in
            try names.extend(to: batch.vocabulary)
            for record in batch.records { try cells.add(record, to: [grouping]) { names($0) } }
            if cells.cells.count > 100_000 { try add(cells.takeAll(), to: database) }
        }
        try add(cells.takeAll(), to: database)
    }

    /// Computes the roll-ups of whole months around a period anew.
    static func rebuild(days period: Period, in database: Database) throws {
        let first = max(period.start.month, -100_000)
        let last = min(Timestamp(microseconds: period.end.microseconds - 1).month, 100_000)
        let whole = Period(start: .startOfMonth(first), end: .startOfMonth(last + 1))
        try database.execute(
            sql: "DELETE FROM rollup WHERE start >= ? AND start < ?",
            arguments: [whole.start.microseconds, whole.end.microseconds])
        var cells = try RollupCells(database: database)
        var names = try NameTable(database: database)
        var reader = try RecordReader(database: database)
        try reader.forEachBatch(in: whole) { batch in
            try names.extend(to: batch.vocabulary)
            for record in batch.records { try cells.add(record) { names($0) } }
        }
        try add(cells.takeAll(), to: database)
    }
}

extension RollupCells.Key {
    /// The order of the table's key, so that writing walks it once.
    fileprivate var order: (Int64, Int64, Int64, Int64) { (grouping, level, start, key) }
}
