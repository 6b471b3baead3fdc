/// Finds numbers as people write them: with a sign, thousands parted by commas, decimals.
///
/// A comma parts thousands only before exactly three digits and outside of a list: `[12,3]` are two numbers, and so are `12,3`
/// and `[12,345]`; `12,345` is one.
struct WrittenNumbers {
    private let letters: [Character]
    private var position = 0
    /// How many square brackets are open.
    private var depth = 0

    init(_ text: String) { letters = Array(text.replacing("−", with: "-")) }

    /// The numbers, in order.
    mutating func all() -> [Double] {
        var numbers: [Double] = []
        while position < letters.count {
            if isDigit(position) || startsFraction {
                if let number = number() { numbers.append(number) }
                continue
            }
            switch letters[position] {
            case "[": depth += 1
            case "]": depth = max(depth - 1, 0)
            default: break
            }
            position += 1
        }
        return numbers
    }

    private mutating func number() -> Double? {
        var text = isNegative ? "-" : ""
        var whole = takeDigits()
        if depth == 0, (1...3).contains(whole.count) {
            while hasThousands {
                position += 1
                whole += takeDigits()
            }
        }
        text += whole.isEmpty ? "0" : whole
        if position + 1 < letters.count, letters[position] == ".", isDigit(position + 1) {
            position += 1
            text += "." + takeDigits()
        }
        return Double(text)
    }

    private mutating func takeDigits() -> String {
        let start = position
        while isDigit(position) { position += 1 }
        return String(letters[start..<position])
    }

    /// Whether a comma and exactly three digits follow.
    private var hasThousands: Bool {
        position < letters.count && letters[position] == "," && (1...3).allSatisfy { isDigit(position + $0) }
            && !isDigit(position + 4)
    }

    /// `.5`, but not the point of `v.5`.
    private var startsFraction: Bool {
        letters[position] == "." && isDigit(position + 1) && !isWord(position - 1)
    }

    /// A dash behind a letter or a digit is none of the number's.
    private var isNegative: Bool { position > 0 && letters[position - 1] == "-" && !isWord(position - 2) }

    private func isDigit(_ place: Int) -> Bool {
        letters.indices.contains(place) && letters[place].isASCII && letters[place].isNumber
    }

    private func isWord(_ place: Int) -> Bool {
        letters.indices.contains(place) && (letters[place].isLetter || letters[place].isNumber)
    }
}
