/// The words of a meter, taken apart into what is known and what may name a model.
struct MeterParts {
    fileprivate struct Part {
        let words: [String]
        let meaning: MeterMeaning?
        /// The word may belong to a model's name as well.
        let isAmbiguous: Bool
    }

    private var parts: [Part] = []
    /// The ambiguous parts.
    private let doubtful: [Int]
    /// Which ambiguous parts are read as attributes where nothing speaks against it: those beside the direction.
    let preferred: Set<Int>

    init(_ words: [String]) {
        var parts: [Part] = []
        var position = 0
        while position < words.count {
            let entry = MeterVocabulary.entry(at: position, of: words)
            let own = entry?.words ?? [words[position]]
            parts.append(
                Part(
                    words: own, meaning: entry?.meaning,
                    isAmbiguous: own.count == 1 && MeterVocabulary.ambiguous.contains(own[0])))
            position += own.count
        }
        self.parts = parts
        // More than five never occur, and would make many choices.
        doubtful = Array(parts.indices.filter { parts[$0].isAmbiguous }.prefix(5))
        preferred = Self.attributes(parts)
    }

    /// What may be read as attributes, the likeliest first, and then whatever differs from it least.
    var choices: [Set<Int>] {
        var all: [Set<Int>] = [[]]
        for part in doubtful { all += all.map { $0.union([part]) } }
        return all.sorted { a, b in
            let (left, right) = (a.symmetricDifference(preferred).count, b.symmetricDifference(preferred).count)
            return left != right ? left < right : a.sorted().lexicographicallyPrecedes(b.sorted())
        }
    }

    /// Whether at least one word says what is charged.
    var saysAnything: Bool { parts.contains { $0.meaning != nil && $0.meaning != .nothing } }

    /// Words that no table has; they are reported where they name no model.
    var unknownWords: [String] { parts.filter { $0.meaning == nil }.flatMap(\.words) }

    /// The words that have to name a model, by what is read as attributes.
    func modelWords(_ attributes: Set<Int>) -> [String] {
        parts.indices.filter { parts[$0].meaning == nil || (parts[$0].isAmbiguous && !attributes.contains($0)) }
            .flatMap { parts[$0].words }
    }

    /// What the other words say; `nil` where they contradict each other.
    func reading(_ attributes: Set<Int>) -> MeterReading? {
        var reading = MeterReading()
        let writes = parts.contains { $0.meaning == .cacheWrite }
        for (position, part) in parts.enumerated() {
            guard let meaning = part.meaning, !part.isAmbiguous || attributes.contains(position) else { continue }
            // `1 hour` is how long a cache lasts, or how long capacity was kept.
            if case .lasting = meaning, !writes { continue }
            guard reading.take(meaning) else { return nil }
        }
        return reading
    }

    /// From each direction and cache outwards, as long as each word says something new.
    private static func attributes(_ parts: [Part]) -> Set<Int> {
        var result: Set<Int> = []
        for (position, part) in parts.enumerated() where part.isDirectional {
            for step in [-1, 1] {
                var said: Set<MeterMeaning> = []
                var next = position + step
                while parts.indices.contains(next), parts[next].isAmbiguous, let kind = parts[next].kind,
                    said.insert(kind).inserted
                {
                    result.insert(next)
                    next += step
                }
            }
        }
        return result
    }
}

extension MeterParts.Part {
    /// Whether it says which way the tokens go, or what the cache does.
    fileprivate var isDirectional: Bool {
        switch meaning {
        case .direction, .cache, .cacheWrite: true
        default: false
        }
    }

    /// Modalities are of one kind: a second one belongs to the model.
    fileprivate var kind: MeterMeaning? {
        if case .modality = meaning { return .modality(.text) }
        return meaning
    }
}

extension MeterReading {
    /// Takes in what a word says.
    ///
    /// - Returns: whether it agrees with what was said before.
    fileprivate mutating func take(_ meaning: MeterMeaning) -> Bool {
        switch meaning {
        case .direction(let new):
            if let direction, direction != new { return false }
            direction = new
        case .cache(let new):
            if cache != .none, cache != new { return false }
            cache = new
        case .cacheWrite:
            if cache == .read || cache == .storage { return false }
            if cache == .none { cache = .write5m }
        // `1h` stands behind or before `cache write`.
        case .lasting(let new): cache = new
        case .modality(let new): modality = new
        case .thinking: isThinking = true
        case .tier(let new): if tier == .standard { tier = new }
        case .scope(let new): scope = new
        case .longContext: isLongContext = true
        case .unit(let new): if unit == nil || unit == .tokens(per: nil) { unit = new }
        case .nothing: break
        }
        return true
    }
}
