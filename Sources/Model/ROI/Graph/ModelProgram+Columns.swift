internal import CColumns

extension ModelProgram {
    /// How many draws are computed at a time: a column of them is 1 KiB.
    package static let block = 128

    /// Takes all steps for a block of draws.
    ///
    /// - Parameters:
    ///   - columns: ``registers`` columns of ``block`` numbers, one behind the other; the inputs stand in the first.
    ///   - count: how many draws, at most ``block``.
    ///   - write: is given the number of an output and its column.
    func run(
        _ columns: UnsafeMutablePointer<Double>, count: Int, write: (Int, ColumnOperand) -> Void
    ) {
        for instruction in instructions {
            let target = columns + instruction.target &* Self.block
            switch instruction.step {
            case .unary(let operation, let a): Self.apply(operation, Self.column(a, columns), target, count)
            case .binary(let operation, let a, let b):
                Self.apply(operation, Self.column(a, columns), Self.column(b, columns), target, count)
            case .choice(let condition, let a, let b):
                let (condition, a, b) = (
                    Self.column(condition, columns), Self.column(a, columns), Self.column(b, columns)
                )
                for draw in 0..<count { target[draw] = condition[draw] != 0 ? a[draw] : b[draw] }
            case .crossing(let known, let before, let after, let month):
                let (known, before, after) = (
                    Self.column(known, columns), Self.column(before, columns), Self.column(after, columns)
                )
                if let known = known.column, let before = before.column, let after = after.column {
                    payback_crossing(target, known, before, after, Double(month), count)
                    continue
                }
                for draw in 0..<count {
                    target[draw] = Payback.crossing(
                        known: known[draw], before: before[draw], after: after[draw], month: Double(month))
                }
            case .carriedOn(let known, let sum, let net, let horizon):
                let (known, sum, net) = (
                    Self.column(known, columns), Self.column(sum, columns), Self.column(net, columns)
                )
                for draw in 0..<count {
                    target[draw] = Payback.carriedOn(
                        known: known[draw], sum: sum[draw], net: net[draw], horizon: Double(horizon))
                }
            }
        }
        for (output, operand) in results.enumerated() { write(output, Self.column(operand, columns)) }
    }

    @inline(__always)
    private static func column(_ operand: Operand, _ columns: UnsafeMutablePointer<Double>) -> ColumnOperand {
        switch operand {
        case .constant(let value): ColumnOperand(column: nil, constant: value)
        case .register(let register): ColumnOperand(column: columns + register &* block, constant: 0)
        }
    }

    private static func apply(
        _ operation: UnaryOperator, _ a: ColumnOperand, _ target: UnsafeMutablePointer<Double>, _ count: Int
    ) {
        for draw in 0..<count { target[draw] = operation(a[draw]) }
    }

    /// What most steps are made of is compiled for the processor's widest vectors; the rest is a plain loop.
    private static func apply(
        _ operation: BinaryOperator, _ a: ColumnOperand, _ b: ColumnOperand, _ target: UnsafeMutablePointer<Double>,
        _ count: Int
    ) {
        switch (operation, a.column, b.column) {
        case (.add, let a?, let b?): payback_add(target, a, b, count)
        case (.subtract, let a?, let b?): payback_subtract(target, a, b, count)
        case (.multiply, let a?, let b?): payback_multiply(target, a, b, count)
        case (.divide, let a?, let b?): payback_divide(target, a, b, count)
        case (.minimum, let a?, let b?): payback_minimum(target, a, b, count)
        case (.maximum, let a?, let b?): payback_maximum(target, a, b, count)
        case (.add, let column?, nil): payback_add_number(target, column, b.constant, count)
        case (.add, nil, let column?): payback_add_number(target, column, a.constant, count)
        case (.subtract, let column?, nil): payback_add_number(target, column, -b.constant, count)
        case (.multiply, let column?, nil): payback_multiply_number(target, column, b.constant, count)
        case (.multiply, nil, let column?): payback_multiply_number(target, column, a.constant, count)
        case (.minimum, let column?, nil): payback_minimum_number(target, column, b.constant, count)
        case (.minimum, nil, let column?): payback_minimum_number(target, column, a.constant, count)
        case (.maximum, let column?, nil): payback_maximum_number(target, column, b.constant, count)
        case (.maximum, nil, let column?): payback_maximum_number(target, column, a.constant, count)
        default: loop(a, b, target, count) { operation($0, $1) }
        }
    }

    @inline(__always)
    private static func loop(
        _ a: ColumnOperand, _ b: ColumnOperand, _ target: UnsafeMutablePointer<Double>, _ count: Int,
        _ body: (Double, Double) -> Double
    ) {
        switch (a.column, b.column) {
        case (let a?, let b?): for draw in 0..<count { target[draw] = body(a[draw], b[draw]) }
        case (let a?, nil): for draw in 0..<count { target[draw] = body(a[draw], b.constant) }
        case (nil, let b?): for draw in 0..<count { target[draw] = body(a.constant, b[draw]) }
        case (nil, nil): target.update(repeating: body(a.constant, b.constant), count: count)
        }
    }
}

/// A column of draws, or one number for all of them.
struct ColumnOperand {
    let column: UnsafeMutablePointer<Double>?
    let constant: Double

    @inline(__always)
    subscript(_ draw: Int) -> Double { column.map { $0[draw] } ?? constant }
}
