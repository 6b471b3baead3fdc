internal import Domain

/// Which of several sources of a provider's tokens is believed, so that none is counted twice, and where they disagree.
///
/// For each model and day: a bill before a cost report before a usage report, because a bill is what is paid; of two of a
/// kind the one that tells about more models and days, then the first by name. Tokens of which a source names no model
/// count where the source is the one believed for the day, and sources that name models come first.
struct TokenSources {
    /// Two sources that differ.
    struct Disagreement {
        let believed: String
        let other: String
        /// Days on which they differ.
        var days: Set<Int64> = []
        /// Tokens of the classes and days on which they differ, as each has them.
        var tokens: [TokenClass: (believed: Int128, other: Int128)] = [:]
    }

    /// A model's day; no model for tokens of which none is named.
    private struct Key: Hashable {
        let model: String?
        let day: Int64
    }

    /// The totals that are believed.
    let believed: [ControlTotal]
    /// Where others differ from them by more than a thousandth, in the order of their names.
    let disagreements: [Disagreement]

    /// Chooses.
    ///
    /// - Parameter model: a total's model under the name that every source's is compared by.
    init(_ totals: [ControlTotal], model: (ControlTotal) -> String? = { $0.model?.lowercased() }) {
        let stated = totals.filter { $0.usage.isKnown }.map { (total: $0, model: model($0)) }
        guard Set(stated.map(\.total.source)).count > 1 else {
            (believed, disagreements) = (stated.map(\.total), [])
            return
        }
        let choice = Choice(stated)
        believed = stated.filter { choice.source(of: $0.model, on: $0.total.period.start.day) == $0.total.source }
            .map(\.total)
        disagreements = choice.disagreements(stated)
    }

    /// The source of each model's day.
    private struct Choice {
        private var sources: [Key: Set<String>] = [:]
        private var naming: [Int64: Set<String>] = [:]
        private var ranks: [String: Int] = [:]

        init(_ stated: [(total: ControlTotal, model: String?)]) {
            var authorities: [String: ControlAuthority] = [:]
            for (total, model) in stated {
                authorities[total.source] = max(authorities[total.source] ?? total.authority, total.authority)
                for day in total.days {
                    sources[Key(model: model, day: day), default: []].insert(total.source)
                    if model != nil { naming[day, default: []].insert(total.source) }
                }
            }
            var places: [String: Int] = [:]
            for (key, names) in sources where key.model != nil { for name in names { places[name, default: 0] += 1 } }
            let order = authorities.keys.sorted { a, b in
                let (first, second) = (authorities[a] ?? .usageReport, authorities[b] ?? .usageReport)
                if first != second { return first > second }
                let (here, there) = (places[a] ?? 0, places[b] ?? 0)
                return here != there ? here > there : a < b
            }
            for (rank, name) in order.enumerated() { ranks[name] = rank }
        }

        /// The source that is believed about a model's day.
        func source(of model: String?, on day: Int64) -> String? {
            let stating = sources[Key(model: model, day: day)] ?? []
            if model != nil { return best(of: stating) }
            return best(of: naming[day] ?? stating)
        }

        private func best(of names: Set<String>) -> String? { names.min { (ranks[$0] ?? 0) < (ranks[$1] ?? 0) } }

        /// Where sources of the same single day differ.
        func disagreements(_ stated: [(total: ControlTotal, model: String?)]) -> [Disagreement] {
            var usage: [Key: [String: [TokenClass: Int128]]] = [:]
            for (total, model) in stated where total.days.count == 1 {
                let key = Key(model: model, day: total.period.start.day)
                for kind in TokenClass.allCases {
                    guard let count = total.usage[keyPath: kind.bucket].known else { continue }
                    usage[key, default: [:]][total.source, default: [:]][kind, default: 0] += Int128(count)
                }
            }
            var found: [[String]: Disagreement] = [:]
            for (key, sources) in usage where sources.count > 1 {
                guard let name = best(of: Set(sources.keys)), let own = sources[name] else { continue }
                for (other, counts) in sources where other != name {
                    var pair = found[[name, other]] ?? Disagreement(believed: name, other: other)
                    pair.take(own, counts, on: key.day)
                    found[[name, other]] = pair
                }
            }
            return found.values.filter { !$0.days.isEmpty }
                .sorted { ($0.believed, $0.other) < ($1.believed, $1.other) }
        }
    }
}

extension TokenSources.Disagreement {
    /// Takes in a model's day: classes that both state, and that differ by more than a thousandth.
    fileprivate mutating func take(_ own: [TokenClass: Int128], _ theirs: [TokenClass: Int128], on day: Int64) {
        for (kind, count) in own {
            guard let other = theirs[kind], abs(count - other) > max(count, other) / 1000 else { continue }
            days.insert(day)
            let sum = tokens[kind] ?? (0, 0)
            tokens[kind] = (sum.believed + count, sum.other + other)
        }
    }

    /// The finding's words.
    var detail: String {
        let parts = TokenClass.allCases.compactMap { kind in
            tokens[kind].map { "\(kind.label) \($0.believed) against \($0.other)" }
        }
        return
            "\(believed) and \(other) disagree about \(DayList.text(days)): \(parts.joined(separator: ", ")). \(believed) is believed: a bill comes before a cost report, and that before a usage report. Pull or export \(other) anew: usage is revised for days."
    }
}

extension ControlTotal {
    /// The days that it is about, UTC: at most a year of them.
    fileprivate var days: ClosedRange<Int64> {
        let first = period.start.day
        let last = Timestamp(microseconds: period.end.microseconds &- 1).day
        return first...min(max(first, last), first + 366)
    }
}
