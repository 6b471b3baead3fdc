/// Why a formula cannot be understood.
package struct ExpressionError: Error, Sendable, Hashable {
    /// What is wrong and what was expected.
    package let message: String
}

extension Expression {
    /// Reads a formula: numbers (`1_200.5`, `45 %`), names (`seats`, `costs.licences`), `month`, `+ - * / ^`, comparisons,
    /// `min max abs exp ln sqrt floor ceil round`, and `if(condition, then, else)`.
    ///
    /// - Throws: ``ExpressionError`` that names what stands where something else was expected.
    package init(parsing text: String) throws(ExpressionError) {
        var parser = ExpressionParser(text)
        self = try parser.whole()
    }
}

/// A reader by precedence climbing.
private struct ExpressionParser {
    private var tokens: [Token]
    private var position = 0
    private var depth = 0
    private static let deepest = 200

    private enum Token: Hashable {
        case number(Double)
        case name(String)
        case sign(String)

        var text: String {
            switch self {
            case .number(let value): "\(value)"
            case .name(let name): name
            case .sign(let sign): sign
            }
        }
    }

    private var lexicalError: ExpressionError?

    init(_ text: String) {
        tokens = []
        do throws(ExpressionError) { tokens = try Self.tokens(of: text) } catch { lexicalError = error }
    }

    mutating func whole() throws(ExpressionError) -> Expression {
        if let lexicalError { throw lexicalError }
        let result = try expression(above: 0)
        guard position == tokens.count else {
            throw ExpressionError(message: "\"\(tokens[position].text)\" stands where the formula should end")
        }
        return result
    }

    private mutating func expression(above precedence: Int) throws(ExpressionError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else { throw ExpressionError(message: "the formula is nested too deeply") }
        var left = try operand()
        while case .sign(let sign)? = peek, let operation = BinaryOperator(rawValue: sign),
            operation.precedence > precedence
        {
            position += 1
            // Powers bind to the right.
            let right = try expression(above: operation == .power ? operation.precedence - 1 : operation.precedence)
            left = .binary(operation, left, right)
        }
        return left
    }

    private mutating func operand() throws(ExpressionError) -> Expression {
        guard let token = peek else { throw ExpressionError(message: "the formula ends where a value was expected") }
        position += 1
        switch token {
        case .number(let value): return .number(value)
        case .sign("-"):
            let operand = try expression(above: 4)
            if case .number(let value) = operand { return .number(-value) }
            return .unary(.negate, operand)
        case .sign("("):
            let inner = try expression(above: 0)
            try take(")")
            return inner
        case .name(let name): return try named(name)
        case .sign(let sign): throw ExpressionError(message: "\"\(sign)\" stands where a value was expected")
        }
    }

    private mutating func named(_ name: String) throws(ExpressionError) -> Expression {
        guard peek == .sign("(") else { return name == "month" ? .month : .cell(name) }
        position += 1
        var values = [try expression(above: 0)]
        while peek == .sign(",") {
            position += 1
            values.append(try expression(above: 0))
        }
        try take(")")
        if name == "if", values.count == 3 { return .choice(values[0], values[1], values[2]) }
        if let function = UnaryOperator(rawValue: name), values.count == 1 { return .unary(function, values[0]) }
        if let operation = BinaryOperator(rawValue: name), operation.precedence == 0, values.count >= 2 {
            return values.dropFirst().reduce(values[0]) { .binary(operation, $0, $1) }
        }
        throw ExpressionError(
            message: "there is no function \(name) of \(values.count) values; there are "
                + "min, max, abs, exp, ln, sqrt, floor, ceil, round, and if(condition, then, else)")
    }

    private var peek: Token? { position < tokens.count ? tokens[position] : nil }

    private mutating func take(_ sign: String) throws(ExpressionError) {
        guard peek == .sign(sign) else {
            throw ExpressionError(
                message: "\"\(sign)\" was expected, not \(peek.map { "\"\($0.text)\"" } ?? "the end")")
        }
        position += 1
    }

    // MARK: Tokens

    private static func tokens(of text: String) throws(ExpressionError) -> [Token] {
        var tokens: [Token] = []
        var rest = text[...]
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if first.isASCII, first.isNumber || first == "." {
                tokens.append(try number(&rest))
            } else if first.isLetter || first == "_" {
                let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
                rest = rest.dropFirst(name.count)
                tokens.append(.name(String(name)))
            } else {
                tokens.append(try sign(&rest))
            }
        }
        return tokens
    }

    private static func number(_ rest: inout Substring) throws(ExpressionError) -> Token {
        var digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "_") }
        var after = rest.dropFirst(digits.count)
        if let mark = after.first, mark == "e" || mark == "E" {
            let signs = after.dropFirst().prefix { $0 == "-" || $0 == "+" }
            let power = after.dropFirst(1 + signs.count).prefix { $0.isASCII && $0.isNumber }
            if signs.count <= 1, !power.isEmpty {
                digits = rest.prefix(digits.count + 1 + signs.count + power.count)
                after = rest.dropFirst(digits.count)
            }
        }
        guard let value = Double(digits.filter { $0 != "_" }), value.isFinite else {
            throw ExpressionError(message: "\"\(digits)\" is no number")
        }
        // A date is no subtraction, and 0777 no amount.
        if digits.count > 1, digits.first == "0", digits.dropFirst().first?.isNumber == true {
            throw ExpressionError(message: "\"\(digits)\" begins with 0; an amount was expected, not a date")
        }
        rest = after
        let beyond = rest.drop { $0 == " " }
        guard beyond.first == "%" else { return .number(value) }
        rest = beyond.dropFirst()
        return .number(value / 100)
    }

    private static func sign(_ rest: inout Substring) throws(ExpressionError) -> Token {
        for sign in ["<=", ">=", "==", "+", "-", "*", "/", "^", "<", ">", "(", ")", ","] where rest.hasPrefix(sign) {
            rest = rest.dropFirst(sign.count)
            return .sign(sign)
        }
        for (symbol, sign) in [("×", "*"), ("·", "*"), ("÷", "/"), ("−", "-")] where rest.hasPrefix(symbol) {
            rest.removeFirst()
            return .sign(sign)
        }
        throw ExpressionError(message: "\"\(rest.prefix(1))\" means nothing in a formula")
    }
}
