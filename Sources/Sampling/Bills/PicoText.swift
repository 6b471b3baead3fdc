extension Int128 {
    /// An amount in 10⁻¹² of its unit as an exact decimal, without trailing zeros and never with an exponent.
    var amountText: String { decimalText(digits: 12) }

    /// The number divided by 10 to the power of `digits`, exactly.
    func decimalText(digits: Int) -> String {
        let text = String(magnitude)
        let padded = String(repeating: "0", count: Swift.max(digits + 1 - text.count, 0)) + text
        let whole = padded.dropLast(digits)
        var fraction = padded.suffix(digits)
        while fraction.last == "0" { fraction.removeLast() }
        let sign = self < 0 ? "-" : ""
        return fraction.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(fraction)"
    }
}

/// Text in files of comma-separated values.
enum CSVText {
    /// A line; cells with commas or quotes are quoted.
    static func line(_ cells: [String]) -> String {
        cells.map { cell in
            guard cell.contains(where: { $0 == "," || $0 == "\"" }) else { return cell }
            return "\"\(cell.replacing("\"", with: "\"\""))\""
        }.joined(separator: ",") + "\n"
    }
}
