internal import Documents
internal import Domain

/// What records of a model cost beside the list, for the tokens that they have: a tool that prices them otherwise.
///
/// All amounts are USD × 10⁻¹².
struct RecordedPrice {
    /// What the records cost.
    var cost: Int128 = 0
    /// What the list asks for their tokens.
    var list: Int128 = 0
    /// By class: the list's price of what records have, and the same tokens at the price of uncached input.
    var classes: [TokenClass: (list: Int128, asInput: Int128)] = [:]

    /// What the ledger has too little; negative for too much.
    var effect: Int128 { list - cost }

    /// Takes in records of a class.
    ///
    /// - Parameters:
    ///   - amount: their tokens at the list's price.
    ///   - asInput: their tokens at the price of uncached input.
    mutating func add(_ kind: TokenClass, _ amount: Int128, asInput: Int128) {
        list += amount
        let sum = classes[kind] ?? (0, 0)
        classes[kind] = (sum.list + amount, sum.asInput + asInput)
    }

    /// The cause in a sentence.
    func detail(_ model: String) -> String {
        let share = NumberText.percent(abs(Double(effect)) / Double(max(list, 1)))
        let side = effect < 0 ? "more" : "less"
        let reason = mistake.map { ": \($0)" } ?? ": the tool that reported them applies another price"
        return
            "Records of \(model) cost \(share) \(side) than the list for the same tokens\(reason). Import them without their costs, and the price book's are applied."
    }

    /// The known mistake that comes to just this difference.
    private var mistake: String? {
        let reads = classes[.cacheRead] ?? (0, 0)
        let writes = [TokenClass.cacheWrite5m, .cacheWrite1h].reduce((list: Int128(0), asInput: Int128(0))) {
            sum, kind in
            let part = classes[kind] ?? (0, 0)
            return (sum.list + part.list, sum.asInput + part.asInput)
        }
        let known: [(effect: Int128, words: String)] = [
            (-writes.asInput, "tokens written to caches are charged as input as well"),
            (-reads.asInput, "tokens read from caches are charged as input as well"),
            (reads.list - reads.asInput, "tokens read from caches are charged at the price of input"),
            (writes.list - writes.asInput, "tokens written to caches are charged at the price of input"),
            (writes.list, "tokens written to caches are charged nothing"),
            (reads.list, "tokens read from caches are charged nothing"),
            (classes[.output]?.list ?? 0, "output is charged nothing"),
            (list, "they are charged nothing"),
        ]
        return known.first { $0.effect != 0 && abs($0.effect - effect) <= abs(effect) / 1000 }?.words
    }
}
