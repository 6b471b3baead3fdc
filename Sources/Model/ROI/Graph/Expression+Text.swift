extension Expression: CustomStringConvertible {
    /// The formula as a person would write it; reading it gives the same formula.
    package var description: String { text(within: 0) }

    private func text(within precedence: Int) -> String {
        switch self {
        case .number(let value): Self.text(of: value)
        case .cell(let name): name
        case .month: "month"
        case .unary(.negate, let a): "-" + a.text(within: 4)
        case .unary(let function, let a): "\(function.rawValue)(\(a.text(within: 0)))"
        case .choice(let a, let b, let c): "if(\(a), \(b), \(c))"
        case .binary(let operation, let a, let b): text(operation, a, b, within: precedence)
        }
    }

    private func text(_ operation: BinaryOperator, _ a: Expression, _ b: Expression, within outer: Int) -> String {
        let own = operation.precedence
        if own == 0 { return "\(operation.rawValue)(\(a), \(b))" }
        // Powers bind to the right, everything else to the left.
        let (left, right) = operation == .power ? (own + 1, own) : (own, own + 1)
        let text = "\(a.text(within: left)) \(operation.rawValue) \(b.text(within: right))"
        return own < outer ? "(\(text))" : text
    }

    private static func text(of value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return "\(value)"
    }
}
