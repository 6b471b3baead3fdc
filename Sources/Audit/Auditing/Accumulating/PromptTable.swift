internal import Domain

/// Which prompts came how often and at what cost.
struct PromptTable: Sendable {
    struct Entry: Sendable {
        var low: UInt64
        var cost: Int64
        var requests: UInt32
    }

    private var exact = HashMap64(empty: Entry(low: 0, cost: 0, requests: 0))
    private var normalised = HashSet64()
    private var labels: [UInt64: String] = [:]
    private(set) var requests: Int64 = 0
    private(set) var duplicates = Repetition()
    private(set) var normalisedDuplicates = Repetition()
    private(set) var hasNormalised = false

    /// Names that are not hexadecimal are kept for this many prompts.
    static let mostLabels = 100_000

    /// How often something came again.
    struct Repetition: Sendable {
        var requests: Int64 = 0
        var cost: Int64 = 0
    }

    /// How many different prompts there are.
    var distinct: Int { exact.count }

    /// Loads what a prompt's hash will need; see ``HashSet64/warm(_:)``.
    func warm(_ hash: UInt64) -> UInt64 { exact.warm(hash) }

    /// Takes in a record that has a prompt.
    ///
    /// - Returns: whether the prompt is new.
    mutating func add(_ record: UsageRecord, in batch: RecordBatch) -> Bool {
        requests &+= 1
        let hash = record.prompt.exact
        let cost = record.cost.nanos
        let isRepeated = exact.update(hash.high) { entry, isKnown in
            entry.low = hash.low
            entry.cost &+= cost
            entry.requests &+= 1
            return isKnown
        }
        if isRepeated {
            duplicates.requests &+= 1
            duplicates.cost &+= cost
        } else if !record.prompt.label.isEmpty, labels.count < Self.mostLabels {
            labels[hash.high] = batch.string(record.prompt.label)
        }
        addNormalised(record, isRepeated: isRepeated)
        return !isRepeated
    }

    private mutating func addNormalised(_ record: UsageRecord, isRepeated: Bool) {
        var isKnown = isRepeated
        if !record.prompt.normalised.isAbsent {
            hasNormalised = true
            if !isRepeated { isKnown = !normalised.insert(record.prompt.normalised.high) }
        }
        if isKnown {
            normalisedDuplicates.requests &+= 1
            normalisedDuplicates.cost &+= record.cost.nanos
        }
    }

    /// The dearest prompts, ties by their hash.
    func dearest(_ count: Int) -> [TopPrompt] {
        var best: [(hash: UInt64, entry: Entry)] = []
        guard count > 0 else { return [] }
        exact.forEach { entry in
            if best.count == count, let last = best.last, !Self.isDearer((entry.hash, entry.value), last) { return }
            let position = best.firstIndex { Self.isDearer((entry.hash, entry.value), $0) } ?? best.count
            best.insert((entry.hash, entry.value), at: position)
            if best.count > count { best.removeLast() }
        }
        return best.map { hash, entry in
            TopPrompt(
                promptHash: labels[hash] ?? PromptHash(high: hash, low: entry.low).shortHexadecimal,
                requests: Int64(entry.requests), cost: NanoUSD(nanos: entry.cost))
        }
    }

    private static func isDearer(_ a: (hash: UInt64, entry: Entry), _ b: (hash: UInt64, entry: Entry)) -> Bool {
        a.entry.cost != b.entry.cost ? a.entry.cost > b.entry.cost : a.hash < b.hash
    }
}

extension PromptHash {
    /// 32 hexadecimal digits, or 16 where the source gave no more.
    var shortHexadecimal: String { low == 0 ? String(hexadecimal.prefix(16)) : hexadecimal }
}
