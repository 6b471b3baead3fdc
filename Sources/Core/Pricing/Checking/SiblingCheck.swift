internal import Domain

/// Finds small models that cost more than the large one of their family: two names were swapped.
enum SiblingCheck {
    static func findings(_ model: ModelPrices, in book: PriceBook) -> [PriceFinding] {
        guard let rates = newest(model) else { return [] }
        var findings: [PriceFinding] = []
        for name in largerNames(model.model) {
            guard let sibling = book.prices(provider: model.provider, model: name), sibling.model != model.model,
                let larger = newest(sibling)
            else { continue }
            for bucket in ["input", "output"] {
                guard let price = rates[name: bucket], let limit = larger[name: bucket], price > limit else { continue }
                let message =
                    "\(bucket) costs \(price.perMillionText), but only \(limit.perMillionText) with \(sibling.model)."
                findings.append(PriceFinding(model, .smallAboveLarge, message))
            }
        }
        return findings
    }

    private static func newest(_ model: ModelPrices) -> TokenRates? { model.periods.last?.tiers["standard"]?.base }

    /// The names of larger siblings: the small word left out, or replaced by the word of a larger size.
    static func largerNames(_ model: String) -> [String] {
        let words = model.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        var names: [String] = []
        for (position, word) in words.enumerated() {
            for larger in largerWords[word.lowercased()] ?? [] {
                var changed = words
                if larger.isEmpty { changed.remove(at: position) } else { changed[position] = larger }
                names.append(changed.joined(separator: "-"))
            }
        }
        return names
    }

    /// Words for small sizes, and what stands in their place in the names of larger ones; empty for nothing.
    private static let largerWords: [String: [String]] = [
        "mini": [""], "nano": ["", "mini"], "micro": ["lite", "pro"], "lite": ["", "pro"],
        "small": ["medium", "large"], "flash": ["pro"], "haiku": ["sonnet", "opus"], "8b": ["", "70b"],
    ]
}
