extension Amount {
    /// Whether it falls due once.
    var isOnce: Bool {
        if case .once = self { return true }
        return false
    }
}

/// The formula of a line in a month.
enum LineFormula {
    static func monthly(_ line: Line) -> Expression {
        let isOnce = line.amount.isOnce
        var factor = Expression.number(1)
        if let growth = line.growth {
            let years = (Expression.month - .number(Double(line.start))) / .number(12)
            factor = factor * .binary(.power, .number(1) + growth, years)
        }
        if let ramp = line.ramp { factor = factor * share(ramp, from: line.start) }
        if let realisation = line.realisation { factor = factor * realisation }
        let whole = amount(line.amount) * factor
        let start = Expression.number(Double(line.start))
        if isOnce { return .choice(.binary(.equal, .month, start), whole, .number(0)) }
        let begun = Expression.binary(.greaterOrEqual, .month, start)
        guard let end = line.end else { return .choice(begun, whole, .number(0)) }
        let under = Expression.binary(.lessOrEqual, .month, .number(Double(end)))
        return .choice(begun * under, whole, .number(0))
    }

    private static func amount(_ amount: Amount) -> Expression {
        switch amount {
        case .once(let whole), .monthly(let whole): whole
        case .yearly(let years):
            years.enumerated().reversed().reduce(.number(0)) { rest, year in
                let end = Expression.number(Double(12 * (year.offset + 1)))
                return .choice(.binary(.lessOrEqual, .month, end), year.element / .number(12), rest)
            }
        }
    }

    /// The share of the full size in a month; 1 in the last month of a ramp.
    private static func share(_ ramp: Ramp, from start: Int) -> Expression {
        let passed = Expression.month - .number(Double(start - 1))
        switch ramp {
        case .linear(let months): return reached(passed, of: months)
        case .sCurve(let months):
            let x = reached(passed, of: months)
            return x * x * (.number(3) - .number(2) * x)
        case .jCurve(let depth, let dip, let months):
            let climbed = reached(passed - dip, of: months - dip)
            let after = climbed * (.number(1) + depth) - depth
            return .choice(.binary(.lessOrEqual, passed, dip), .unary(.negate, depth), after)
        case .steps(let shares):
            let last = Expression.number(shares.last ?? 1)
            return shares.enumerated().dropLast().reversed().reduce(last) { rest, step in
                let place = Expression.number(Double(start + step.offset))
                return .choice(.binary(.lessOrEqual, .month, place), .number(step.element), rest)
            }
        }
    }

    private static func reached(_ passed: Expression, of months: Expression) -> Expression {
        .binary(.minimum, .number(1), .binary(.maximum, .number(0), passed / months))
    }
}
