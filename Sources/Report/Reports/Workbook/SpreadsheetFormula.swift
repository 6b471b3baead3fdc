internal import ROI
internal import Workbooks

/// Where a model's cells stand in a workbook, and its formulas as the workbook writes them.
struct SpreadsheetPlaces {
    /// Sheet and row of cells with one value; their values stand in column C.
    var single: [String: (sheet: String, row: Int)] = [:]
    /// Rows of monthly cells in the sheet of months.
    var monthly: [String: Int] = [:]

    /// The column of month 0 in the sheet of months; 0 is A.
    static let firstMonth = 2

    /// A formula for one value, or for a month.
    ///
    /// - Parameter column: the column of the month; `nil` for a formula with one value.
    func text(_ expression: Expression, column: Int?) -> String {
        switch expression {
        case .number(let value): return Self.number(value)
        case .month: return "\(Workbook.letters(column ?? Self.firstMonth))$1"
        case .cell(let name): return place(of: name, column: column)
        case .unary(let operation, let a): return Self.unary(operation, text(a, column: column))
        case .binary(let operation, let a, let b):
            return Self.binary(operation, text(a, column: column), text(b, column: column))
        case .choice(let condition, let a, let b):
            let parts = [condition, a, b].map { text($0, column: column) }
            return "IF(\(parts[0])<>0,\(parts[1]),\(parts[2]))"
        }
    }

    private func place(of name: String, column: Int?) -> String {
        if let row = monthly[name] { return "\(Workbook.letters(column ?? Self.firstMonth))\(row + 1)" }
        guard let found = single[name] else { return "NA()" }
        return "\(found.sheet)!$C$\(found.row + 1)"
    }

    /// The cells of all months of a monthly cell.
    func months(of name: String, horizon: Int, sheet: Bool = true) -> String {
        guard let row = monthly[name] else { return "NA()" }
        let (first, last) = (Workbook.letters(Self.firstMonth), Workbook.letters(Self.firstMonth + horizon))
        return "\(sheet ? "Months!" : "")$\(first)$\(row + 1):$\(last)$\(row + 1)"
    }

    private static func number(_ value: Double) -> String {
        if !value.isFinite { return "NA()" }
        return value < 0 ? "(\(value))" : "\(value)"
    }

    private static func unary(_ operation: UnaryOperator, _ a: String) -> String {
        switch operation {
        case .negate: "(-(\(a)))"
        case .absolute: "ABS(\(a))"
        case .exponential: "EXP(\(a))"
        case .logarithm: "LN(\(a))"
        case .squareRoot: "SQRT(\(a))"
        // INT rounds downwards, below zero too.
        case .floor: "INT(\(a))"
        case .ceil: "(-INT(-(\(a))))"
        case .round: "ROUND(\(a),0)"
        }
    }

    private static func binary(_ operation: BinaryOperator, _ a: String, _ b: String) -> String {
        switch operation {
        case .add, .subtract, .multiply, .divide: "(\(a)\(operation.rawValue)\(b))"
        case .power: "POWER(\(a),\(b))"
        case .minimum: "MIN(\(a),\(b))"
        case .maximum: "MAX(\(a),\(b))"
        case .less, .lessOrEqual, .greater, .greaterOrEqual: "IF(\(a)\(operation.rawValue)\(b),1,0)"
        case .equal: "IF(\(a)=\(b),1,0)"
        }
    }
}
