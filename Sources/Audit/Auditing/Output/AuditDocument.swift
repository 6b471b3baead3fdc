package import Documents
internal import Domain

extension Findings {
    /// The findings as a report: where the money went, what repeats, what to do.
    ///
    /// - Parameter top: how many rows a list has before the rest is summed up.
    package func document(top: Int) -> Document { AuditReport(findings: self, top: max(top, 1)).document }
}

/// Writes the report of an audit.
struct AuditReport {
    /// What shares and bars are shares of.
    enum Basis {
        case cost
        /// Where nothing has a cost.
        case tokens
    }

    let findings: Findings
    let top: Int

    var basis: Basis { findings.totals.cost == .zero ? .tokens : .cost }

    /// What the shares are shares of, in words.
    var basisName: String { basis == .cost ? "spend" : "tokens" }

    var document: Document {
        let blocks = spendBlocks + repetitionBlocks + actionBlocks
        var notes = AuditMark.notes(for: blocks, findings)
        if findings.isComposed {
            let text =
                "Composed traffic: the input says of itself that it was made up from published distributions, "
                + "so nothing here was measured or paid."
            notes.append(Note(text))
        }
        let title = findings.isComposed ? "Payback audit (composed traffic)" : "Payback audit"
        return Document(title: title, subtitle: subtitle, blocks: blocks, notes: notes)
    }

    private var subtitle: String {
        var parts = [period ?? "No record has a time", "\(NumberText.count(Int64(findings.rowsRead))) rows read"]
        if findings.rowsRejected > 0 { parts.append("\(NumberText.count(Int64(findings.rowsRejected))) rejected") }
        if findings.recordsRepeated > 0 {
            parts.append("\(NumberText.count(Int64(findings.recordsRepeated))) repeated and not counted again")
        }
        return parts.joined(separator: ", ")
    }

    /// The first and the last day; absent where no record has a time.
    var period: String? {
        guard let period = findings.period else { return nil }
        let last = Timestamp(microseconds: max(period.end.microseconds - 1, period.start.microseconds))
        if last.day == period.start.day { return "\(last.dateText) (UTC)" }
        return "\(period.start.dateText) to \(last.dateText) (UTC)"
    }

    // MARK: Measures

    func weight(_ measures: UsageMeasures) -> Int64 { basis == .cost ? measures.cost.nanos : measures.totalTokens }

    /// The fraction of all spend, or of all tokens where nothing has a cost.
    func share(_ measures: UsageMeasures) -> Double? { Findings.share(weight(measures), of: weight(findings.totals)) }

    /// What measures come to in US dollars. A sum without prices is not written as zero.
    func spendCell(_ measures: UsageMeasures) -> Cell {
        let mark = self.mark(measures)
        if measures.cost == .zero, mark != nil { return Cell("unpriced", mark: mark) }
        return Cell(NumberText.money(measures.cost, symbol: ""), exact: "$" + measures.cost.decimalText, mark: mark)
    }

    /// What one request costs in US dollars.
    func unitCostCell(_ measures: UsageMeasures) -> Cell {
        let mark = self.mark(measures)
        if measures.cost == .zero, mark != nil { return Cell(NumberText.none) }
        return Cell(NumberText.unitCost(measures.cost.divided(by: measures.requests), symbol: ""), mark: mark)
    }

    func moneyCell(_ amount: NanoUSD) -> Cell {
        Cell(NumberText.money(amount, symbol: ""), exact: "$" + amount.decimalText)
    }

    func tokenCell(_ tokens: Int64) -> Cell { Cell(NumberText.tokens(tokens), exact: NumberText.count(tokens)) }

    func mark(_ measures: UsageMeasures) -> String? {
        measures.unpricedRequests > 0 ? AuditMark.unpriced.rawValue : nil
    }

    /// A count with its noun: `1 record`, `2,000 records`.
    func counted(_ count: Int64, _ singular: String, _ plural: String? = nil) -> String {
        NumberText.count(count) + " " + (count == 1 ? singular : plural ?? singular + "s")
    }
}
