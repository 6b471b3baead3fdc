internal import Domain
internal import GRDB
internal import Ledger

/// Inserts control totals. Amounts are kept as exact decimals in text: they need 128 bits.
struct ControlTotalWriter {
    private let statement: PreparedStatement

    init(database: Database) throws {
        let marks = Schema.controlTotalColumns.map { _ in "?" }.joined(separator: ", ")
        statement = try PreparedStatement(
            """
            INSERT INTO control_total (\(Schema.controlTotalColumns.joined(separator: ", "))) VALUES (\(marks))
            ON CONFLICT DO NOTHING
            """, in: database)
    }

    /// Inserts a total.
    ///
    /// - Parameter text: the total, written out.
    /// - Returns: whether it is new.
    func insert(_ total: ControlTotal, _ text: ControlTotalText, identity: UInt64) throws -> Bool {
        statement.clear()
        statement.bind(1, total.period.start.microseconds)
        statement.bind(2, Int64(bitPattern: identity))
        statement.bind(3, Int64(total.authority.rawValue))
        statement.bind(4, total.source)
        statement.bind(5, total.period.end.microseconds)
        statement.bind(6, total.provider)
        if let service = total.service { statement.bind(7, service) }
        if let model = total.model { statement.bind(8, model) }
        statement.bind(10, total.isAI ? 1 : 0)
        bindCounts(total)
        statement.bind(22, total.currency)
        return try text.withBytes { bytes in
            statement.bind(9, text: bytes(.dimensions))
            // What is not bound is NULL.
            if total.billed != nil { statement.bind(18, text: bytes(.billed)) }
            if total.effective != nil { statement.bind(19, text: bytes(.effective)) }
            if total.list != nil { statement.bind(20, text: bytes(.list)) }
            if total.contracted != nil { statement.bind(21, text: bytes(.contracted)) }
            _ = try statement.step()
            return statement.changes > 0
        }
    }

    private func bindCounts(_ total: ControlTotal) {
        if let requests = total.requests { statement.bind(11, requests) }
        count(12, total.usage.uncachedInput)
        count(13, total.usage.cacheRead)
        count(14, total.usage.cacheWrite5m)
        count(15, total.usage.cacheWrite1h)
        count(16, total.usage.output)
        count(17, total.usage.reasoning)
    }

    private func count(_ parameter: Int32, _ count: TokenCount) {
        if let known = count.known { statement.bind(parameter, known) }
    }
}
