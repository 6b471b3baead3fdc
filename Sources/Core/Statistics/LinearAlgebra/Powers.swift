#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Powers and logarithms, for targets that import no C library.
package enum Powers {
    /// `base` to the power of `exponent`.
    package static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

    /// The natural logarithm.
    package static func logarithm(_ value: Double) -> Double { log(value) }

    /// e to the power of `exponent`.
    package static func exponential(_ exponent: Double) -> Double { exp(exponent) }

    /// The power of ten of a number's first digit; 0 of 0.
    package static func magnitude(_ value: Double) -> Int {
        value == 0 || !value.isFinite ? 0 : Int(log10(abs(value)).rounded(.down))
    }
}
