internal import Domain

/// Measures and latencies by the names of one dimension.
struct GroupTable: Sendable {
    struct Group: Sendable {
        var measures = UsageMeasures()
        var latency = LatencyHistogram()
    }

    /// By the term's position in the run's vocabulary.
    private(set) var groups: [Group] = []

    mutating func add(_ record: UsageRecord, to term: Term) {
        let index = Int(term.index)
        while groups.count <= index { groups.append(Group()) }
        groups[index].measures.add(record)
        if record.countsAsRequest { groups[index].latency.add(record.latency) }
    }

    /// The groups that hold anything, with their terms.
    var filled: [(term: Term, group: Group)] {
        groups.enumerated().compactMap { $1.measures.calls > 0 ? (Term(index: UInt32($0)), $1) : nil }
    }
}

/// Numbers pairs of terms, so that a pair can index a table.
struct PairTable: Sendable {
    private var numbers: [UInt64: UInt32] = [:]
    /// The pairs by their numbers.
    private(set) var pairs: [(first: Term, second: Term)] = []
    /// The numbers that were asked for last, by a few bits of the pair: it saves nearly every look-up.
    private var recent = [(key: UInt64, number: UInt32)](repeating: (.max, 0), count: 256)

    mutating func number(_ first: Term, _ second: Term) -> Term {
        let key = UInt64(first.index) << 32 | UInt64(second.index)
        let position = Int(truncatingIfNeeded: (first.index &* 31 &+ second.index) & 255)
        if recent[position].key == key { return Term(index: recent[position].number) }
        let number = numbers[key] ?? UInt32(pairs.count)
        if number == UInt32(pairs.count) {
            numbers[key] = number
            pairs.append((first, second))
        }
        recent[position] = (key, number)
        return Term(index: number)
    }
}
