internal import CSimdJSON

/// Decimal numbers as bytes, where there are too many to make a text of each.
package enum DecimalNumber {
    /// The number that fills so many bytes; `nil` where they are no finite decimal number.
    package static func read(_ bytes: UnsafePointer<UInt8>, count: Int) -> Double? {
        var value = 0.0
        return payback_decimal_number(bytes, count, &value) == 0 ? value : nil
    }
}
