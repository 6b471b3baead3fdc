internal import Documents
internal import Domain

/// The footnotes of an audit. Only those whose marks appear are printed.
enum AuditMark: String, CaseIterable {
    /// A sum that lacks records without a price.
    case unpriced = "*"
    /// A coverage of only those providers that have a bill.
    case billedOnly = "†"
    /// A bill in another currency than US dollars.
    case currency = "‡"
    /// A coverage in tokens, where no bill is known.
    case inTokens = "§"

    /// What the footnote says.
    func text(_ findings: Findings) -> String {
        switch self {
        case .unpriced:
            let records = NumberText.count(findings.totals.unpricedRequests)
            let tokens = NumberText.tokens(findings.totals.unpricedTokens)
            return
                "Without the records that have no price: \(records) in all, with \(tokens) tokens. They are not free; "
                + "what they cost is not known."
        case .billedOnly:
            return "Only the providers that have a bill in US dollars, over the time that their bills cover."
        case .currency:
            return "Not in US dollars, so it is neither converted nor part of the total."
        case .inTokens:
            return "No bill is known: the share of the tokens that the provider's usage report states."
        }
    }

    /// The notes whose marks appear in some blocks.
    static func notes(for blocks: [Block], _ findings: Findings) -> [Note] {
        let used = Set(blocks.flatMap { marks(in: $0) })
        return allCases.filter { used.contains($0.rawValue) }.map { Note($0.text(findings), mark: $0.rawValue) }
    }

    private static func marks(in block: Block) -> [String] {
        switch block {
        case .figures(let figures): return figures.compactMap(\.mark)
        case .table(let table): return table.allRows.flatMap { row in row.cells.compactMap(\.mark) }
        default: return []
        }
    }
}
