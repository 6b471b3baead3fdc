package import Domain

/// A question about sums: which records, by what, in which spans of time.
package struct LedgerQuery: Sendable, Hashable {
    /// Which records, by their time.
    package var period: Period
    /// By what to group; none for one sum of everything.
    package var dimensions: [LedgerDimension]
    /// Into which spans of time to cut the period.
    package var grain: LedgerGrain
    /// Only records with one of these values (`nil` for those without a value), for each dimension named.
    package var filter: [LedgerDimension: Set<String?>]

    /// Creates a question.
    package init(
        period: Period = .always, by dimensions: [LedgerDimension] = [], grain: LedgerGrain = .whole,
        filter: [LedgerDimension: Set<String?>] = [:]
    ) {
        (self.period, self.dimensions, self.grain, self.filter) = (period, dimensions, grain, filter)
    }
}

/// Something that records can be grouped by.
package enum LedgerDimension: String, Sendable, CaseIterable {
    case provider
    case model
    case serviceTier = "service_tier"
    case feature
    case team
    case environment
    case customer
    case credential
    case source
    /// What the gateway did.
    case action
    /// Why a call was made.
    case purpose

    /// Where a record keeps its value.
    package enum Field: Sendable {
        /// As a name of the vocabulary.
        case name(any KeyPath<UsageRecord, Term> & Sendable)
        case action, purpose
    }

    /// Where a record keeps its value.
    package var field: Field {
        switch self {
        case .provider: .name(\.provider)
        case .model: .name(\.model)
        case .serviceTier: .name(\.serviceTier)
        case .feature: .name(\.feature)
        case .team: .name(\.team)
        case .environment: .name(\.environment)
        case .customer: .name(\.customer)
        case .credential: .name(\.credential)
        case .source: .name(\.source)
        case .action: .action
        case .purpose: .purpose
        }
    }

    /// A record's value; absent where it names none.
    package func text(of record: UsageRecord, in vocabulary: Vocabulary) -> String? {
        switch field {
        case .name(let path): vocabulary.text(record[keyPath: path])
        case .action: record.action.name
        case .purpose: record.purpose.name
        }
    }

    /// A number for a record's value: the name's, or the case's own.
    ///
    /// - Parameter name: the number of a name.
    package func code(of record: UsageRecord, name: (Term) -> Int64) -> Int64 {
        switch field {
        case .name(let path): name(record[keyPath: path])
        case .action: Int64(record.action.rawValue)
        case .purpose: Int64(record.purpose.rawValue)
        }
    }

    /// The value behind a number that ``code(of:name:)`` gave; absent for none.
    ///
    /// - Parameter name: the name of a number.
    package func text(code: Int64, name: (Int64) -> String?) -> String? {
        switch field {
        case .name: name(code)
        case .action: UInt8(exactly: code).flatMap { GatewayAction(rawValue: $0)?.name }
        case .purpose: UInt8(exactly: code).flatMap { CallPurpose(rawValue: $0)?.name }
        }
    }
}

/// Spans of time, in UTC.
package enum LedgerGrain: String, Sendable, CaseIterable, Comparable {
    /// The whole period.
    case whole
    /// Calendar months.
    case month
    /// Days.
    case day
    /// Hours.
    case hour

    package static func < (a: Self, b: Self) -> Bool {
        let order: [LedgerGrain] = [.whole, .month, .day, .hour]
        return (order.firstIndex(of: a) ?? 0) < (order.firstIndex(of: b) ?? 0)
    }

    /// The start of the span that a moment lies in; `nil` for the whole.
    package func start(of moment: Timestamp) -> Timestamp? {
        switch self {
        case .whole: nil
        case .month: .startOfMonth(moment.month)
        case .day: Timestamp(microseconds: moment.day * Timestamp.microsecondsPerDay)
        case .hour: Timestamp(microseconds: moment.hour * Timestamp.microsecondsPerHour)
        }
    }

    /// The end of the span that starts at a moment.
    package func end(from start: Timestamp) -> Timestamp {
        switch self {
        case .whole: Period.always.end
        case .month: .startOfMonth(start.month + 1)
        case .day: Timestamp(microseconds: start.microseconds + Timestamp.microsecondsPerDay)
        case .hour: Timestamp(microseconds: start.microseconds + Timestamp.microsecondsPerHour)
        }
    }
}

/// The answer for one combination of values.
package struct LedgerRow: Sendable, Hashable {
    /// Start of the span of time; absent for the whole period.
    package var start: Timestamp?
    /// The values, in the order of the query's dimensions; absent where the records name none.
    package var values: [String?]
    /// Counts, tokens and money.
    package var measures: UsageMeasures
    /// Latency of the requests.
    package var latency: LatencyHistogram

    /// Creates a row.
    package init(start: Timestamp?, values: [String?], measures: UsageMeasures, latency: LatencyHistogram) {
        (self.start, self.values, self.measures, self.latency) = (start, values, measures, latency)
    }
}
