extension StringProtocol {
    /// Without blanks and tabs at its ends.
    package var trimmed: String { trimmed { $0 == " " || $0 == "\t" } }

    /// Without the characters at its ends that a condition holds for.
    package func trimmed(_ isOut: (Character) -> Bool) -> String {
        var text = self[...]
        while let first = text.first, isOut(first) { text.removeFirst() }
        while let last = text.last, isOut(last) { text.removeLast() }
        return String(text)
    }
}
