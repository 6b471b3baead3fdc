/// A model's name without what its spellings differ in: separators, capitals, and the order of letters and numbers.
///
/// `Claude4.6Sonnet` and `claude-sonnet-4-6` have one key; so have `Nova2.0Lite` and `nova-2-lite`. The date of a
/// snapshot stands apart.
struct MeterModelKey: Hashable {
    /// All letters in their order, then all numbers in theirs.
    let text: String
    /// Month and day, or year and month, of a snapshot: `0718` of `2024-07-18` and of `20240718`.
    let snapshot: String?

    init(_ words: [String]) {
        var reader = KeyReader()
        reader.read(Self.datesJoined(words))
        text = reader.letters + "|" + reader.numbers.joined(separator: ",")
        snapshot = reader.snapshot
    }

    /// `2024`, `07`, `18` as one word.
    private static func datesJoined(_ words: [String]) -> [String] {
        var result: [String] = []
        var position = 0
        while position < words.count {
            let rest = words[position...].prefix(3).map { $0 }
            if rest.count == 3, rest.map(\.count) == [4, 2, 2], rest.joined().allSatisfy(\.isNumber) {
                result.append(rest.joined())
                position += 3
            } else {
                result.append(words[position])
                position += 1
            }
        }
        return result
    }
}

/// Takes words apart into letters, numbers and a snapshot.
private struct KeyReader {
    var letters = ""
    var numbers: [String] = []
    var snapshot: String?

    mutating func read(_ words: [String]) {
        for word in words {
            // The first version of a model's packaging is not part of its name.
            if word == "v1" || (word.count == 3 && word.hasPrefix("00") && word.allSatisfy(\.isNumber)) { continue }
            var rest = Substring(word)
            while let first = rest.first {
                let isNumber = first.isNumber
                let run = rest.prefix { ($0.isNumber || $0 == ".") == isNumber }
                if isNumber { take(number: run) } else { letters += run }
                rest = rest.dropFirst(run.count)
            }
        }
    }

    private mutating func take(number: Substring) {
        if number.count == 8, !number.contains(".") {
            snapshot = String(number.suffix(4))
        } else if number.count == 4, !number.contains(".") {
            snapshot = String(number)
        } else {
            var parts = number.split(separator: ".").map(String.init)
            if parts.count > 1, parts.last == "0" { parts.removeLast() }
            numbers += parts
        }
    }
}
