/// Something in a price book that cannot be right, or is worth a second look.
package struct PriceFinding: Sendable, Hashable {
    /// How sure it is.
    package enum Severity: String, Sendable {
        /// Unusual, but it happens.
        case warning
        /// Nobody sells at such prices.
        case error
    }

    /// Who bills.
    package let provider: String
    /// The model.
    package let model: String
    /// What is broken.
    package let rule: PriceRule
    /// What is wrong, with the figures.
    package let message: String

    /// How sure it is.
    package var severity: Severity { rule.severity }

    /// Creates a finding about a model.
    package init(_ prices: ModelPrices, _ rule: PriceRule, _ message: String) {
        (provider, model) = (prices.provider, prices.model)
        (self.rule, self.message) = (rule, message)
    }
}

/// What prices have to obey. The raw value is a stable word for programs.
package enum PriceRule: String, Sendable, CaseIterable {
    /// A model without any price.
    case noPrices = "no_prices"
    /// A period that prices other tiers, but not the standard one.
    case noStandardTier = "no_standard_tier"
    /// A period that begins before, or with, the one in front of it.
    case datesNotAscending = "dates_not_ascending"
    /// No price of a period is above zero.
    case allZero = "all_zero"
    /// More than 10,000 USD per million tokens: a mistake of the unit.
    case priceTooHigh = "price_too_high"
    /// Reading the cache costs more than plain input.
    case cacheReadAboveInput = "cache_read_above_input"
    /// Writing the cache costs something, but less than plain input.
    case cacheWriteBelowInput = "cache_write_below_input"
    /// Output of a chat model costs less than a tenth of its input.
    case outputBelowInput = "output_far_below_input"
    /// Batch costs more than standard.
    case batchAboveStandard = "batch_above_standard"
    /// Flex costs more than standard.
    case flexAboveStandard = "flex_above_standard"
    /// Priority costs less than standard.
    case priorityBelowStandard = "priority_below_standard"
    /// Long contexts cost less than short ones.
    case contextBelowBase = "context_below_base"
    /// A small model costs more than its large sibling.
    case smallAboveLarge = "small_above_large"
    /// An alias is the name of another model.
    case aliasIsModel = "alias_is_model"
    /// Two models have the same alias.
    case aliasTwice = "alias_twice"

    /// Some are only unusual: free models exist, and a few guards and rerankers hardly charge for output.
    package var severity: PriceFinding.Severity {
        switch self {
        case .allZero, .cacheWriteBelowInput, .outputBelowInput, .smallAboveLarge: .warning
        default: .error
        }
    }
}
