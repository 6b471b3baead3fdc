/// What a judge said of an answer, compared with what the baseline answered.
package enum Verdict: Sendable, Hashable {
    /// It was compared.
    case scored(Loss)
    /// It could not be compared: the judge was down, or the baseline's answer is nothing to compare with. Counted, not
    /// scored.
    case failed(String)

    /// A verdict of a loss as it was posted; what is not between 0 and 1 is a failure.
    package init(loss: Double) {
        self = Loss(loss).map { .scored($0) } ?? .failed("the loss \(loss) is not between 0 and 1")
    }

    /// A verdict of a comparison.
    package init(isAsGood: Bool) { self = .scored(isAsGood ? .none : .whole) }

    /// What a judge says who was asked in both orders, because many prefer what they read first.
    ///
    /// Where it contradicts itself half a loss is counted: a judge that always prefers a place proves nothing.
    package static func inBothOrders(_ first: Verdict, _ swapped: Verdict) -> Verdict {
        guard case .scored(let one) = first else { return first }
        guard case .scored(let other) = swapped else { return swapped }
        return one == other ? first : .scored(Loss((one.value + other.value) / 2) ?? .half)
    }
}
