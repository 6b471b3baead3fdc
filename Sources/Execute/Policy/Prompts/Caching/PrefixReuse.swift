package import Domain

/// How often prefixes of prompts come again before the provider's cache forgets them, learnt from hashes alone, one
/// template at a time. Memory is bounded: what was not seen for long makes room.
package struct PrefixReuse: Sendable {
    /// What may be marked.
    package enum Slot: Int, Sendable, CaseIterable {
        /// The end of the tools.
        case tools
        /// The end of the system prompt.
        case system
        /// The longest part of the conversation that came before.
        case history
        /// The end of the conversation, which the next turn would read.
        case tail
    }

    /// Shares of requests that would have read a prefix, fractions.
    package struct Shares: Sendable, Hashable {
        /// Within 5 minutes of its last use.
        package var short = 0.0
        /// Within an hour.
        package var long = 0.0

        /// Creates shares of nothing.
        package init() {}

        init(short: Double, long: Double) { (self.short, self.long) = (short, long) }
    }

    /// What is expected of the prefixes of one request.
    package struct Expectation: Sendable, Hashable {
        /// By ``Slot``.
        package internal(set) var shares = [Shares](repeating: Shares(), count: Slot.allCases.count)
        /// The position among the outline's parts of the longest conversation prefix that came before within the hour.
        package internal(set) var history: Int?

        /// Creates an expectation of nothing.
        package init() {}

        /// The shares of a slot.
        package subscript(_ slot: Slot) -> Shares { shares[slot.rawValue] }
    }

    private struct Seen: Sendable {
        var hash: UInt64 = 0
        var at: Int64 = 0
        var isTail = false
    }

    private struct Learnt: Sendable {
        var template: UInt64 = 0
        var weight = 0.0
        var shares = [Shares](repeating: Shares(), count: Slot.allCases.count)
    }

    private var seen: [Seen]
    private var learnt: [Learnt]
    private static let ways = 4
    /// What an older request counts for less with each new one: about the last fifty count.
    private static let decay = 0.98
    /// Requests' worth of doubt: a template has to prove its reuse before anything is paid for it.
    private static let doubt = 4.0
    /// 5 minutes and an hour, in microseconds.
    private static let (short, long): (Int64, Int64) = (300_000_000, 3_600_000_000)

    /// Creates an estimator that knows nothing.
    ///
    /// - Parameters:
    ///   - prefixes: how many prefixes are remembered; about 24 bytes each.
    ///   - templates: how many templates are learnt about.
    package init(prefixes: Int = 1 << 16, templates: Int = 1 << 10) {
        seen = [Seen](repeating: Seen(), count: max(prefixes / Self.ways, 1) * Self.ways)
        learnt = [Learnt](repeating: Learnt(), count: max(templates, 1))
    }

    /// Learns from a request, and says what is expected of its like; the request itself counts.
    ///
    /// - Parameters:
    ///   - template: what requests are alike by: a template, a feature.
    ///   - scope: what the provider's cache is shared within: its account and model.
    package mutating func observe(
        _ outline: PromptOutline, template: UInt64, scope: UInt64, at now: Timestamp
    ) -> Expectation {
        var ages = [Int64?](repeating: nil, count: Slot.allCases.count)
        var expectation = Expectation()
        let last = outline.parts.indices.last
        for position in outline.parts.indices {
            let part = outline.parts[position]
            let isMessage = if case .message = part.kind { true } else { false }
            let before = use(part.hash, scope, isTail: isMessage && position == last, at: now.microseconds)
            let age = before.map { now.microseconds - $0.at }
            switch part.kind {
            case .tools: ages[Slot.tools.rawValue] = age
            case .system: ages[Slot.system.rawValue] = age
            case .message:
                guard let before, let age, age <= Self.long else { continue }
                ages[Slot.history.rawValue] = age
                if before.isTail { ages[Slot.tail.rawValue] = age }
                expectation.history = position
            }
        }
        expectation.shares = learn(ages, template: ByteHash.mix(template ^ scope, 0x9e37_79b9_7f4a_7c15))
        return expectation
    }

    /// Notes that a prefix is used now.
    ///
    /// - Returns: when it was used before, and whether it was the end of a conversation then.
    private mutating func use(_ hash: UInt64, _ scope: UInt64, isTail: Bool, at now: Int64) -> Seen? {
        let hash = max(ByteHash.mix(hash ^ scope, 0xe703_7ed1_a0b4_28db), 1)
        let start = Int(hash % UInt64(seen.count / Self.ways)) * Self.ways
        var oldest = start
        for place in start..<(start + Self.ways) {
            if seen[place].hash == hash {
                defer { seen[place] = Seen(hash: hash, at: now, isTail: isTail) }
                return seen[place]
            }
            if seen[place].hash == 0 || seen[oldest].hash != 0 && seen[place].at < seen[oldest].at { oldest = place }
        }
        seen[oldest] = Seen(hash: hash, at: now, isTail: isTail)
        return nil
    }

    private mutating func learn(_ ages: [Int64?], template: UInt64) -> [Shares] {
        let place = Int(template % UInt64(learnt.count))
        if learnt[place].template != template { learnt[place] = Learnt(template: template) }
        var entry = learnt[place]
        entry.weight = entry.weight * Self.decay + 1
        for slot in ages.indices {
            let age = ages[slot] ?? .max
            entry.shares[slot].short = entry.shares[slot].short * Self.decay + (age <= Self.short ? 1 : 0)
            entry.shares[slot].long = entry.shares[slot].long * Self.decay + (age <= Self.long ? 1 : 0)
        }
        learnt[place] = entry
        let total = entry.weight + Self.doubt
        return entry.shares.map { Shares(short: $0.short / total, long: $0.long / total) }
    }
}
