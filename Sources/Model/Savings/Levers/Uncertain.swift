internal import Inputs
internal import JSONScan
internal import Statistics

/// A parameter with what is believed around it.
package struct Uncertain: Sendable, Hashable {
    /// The best guess.
    var base: Double
    /// What is believed: known, or triangular between low and high.
    var belief: Distribution

    /// A number that is known.
    init(_ value: Double) { (base, belief) = (value, .constant(value)) }

    /// Reads `0.35`, or `{value: 0.35, low: 0.2, high: 0.5}`.
    ///
    /// - Parameter standard: its value where the key is missing; `nil` where it has to be there.
    init(_ section: InputSection, _ key: String, _ range: ClosedRange<Double>, standard: Double?) {
        self.init(standard ?? range.lowerBound)
        guard let found = section.value[key], found != .null else {
            if standard == nil {
                section.complain(key, "it is missing; a number, or value, low and high were expected")
            }
            return
        }
        guard case .object = found else {
            self.init(section.fraction(key, range) ?? range.lowerBound)
            return
        }
        let own = section.section(key)
        own.allow(["value", "low", "high"])
        let (low, high) = (own.needed("low", range), own.needed("high", range))
        base = own.needed("value", range)
        guard own.value["value"] != nil, own.value["low"] != nil, own.value["high"] != nil else { return }
        guard low <= base, base <= high else {
            own.complain("value", "\(base) was expected between low (\(low)) and high (\(high))")
            return
        }
        belief = .triangular(low: low, mode: base, high: high)
    }
}
