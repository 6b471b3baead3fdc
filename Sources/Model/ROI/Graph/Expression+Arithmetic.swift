#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension UnaryOperator {
    /// The value of the function.
    @inline(__always)
    func callAsFunction(_ a: Double) -> Double {
        switch self {
        case .negate: -a
        case .absolute: abs(a)
        case .exponential: exp(a)
        case .logarithm: log(a)
        case .squareRoot: a.squareRoot()
        case .floor: a.rounded(.down)
        case .ceil: a.rounded(.up)
        case .round: a.rounded(.toNearestOrEven)
        }
    }
}

extension BinaryOperator {
    /// The value of the operation.
    @inline(__always)
    func callAsFunction(_ a: Double, _ b: Double) -> Double {
        switch self {
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: a / b
        case .power: pow(a, b)
        case .minimum: b < a ? b : a
        case .maximum: b > a ? b : a
        case .less: a < b ? 1 : 0
        case .lessOrEqual: a <= b ? 1 : 0
        case .greater: a > b ? 1 : 0
        case .greaterOrEqual: a >= b ? 1 : 0
        case .equal: a == b ? 1 : 0
        }
    }
}
