/// A column of numbers whose decimal points stand below one another.
struct NumberColumn {
    /// How many cells stand before the point.
    let before: Int
    /// How many cells stand from the point on, units and marks included.
    let after: Int

    /// Measures the texts of a column.
    init(_ texts: [String]) {
        let parts = texts.map(Self.split)
        before = parts.map { PlainText.width($0.before) }.max() ?? 0
        after = parts.map { PlainText.width($0.after) }.max() ?? 0
    }

    /// The width of the column.
    var width: Int { before + after }

    /// A text with its point where the column has it.
    func aligned(_ text: String) -> String {
        let parts = Self.split(text)
        return PlainText.rightAligned(parts.before, to: before) + PlainText.padded(parts.after, to: after)
    }

    /// Splits `$1,234.56*` before the point; a text without digits stands wholly before it.
    static func split(_ text: String) -> (before: String, after: String) {
        guard let digit = text.firstIndex(where: \.isNumber) else { return (text, "") }
        let end = text[digit...].firstIndex { !$0.isNumber && $0 != "," } ?? text.endIndex
        return (String(text[..<end]), String(text[end...]))
    }
}
