/// What the patterns ask of a character. Each character is in one class; a set of classes is a character class.
struct ScalarClass: OptionSet, Sendable {
    let rawValue: UInt8

    /// `\p{Lu}` and `\p{Lt}`.
    static let upper = ScalarClass(rawValue: 1)
    /// `\p{Ll}`.
    static let lower = ScalarClass(rawValue: 2)
    /// `\p{Lm}` and `\p{Lo}`: letters without case.
    static let uncased = ScalarClass(rawValue: 4)
    /// `\p{M}`.
    static let mark = ScalarClass(rawValue: 8)
    /// `\p{N}`.
    static let number = ScalarClass(rawValue: 16)
    /// `\s` but for line ends.
    static let blank = ScalarClass(rawValue: 32)
    /// `[\r\n]`.
    static let newline = ScalarClass(rawValue: 64)
    /// Everything else, also bytes that are not UTF-8.
    static let symbol = ScalarClass(rawValue: 128)

    /// `\p{L}`.
    static let letters: ScalarClass = [.upper, .lower, .uncased]
    /// `\s`: what has Unicode's property White_Space.
    static let space: ScalarClass = [.blank, .newline]
    /// `[^\s\p{L}\p{N}]`.
    static let symbols: ScalarClass = [.symbol, .mark]
    /// `[^\r\n\p{L}\p{N}]`: what may stand before a word.
    static let wordPrefix: ScalarClass = [.symbol, .mark, .blank]

    /// The class of a character.
    init(_ scalar: Unicode.Scalar) {
        if scalar == "\r" || scalar == "\n" {
            self = .newline
        } else if scalar.properties.isWhitespace {
            self = .blank
        } else {
            self = Self.ofCategory(scalar.properties.generalCategory)
        }
    }

    init(rawValue: UInt8) { self.rawValue = rawValue }

    private static func ofCategory(_ category: Unicode.GeneralCategory) -> ScalarClass {
        switch category {
        case .uppercaseLetter, .titlecaseLetter: .upper
        case .lowercaseLetter: .lower
        case .modifierLetter, .otherLetter: .uncased
        case .nonspacingMark, .spacingMark, .enclosingMark: .mark
        case .decimalNumber, .letterNumber, .otherNumber: .number
        default: .symbol
        }
    }

    /// The classes of the first 65,536 code points, because asking Unicode's tables for each character is slow.
    static let table: [ScalarClass] = (0..<0x10000).map { point in
        Unicode.Scalar(UInt32(point)).map { ScalarClass($0) } ?? .symbol
    }
}
