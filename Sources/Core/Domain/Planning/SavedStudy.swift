/// A study that was kept: what it found, and its page, so that a dashboard can show it and a scenario can cite it.
package struct SavedStudy: Sendable, Hashable {
    /// The name that it is cited by: small letters, digits, `-` and `_`.
    package var name: String
    /// The method's name: `synthetic-control`.
    package var method: String
    /// The finding, as a sentence.
    package var title: String
    /// What it covers.
    package var subtitle: String
    /// The effect, in the outcome's unit; `nil` where it is not identified.
    package var estimate: Double?
    /// Its standard error; `nil` where the method has none.
    package var standardError: Double?
    /// The level of its interval, a fraction; `nil` without one.
    package var level: Double?
    /// The ends of its interval; absent where a side is not bounded.
    package var low, high: Double?
    /// How good the evidence is.
    package var grade: EvidenceGrade
    /// The result for programs, as JSON.
    package var json: String
    /// The result for people, as a part of a page; written by our own renderer, which escapes all names.
    package var page: String
    /// When it was kept.
    package var savedAt: Timestamp

    /// Creates a study.
    package init(
        name: String, method: String, title: String, subtitle: String, estimate: Double?, standardError: Double?,
        level: Double?, low: Double?, high: Double?, grade: EvidenceGrade, json: String, page: String,
        savedAt: Timestamp
    ) {
        (self.name, self.method, self.title, self.subtitle) = (name, method, title, subtitle)
        (self.estimate, self.standardError, self.level) = (estimate, standardError, level)
        (self.low, self.high, self.grade) = (low, high, grade)
        (self.json, self.page, self.savedAt) = (json, page, savedAt)
    }

    /// Whether a name can be cited and linked as it is: 1 to 64 small letters, digits, `-` and `_`.
    package static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: "_")
            }
    }
}
