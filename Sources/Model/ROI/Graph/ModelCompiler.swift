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
