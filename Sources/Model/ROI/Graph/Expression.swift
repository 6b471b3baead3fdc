/// A formula over named cells: what people write in a scenario, and what a spreadsheet cell will hold.
package indirect enum Expression: Sendable, Hashable {
    /// A number.
    case number(Double)
    /// The value of another cell.
    case cell(String)
    /// The number of the month, 0 for the start.
    case month
    /// A function of one value.
    case unary(UnaryOperator, Expression)
    /// An operation on two values.
    case binary(BinaryOperator, Expression, Expression)
    /// The second where the first is not 0, else the third.
    case choice(Expression, Expression, Expression)

    /// The cells that it reads.
    package var cells: Set<String> {
        switch self {
        case .number, .month: []
        case .cell(let name): [name]
        case .unary(_, let a): a.cells
        case .binary(_, let a, let b): a.cells.union(b.cells)
        case .choice(let a, let b, let c): a.cells.union(b.cells).union(c.cells)
        }
    }

    /// Whether it asks for the month itself.
    package var readsMonth: Bool {
        switch self {
        case .month: true
        case .number, .cell: false
        case .unary(_, let a): a.readsMonth
        case .binary(_, let a, let b): a.readsMonth || b.readsMonth
        case .choice(let a, let b, let c): a.readsMonth || b.readsMonth || c.readsMonth
        }
    }

    /// The same formula with every cell under another name.
    package func renamed(_ name: (String) -> String) -> Expression {
        switch self {
        case .number, .month: self
        case .cell(let cell): .cell(name(cell))
        case .unary(let operation, let a): .unary(operation, a.renamed(name))
        case .binary(let operation, let a, let b): .binary(operation, a.renamed(name), b.renamed(name))
        case .choice(let a, let b, let c): .choice(a.renamed(name), b.renamed(name), c.renamed(name))
        }
    }
}

/// Functions of one value.
package enum UnaryOperator: String, Sendable, Hashable, CaseIterable {
    case negate = "-"
    case absolute = "abs"
    case exponential = "exp"
    case logarithm = "ln"
    case squareRoot = "sqrt"
    case floor, ceil, round
}

/// Operations on two values. Comparisons give 1 or 0.
package enum BinaryOperator: String, Sendable, Hashable, CaseIterable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case power = "^"
    case minimum = "min"
    case maximum = "max"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="

    /// How strongly it binds; 0 for functions.
    var precedence: Int {
        switch self {
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal: 1
        case .add, .subtract: 2
        case .multiply, .divide: 3
        case .power: 5
        case .minimum, .maximum: 0
        }
    }
}

extension Expression {
    /// The sum of two; zeros and constants fold away.
    package static func + (a: Expression, b: Expression) -> Expression {
        if a == .number(0) { return b }
        return b == .number(0) ? a : .binary(.add, a, b)
    }

    /// The difference of two.
    package static func - (a: Expression, b: Expression) -> Expression {
        b == .number(0) ? a : .binary(.subtract, a, b)
    }

    /// The product of two; ones fold away.
    package static func * (a: Expression, b: Expression) -> Expression {
        if a == .number(1) { return b }
        return b == .number(1) ? a : .binary(.multiply, a, b)
    }

    /// The quotient of two.
    package static func / (a: Expression, b: Expression) -> Expression {
        b == .number(1) ? a : .binary(.divide, a, b)
    }

    /// The sum of many.
    package static func sum(_ parts: [Expression]) -> Expression { parts.reduce(.number(0), +) }
}
