/// What kind of charge a line of a bill is, in FOCUS's words.
///
/// Only usage ties to records. Purchases are paid once and used over time: a report of what use cost leaves them out
/// and takes the effective costs, a report of cash takes the billed ones.
enum ChargeCategory: String {
    case usage = "Usage"
    case purchase = "Purchase"
    case tax = "Tax"
    case credit = "Credit"
    case adjustment = "Adjustment"

    /// The dimension of control totals that keeps it.
    static let dimension = "charge_category"
}
