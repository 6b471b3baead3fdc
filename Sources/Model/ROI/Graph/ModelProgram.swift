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
