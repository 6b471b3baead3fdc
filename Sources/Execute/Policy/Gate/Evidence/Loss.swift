/// How much worse an answer is than the baseline's, as a judge says: 0 is as good, 1 is wrong.
package struct Loss: Sendable, Hashable {
    /// From 0 to 1.
    package let value: Double

    /// As good as the baseline's answer.
    package static let none = Loss(unchecked: 0)
    /// Wrong.
    package static let whole = Loss(unchecked: 1)
    /// Judges that contradict themselves have said half of both.
    package static let half = Loss(unchecked: 0.5)

    /// Creates a loss; `nil` where the number is outside 0…1 or is none.
    package init?(_ value: Double) {
        guard value >= 0, value <= 1 else { return nil }
        self.value = value
    }

    private init(unchecked value: Double) { self.value = value }
}
