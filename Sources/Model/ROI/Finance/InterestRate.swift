#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Rates between years and months.
package enum InterestRate {
    /// The rate per month that compounds to a rate per year: (1 + r)^(1/12) − 1.
    package static func monthly(_ annual: Double) -> Double { pow(1 + annual, 1.0 / 12) - 1 }

    /// The rate per year that a rate per month compounds to: (1 + r)^12 − 1.
    package static func annual(_ monthly: Double) -> Double { pow(1 + monthly, 12) - 1 }

    /// base^exponent.
    static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
}
