/// Amazon's bill as a Cost and Usage Report 2.0: a line per day, model and class of tokens, in thousands of tokens.
///
/// The contract's price stands on the lines themselves; what they would have cost is in `pricing_public_on_demand_cost`.
enum CURBill {
    private static let account = "000000000000"

    /// The report's text.
    static func text(_ accounts: MonthAccounts) -> String {
        var text = CSVText.line(columns)
        for (number, line) in accounts.lines(.bedrock).enumerated() {
            text += CSVText.line(cells(number + 1, line.key, line.charge))
        }
        return text
    }

    private static let columns = [
        "identity_line_item_id", "bill_billing_entity", "bill_invoice_id", "line_item_usage_account_id",
        "line_item_usage_start_date", "line_item_usage_end_date", "line_item_line_item_type", "line_item_product_code",
        "line_item_usage_type", "line_item_operation", "line_item_usage_amount", "line_item_currency_code",
        "line_item_unblended_cost", "pricing_unit", "pricing_public_on_demand_cost", "line_item_resource_id",
        "line_item_line_item_description", "resource_tags",
    ]

    private static func cells(_ number: Int, _ key: ChargeKey, _ charge: Charge) -> [String] {
        [
            "composed-\(number)", "AWS", "composed-2026-10", account, SampleClock.moment(key.day),
            SampleClock.moment(key.day + 1), "Usage", "AmazonBedrock", usageType(key), "InvokeModelInference",
            charge.tokens.decimalText(digits: 3), "USD", charge.billed.amountText, "1K tokens",
            charge.list.amountText, resource(key.model), "Composed: \(key.tokens.words)", "{\"composed\":\"true\"}",
        ]
    }

    private static func usageType(_ key: ChargeKey) -> String {
        let model =
            switch key.model {
            case .bedrockSonnet: "Claude5Sonnet"
            case .bedrockHaiku: "Claude4.5Haiku"
            default: "ImportedModel"
            }
        let tokens =
            switch key.tokens {
            case .input: "input-tokens"
            case .cacheRead: "cache-read-input-token-count"
            case .cacheWrite: "cache-write-input-token-count"
            case .output: "output-tokens"
            }
        return "USE1-\(model)-\(tokens)"
    }

    /// A model of our own has an address that names it; of Amazon's models the usage type says enough.
    private static func resource(_ model: SampleModel) -> String {
        model == .bedrockCustom ? "arn:aws:bedrock:us-east-1:\(account):custom-model/\(model.facts.name)" : ""
    }
}
