/// A graph made into steps over columns of draws: months unrolled, constants folded, equal steps taken once.
///
/// What does not depend on an uncertain input is a number before the first draw, so a run without any is folded away
/// altogether, and the steps of a simulation are only what really differs between draws.
package struct ModelProgram: Sendable {
    /// A number, or the column of a register.
    enum Operand: Sendable, Hashable {
        case constant(Double)
        case register(Int)
    }

    /// What a step does.
    enum Step: Sendable, Hashable {
        case unary(UnaryOperator, Operand)
        case binary(BinaryOperator, Operand, Operand)
        case choice(Operand, Operand, Operand)
        /// The payback known so far, the sum before and after a month, and the month's number.
        case crossing(Operand, before: Operand, after: Operand, month: Int)
        /// The payback known at the horizon, the sum there, the last month's net, and the horizon.
        case carriedOn(Operand, sum: Operand, net: Operand, horizon: Int)
    }

    /// A step and the register that it writes.
    struct Instruction: Sendable {
        var step: Step
        var target: Int
    }

    /// The inputs that vary, in the order of their columns; their registers are the first.
    package let inputs: [String]
    /// The cells that are asked for.
    package let outputs: [ModelOutput]
    let instructions: [Instruction]
    let registers: Int
    let results: [Operand]
}

/// A cell that is asked for.
package struct ModelOutput: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The cell.
    package let cell: String
    /// The month, of a monthly cell.
    package let month: Int?

    /// Asks for a cell, in a month where it has a value for each.
    package init(_ cell: String, month: Int? = nil) { (self.cell, self.month) = (cell, month) }

    /// Asks for a single cell by its name.
    package init(stringLiteral cell: String) { self.init(cell) }
}

/// A value, or one for each month from 0.
package enum CellValue: Sendable, Hashable {
    case single(Double)
    case monthly([Double])

    /// The single value; `nil` for a monthly cell.
    package var single: Double? {
        if case .single(let value) = self { return value }
        return nil
    }

    /// The values of the months; empty for a single one.
    package var months: [Double] {
        if case .monthly(let values) = self { return values }
        return []
    }
}

extension ModelGraph {
    /// Makes steps of the graph.
    ///
    /// - Parameters:
    ///   - varying: the inputs that have a column each; all others stay at their base.
    ///   - outputs: the cells that are asked for.
    package func program(varying: [String], outputs: [ModelOutput]) -> ModelProgram {
        var compiler = ModelCompiler(graph: self, varying: varying)
        compiler.prepare(outputs.map(\.cell))
        let results = outputs.map { compiler.value(of: $0.cell, month: $0.month) }
        let (steps, count, located) = RegisterAllocation.assign(
            compiler.steps, inputs: varying.count, results: results)
        return ModelProgram(
            inputs: varying, outputs: outputs, instructions: steps, registers: count, results: located)
    }

    /// The values of all cells with every input at its base, or at another value.
    ///
    /// - Parameter inputs: values that replace the base.
    package func values(inputs: [String: Double] = [:]) -> [String: CellValue] {
        var compiler = ModelCompiler(graph: self, varying: [], fixed: inputs)
        var values: [String: CellValue] = [:]
        for cell in cells {
            values[cell.name] =
                cell.isMonthly
                ? .monthly((0...horizon).map { compiler.number(cell.name, month: $0) })
                : .single(compiler.number(cell.name, month: nil))
        }
        return values
    }
}

/// Unrolls a graph into steps, each once.
struct ModelCompiler {
    typealias Operand = ModelProgram.Operand
    typealias Step = ModelProgram.Step

    private struct Place: Hashable {
        let cell: String
        let month: Int?
    }

    private let graph: ModelGraph
    private let columns: [String: Int]
    private let fixed: [String: Double]
    private var known: [Place: Operand] = [:]
    private var sums: [Place: Operand] = [:]
    private var crossings: [Place: Operand] = [:]
    private var numbers: [Step: Int] = [:]
    /// The steps; step n writes the value number `inputs + n`.
    private(set) var steps: [Step] = []

    init(graph: ModelGraph, varying: [String], fixed: [String: Double] = [:]) {
        (self.graph, self.fixed) = (graph, fixed)
        columns = Dictionary(uniqueKeysWithValues: varying.enumerated().map { ($1, $0) })
    }

    /// Takes the steps of all sums month by month, so that few columns are needed at a time.
    mutating func prepare(_ outputs: [String]) {
        var wanted: Set<String> = []
        var rest = outputs
        while let name = rest.popLast() {
            guard wanted.insert(name).inserted, let cell = graph[name] else { continue }
            rest += cell.reads
        }
        let sums = graph.cells.filter { wanted.contains($0.name) }
        for month in 0...graph.horizon {
            for cell in sums {
                switch cell.definition {
                case .total(let source), .cumulative(let source): _ = sum(of: source, month: month)
                case .payback(let source): _ = crossing(of: source, month: month)
                default: break
                }
            }
        }
    }

    /// The value of a cell that depends on no column.
    mutating func number(_ name: String, month: Int?) -> Double {
        guard case .constant(let value) = value(of: name, month: month) else { return .nan }
        return value
    }

    /// The value of a cell, in a month where it has one for each.
    mutating func value(of name: String, month: Int?) -> Operand {
        guard let cell = graph[name] else { return .constant(.nan) }
        let place = Place(cell: name, month: cell.isMonthly ? month : nil)
        if let operand = known[place] { return operand }
        let operand = compute(cell, month: month ?? 0)
        known[place] = operand
        return operand
    }

    private mutating func compute(_ cell: ModelCell, month: Int) -> Operand {
        switch cell.definition {
        case .input(let base, _):
            if let column = columns[cell.name] { return .register(column) }
            return .constant(fixed[cell.name] ?? base)
        case .formula(let expression), .monthly(let expression): return value(of: expression, month)
        case .total(let source): return sum(of: source, month: graph.horizon)
        case .cumulative(let source): return sum(of: source, month: month)
        case .payback(let source):
            let known = crossing(of: source, month: graph.horizon)
            let (total, last) = (sum(of: source, month: graph.horizon), value(of: source, month: graph.horizon))
            return emit(.carriedOn(known, sum: total, net: last, horizon: graph.horizon))
        }
    }

    private mutating func sum(of name: String, month: Int) -> Operand {
        let place = Place(cell: name, month: month)
        if let operand = sums[place] { return operand }
        let own = value(of: name, month: month)
        let operand = month == 0 ? own : emit(.binary(.add, sum(of: name, month: month - 1), own))
        sums[place] = operand
        return operand
    }

    private mutating func crossing(of name: String, month: Int) -> Operand {
        let place = Place(cell: name, month: month)
        if let operand = crossings[place] { return operand }
        let after = sum(of: name, month: month)
        let (before, known): (Operand, Operand) =
            month == 0
            ? (.constant(0), .constant(0)) : (sum(of: name, month: month - 1), crossing(of: name, month: month - 1))
        let operand = emit(.crossing(known, before: before, after: after, month: month))
        crossings[place] = operand
        return operand
    }

    private mutating func value(of expression: Expression, _ month: Int) -> Operand {
        switch expression {
        case .number(let value): return .constant(value)
        case .month: return .constant(Double(month))
        case .cell(let name): return value(of: name, month: month)
        case .unary(let operation, let a): return emit(.unary(operation, value(of: a, month)))
        case .binary(let operation, let a, let b):
            return emit(.binary(operation, value(of: a, month), value(of: b, month)))
        case .choice(let condition, let a, let b):
            let condition = value(of: condition, month)
            if case .constant(let decided) = condition { return value(of: decided != 0 ? a : b, month) }
            return emit(.choice(condition, value(of: a, month), value(of: b, month)))
        }
    }

    /// A power by a twelfth more than the month before is that month's times the twelfth root: one multiplication instead
    /// of a logarithm and an exponential in each month of each draw.
    private mutating func chained(_ base: Operand, _ exponent: Double) -> Operand? {
        let twelfths = exponent * 12
        guard case .register = base, abs(twelfths) <= 1_200, twelfths == twelfths.rounded(), abs(twelfths) > 1 else {
            return nil
        }
        let one = twelfths < 0 ? -1.0 : 1
        let before = emit(.binary(.power, base, .constant((twelfths - one) / 12)))
        return emit(.binary(.multiply, before, emit(.binary(.power, base, .constant(one / 12)))))
    }

    private mutating func emit(_ step: Step) -> Operand {
        if let folded = step.folded { return folded }
        if case .binary(.power, let base, .constant(let exponent)) = step, let chained = chained(base, exponent) {
            return chained
        }
        if let number = numbers[step] { return .register(number) }
        let number = columns.count + steps.count
        steps.append(step)
        numbers[step] = number
        return .register(number)
    }
}

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
