internal import Domain
internal import Pricing

/// What a line of a bill is to a commitment: reserved or provisioned capacity, or spend that was agreed on ahead.
enum CommitmentPart: Hashable {
    /// Paid for it.
    case purchase
    /// Hours of capacity at a rate, whatever was used of it.
    case capacity
    /// Usage that it pays for.
    case used
    /// What of it nobody used.
    case unused
}

extension ControlTotal {
    /// What it is to a commitment; `nil` where it is nothing to one.
    var commitmentPart: CommitmentPart? {
        switch dimensions["commitment_status"]?.lowercased() {
        case "used": return .used
        case "unused": return .unused
        default: break
        }
        let category = dimensions["charge_category"] ?? "Usage"
        switch dimensions["line_item_type"] {
        case "SavingsPlanCoveredUsage", "DiscountedUsage": return .used
        // It takes back what covered usage was billed, which is part of paying for the plan.
        case "SavingsPlanNegation": return .purchase
        default: break
        }
        if category == "Purchase" { return .purchase }
        let isCapacity = category == "Usage" && dimensions["service_tier"].map(ServiceTier.isCommitted) ?? false
        return isCapacity && !usage.isKnown ? .capacity : nil
    }
}
