internal import Inputs
internal import JSONScan
internal import Statistics

/// Reads drivers: numbers, formulas, and numbers with a range.
struct DriverReader {
    let sources: ScenarioSources

    private static let keys = [
        "value", "low", "high", "distribution", "standard_deviation", "outcomes", "unit", "label", "source",
        "from_price_book", "from_ledger", "from_study",
    ]

    /// What says how large a driver is, or how uncertain.
    private static let stated = ["value", "low", "high", "distribution", "standard_deviation", "outcomes"]

    /// Reads the driver under a key.
    ///
    /// - Parameter standard: its value where the key is missing.
    func read(_ parent: InputSection, _ key: String, standard: Double?) -> Driver {
        var driver = Driver(
            name: key, label: Self.label(key), unit: "", source: nil,
            definition: .stated(base: standard ?? 0, .constant(standard ?? 0)))
        if let name = Self.fault(inName: key) { parent.complain(key, name) }
        guard let found = parent.value[key], found != .null else {
            if standard == nil { parent.complain(key, "a number, a formula or a range was expected") }
            return driver
        }
        guard case .object = found else {
            if let formula = parent.optionalFormula(key) { driver.definition = Self.definition(formula) }
            return driver
        }
        let section = parent.section(key)
        section.allow(Self.keys)
        driver.label = section.text("label") ?? driver.label
        driver.unit = section.text("unit") ?? ""
        driver.source = section.text("source")
        read(section, into: &driver)
        return driver
    }

    private func read(_ section: InputSection, into driver: inout Driver) {
        do throws(SourceError) {
            if let name = section.text("from_study") {
                let studied = try sources.study(name)
                driver.definition = .stated(
                    base: studied.value,
                    studied.deviation > 0
                        ? .normal(mean: studied.value, deviation: studied.deviation) : .constant(studied.value))
                (driver.evidence, driver.source) = (studied.evidence, driver.source ?? studied.source)
                for key in Self.stated + ["from_price_book", "from_ledger"] where section.value[key] != nil {
                    section.complain(key, "the study says so already; leave \(key) out")
                }
                return
            }
            if let sourced = try sourced(section) {
                driver.definition = .stated(base: sourced.value, .constant(sourced.value))
                driver.unit = driver.unit.isEmpty ? sourced.unit : driver.unit
                driver.source = driver.source ?? sourced.source
                for key in Self.stated where section.value[key] != nil {
                    section.complain(key, "it is taken from elsewhere already; leave \(key) out")
                }
                return
            }
        } catch {
            section.complain(nil, error.message)
            return
        }
        let formula = section.optionalFormula("value")
        if let formula, case .formula = Self.definition(formula) {
            for key in Self.stated where key != "value" && section.value[key] != nil {
                section.complain(key, "a formula has no range of its own; give its drivers one")
            }
            driver.definition = .formula(formula)
            return
        }
        do throws(DistributionError) {
            let distribution = try Self.distribution(section).checked()
            var base = distribution.middle
            if case .number(let value)? = formula { base = value }
            if let bounds = distribution.bounds, !bounds.contains(base) {
                section.complain(
                    "value", "\(base) is not between low (\(bounds.lowerBound)) and high (\(bounds.upperBound))")
            }
            driver.definition = .stated(base: base, distribution)
        } catch { section.complain(nil, error.message) }
    }

    private static func definition(_ formula: Expression) -> Driver.Definition {
        if case .number(let value) = formula { return .stated(base: value, .constant(value)) }
        return .formula(formula)
    }

    // MARK: Ranges

    private enum Shape: String, CaseIterable {
        case constant, uniform, normal, lognormal, triangular, pert, discrete
    }

    /// Ends of the range of normal and log-normal quantities are their P10 and P90.
    private static let p90 = StandardNormal.quantile(0.9)

    private static func distribution(_ section: InputSection) throws(DistributionError) -> Distribution {
        let (low, high) = (number(section, "low"), number(section, "high"))
        let isRange = section.value["low"] != nil || section.value["high"] != nil
        let standard: Shape =
            isRange
            ? .triangular
            : section.value["outcomes"] != nil
                ? .discrete
                : section.value["standard_deviation"] != nil ? .normal : .constant
        let shape = section.choice("distribution", Shape.self) ?? standard
        let value = number(section, "value")
        switch shape {
        case .constant:
            guard let value else { throw DistributionError(expecting: "value, or low and high") }
            return .constant(value)
        case .discrete: return .discrete(outcomes(section))
        case .normal:
            if let value, let deviation = number(section, "standard_deviation") {
                return .normal(mean: value, deviation: deviation)
            }
            guard let low, let high else {
                throw DistributionError(expecting: "low and high (P10 and P90), or value and standard_deviation")
            }
            return .normal(mean: (low + high) / 2, deviation: (high - low) / (2 * p90))
        case .lognormal:
            guard let low, let high, low > 0, high >= low else {
                throw DistributionError(expecting: "low and high (P10 and P90), both above 0, low not above high")
            }
            return .logNormal(
                logMean: (logarithm(low) + logarithm(high)) / 2, sigma: (logarithm(high) - logarithm(low)) / (2 * p90))
        case .uniform:
            guard let low, let high else { throw DistributionError(expecting: "low and high") }
            return .uniform(low: low, high: high)
        case .triangular, .pert:
            guard let low, let high else { throw DistributionError(expecting: "low and high") }
            let mode = value ?? (low + high) / 2
            return shape == .pert
                ? .pert(low: low, mode: mode, high: high) : .triangular(low: low, mode: mode, high: high)
        }
    }

    private static func logarithm(_ value: Double) -> Double { UnaryOperator.logarithm(value) }

    private static func number(_ section: InputSection, _ key: String) -> Double? {
        guard let formula = section.optionalFormula(key) else { return nil }
        guard case .number(let value) = formula else {
            if key != "value" { section.complain(key, "a number was expected") }
            return nil
        }
        return value
    }

    private static func outcomes(_ section: InputSection) -> [DiscreteOutcome] {
        section.sections("outcomes").map { outcome in
            outcome.allow(["value", "probability"])
            return DiscreteOutcome(
                value: number(outcome, "value") ?? .nan, probability: number(outcome, "probability") ?? .nan)
        }
    }

    // MARK: From elsewhere

    private func sourced(_ section: InputSection) throws(SourceError) -> SourcedNumber? {
        let prices = section.section("from_price_book")
        if prices.value != .null {
            prices.allow(["provider", "model", "of"])
            guard let model = prices.required("model"), let of = prices.choice("of", PricedTokens.self) else {
                if prices.value["of"] == nil { prices.complain("of", "it is missing; input or output, for example") }
                return nil
            }
            return try sources.price(
                PriceReference(provider: prices.text("provider"), model: model, of: of.rawValue))
        }
        let ledger = section.section("from_ledger")
        if ledger.value != .null, let reference = LedgerReferenceReader.read(ledger) {
            return try sources.ledger(reference)
        }
        return nil
    }

    private enum PricedTokens: String, CaseIterable {
        case input
        case cacheRead = "cache_read"
        case cacheWrite5m = "cache_write_5m"
        case cacheWrite1h = "cache_write_1h"
        case output
    }

    // MARK: Names

    private static func label(_ key: String) -> String {
        let words = key.split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    private static func fault(inName name: String) -> String? {
        let isName = name.first.map { $0.isLetter || $0 == "_" } ?? false
        let isWhole = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
        return isName && isWhole && name != "month" ? nil : "a name of letters, digits and underscores was expected"
    }
}

/// Reads what a driver or a line takes from the ledger.
enum LedgerReferenceReader {
    private enum Measure: String, CaseIterable {
        case cost = "cost_usd"
        case requests
        case inputTokens = "input_tokens"
        case outputTokens = "output_tokens"
    }

    private static let dimensions = ["feature", "customer", "team", "model", "provider", "environment"]

    static func read(_ section: InputSection) -> LedgerReference? {
        section.allow(["measure", "since", "until"] + dimensions)
        guard let measure = section.choice("measure", Measure.self) else {
            if section.value["measure"] == nil { section.complain("measure", "it is missing; cost_usd, for example") }
            return nil
        }
        let filter = dimensions.compactMap { name in section.text(name).map { (name, $0) } }
        return LedgerReference(
            measure: measure.rawValue, filter: Dictionary(uniqueKeysWithValues: filter), since: section.text("since"),
            until: section.text("until"))
    }
}

extension DistributionError {
    fileprivate init(expecting what: String) { self.init(message: "\(what) was expected") }
}

extension Distribution {
    /// Between what a stated value has to lie.
    fileprivate var bounds: ClosedRange<Double>? {
        switch self {
        case .uniform(let low, let high): low...high
        case .discrete(let outcomes):
            (outcomes.map(\.value).min() ?? 0)...(outcomes.map(\.value).max() ?? 0)
        case .normal(_, let deviation) where deviation > 0: quantile(0.001)...quantile(0.999)
        case .logNormal(_, let sigma) where sigma > 0: quantile(0.001)...quantile(0.999)
        default: nil
        }
    }

    /// The value to calculate with where none is stated: the likeliest, else the median.
    fileprivate var middle: Double {
        switch self {
        case .constant(let value): value
        case .triangular(_, let mode, _), .pert(_, let mode, _): mode
        case .discrete: mean
        default: quantile(0.5)
        }
    }
}
