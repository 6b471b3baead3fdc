extension ModelProgram.Step {
    /// The operands.
    var operands: [ModelProgram.Operand] {
        switch self {
        case .unary(_, let a): [a]
        case .binary(_, let a, let b): [a, b]
        case .choice(let a, let b, let c): [a, b, c]
        case .crossing(let a, let b, let c, _), .carriedOn(let a, let b, let c, _): [a, b, c]
        }
    }

    /// The result where it is known beforehand.
    var folded: ModelProgram.Operand? {
        switch self {
        case .unary(let operation, .constant(let a)): .constant(operation(a))
        case .binary(let operation, .constant(let a), .constant(let b)): .constant(operation(a, b))
        case .binary(.multiply, .constant(1), let other), .binary(.multiply, let other, .constant(1)),
            .binary(.add, .constant(0), let other), .binary(.add, let other, .constant(0)),
            .binary(.subtract, let other, .constant(0)), .binary(.divide, let other, .constant(1)),
            .binary(.power, let other, .constant(1)):
            other
        case .binary(.multiply, .constant(0), _), .binary(.multiply, _, .constant(0)),
            .binary(.power, .constant(1), _):
            self.shortcut
        case .binary(.power, _, .constant(0)): .constant(1)
        case .crossing(.constant(let known), .constant(let before), .constant(let after), let month):
            .constant(Payback.crossing(known: known, before: before, after: after, month: Double(month)))
        case .carriedOn(.constant(let known), .constant(let sum), .constant(let net), let horizon):
            .constant(Payback.carriedOn(known: known, sum: sum, net: net, horizon: Double(horizon)))
        default: nil
        }
    }

    private var shortcut: ModelProgram.Operand {
        if case .binary(.power, _, _) = self { return .constant(1) }
        return .constant(0)
    }

    /// The same step on other operands.
    func mapped(_ place: (ModelProgram.Operand) -> ModelProgram.Operand) -> Self {
        switch self {
        case .unary(let operation, let a): .unary(operation, place(a))
        case .binary(let operation, let a, let b): .binary(operation, place(a), place(b))
        case .choice(let a, let b, let c): .choice(place(a), place(b), place(c))
        case .crossing(let a, let b, let c, let month):
            .crossing(place(a), before: place(b), after: place(c), month: month)
        case .carriedOn(let a, let b, let c, let horizon):
            .carriedOn(place(a), sum: place(b), net: place(c), horizon: horizon)
        }
    }
}
