internal import Pricing

/// The price book's models by every spelling that a meter may have for them.
struct MeterModels {
    /// A model as the book names it.
    struct Model: Hashable {
        let name: String
        let isEmbedding: Bool
    }

    private struct Entry {
        let model: Model
        let snapshot: String?
        /// The prefix that keeps a model to a place, for example `global`.
        let place: String?
    }

    private var exact: [String: [Entry]] = [:]
    /// Spellings without `preview`, `instruct` and the like, for when no model has the exact one.
    private var loose: [String: [Entry]] = [:]

    /// Takes in the models of a provider.
    init(_ book: PriceBook, provider: String) {
        for prices in book.models where prices.provider == provider {
            let model = Model(name: prices.model, isEmbedding: prices.mode == "embedding")
            for name in [prices.model] + prices.aliases { add(name, of: model) }
        }
        for (spelling, name) in Self.spellings where provider == "bedrock" {
            guard let prices = book.prices(provider: provider, model: name) else { continue }
            let model = Model(name: prices.model, isEmbedding: prices.mode == "embedding")
            let key = MeterModelKey(MeterWords.split(spelling))
            exact[key.text, default: []].append(Entry(model: model, snapshot: nil, place: nil))
        }
    }

    /// Names that bills write in words of their own.
    private static let spellings = [
        ("Claude 2.0", "anthropic.claude-v2"), ("Claude 2.1", "anthropic.claude-v2:1"),
        ("Claude Instant", "anthropic.claude-instant-v1"), ("TitanEmbeddingV2-Text", "amazon.titan-embed-text-v2:0"),
        ("TitanEmbeddingsV2-Text", "amazon.titan-embed-text-v2:0"),
        ("TitanEmbeddingsG1-Text", "amazon.titan-embed-text-v1"),
    ]

    /// The one model that these words name; `nil` where none does, or several do.
    func model(_ words: [String], scope: MeterScope?) -> Model? {
        let key = MeterModelKey(words)
        return (exact[key.text] ?? loose[key.text]).flatMap { Self.choose($0, key.snapshot, scope) }
    }

    private static func choose(_ entries: [Entry], _ snapshot: String?, _ scope: MeterScope?) -> Model? {
        var left = entries.filter { $0.snapshot == snapshot }
        if left.isEmpty { left = entries.filter { $0.snapshot == nil } }
        // Snapshots that share their prices are one model under its own name; others cannot be told apart.
        if left.isEmpty, snapshot == nil { left = entries }
        let places: [String?] = scope == .global ? ["global", nil, "us"] : [nil, "us", "global"]
        for place in places {
            let models = Set(left.filter { $0.place == place }.map(\.model))
            if !models.isEmpty { return models.count == 1 ? models.first : nil }
        }
        return nil
    }

    // MARK: Building

    private mutating func add(_ name: String, of model: Model) {
        guard let (bare, place) = Self.withoutPlace(name.lowercased()) else { return }
        let words = MeterWords.split(Self.withoutPackaging(bare))
        for spelling in Self.withoutPublisher(words, of: bare) {
            let key = MeterModelKey(spelling)
            exact[key.text, default: []].append(Entry(model: model, snapshot: key.snapshot, place: place))
            let plain = MeterModelKey(spelling.filter { !Self.loosely.contains($0) })
            if plain.text != key.text {
                loose[plain.text, default: []].append(Entry(model: model, snapshot: plain.snapshot, place: place))
            }
        }
    }

    private static let loosely: Set<String> = ["preview", "instruct", "maas", "it", "latest"]

    /// The name without a prefix such as `us.`; `nil` for names that only a gateway uses, such as `eu/gpt-4o`.
    private static func withoutPlace(_ name: String) -> (String, String?)? {
        for place in ["us", "eu", "apac", "global", "jp", "au", "us-gov"] {
            if name.hasPrefix(place + ".") { return (String(name.dropFirst(place.count + 1)), place) }
            if name.hasPrefix(place + "/") || name.hasPrefix("global-standard/") { return nil }
        }
        return name.hasPrefix("ft:") ? nil : (name, nil)
    }

    /// `anthropic.claude-opus-4-20250514-v1:0` without `-v1:0`; a second version keeps its `v2`.
    private static func withoutPackaging(_ name: String) -> String {
        guard let colon = name.lastIndex(of: ":"), let dash = name[..<colon].lastIndex(of: "-") else { return name }
        let version = name[name.index(after: dash)..<colon]
        return ["v1", "1"].contains(version) ? String(name[..<dash]) : String(name[..<colon])
    }

    /// The words with and without who made the model: `meta.llama3`, `openai/gpt-oss-120b-maas`.
    private static func withoutPublisher(_ words: [String], of name: String) -> [[String]] {
        guard let mark = name.firstIndex(where: { $0 == "." || $0 == "/" }) else { return [words] }
        let publisher = MeterWords.split(String(name[..<mark]))
        guard !publisher.contains(where: { $0.contains(where: \.isNumber) }), words.starts(with: publisher) else {
            return [words]
        }
        let bare = Array(words.dropFirst(publisher.count))
        return bare.isEmpty ? [words] : [words, bare]
    }
}
