/// Google's bill as rows of the billing export: a line per day that begins at midnight Pacific, SKU and class of tokens.
///
/// What was used before the first midnight Pacific is on September's bill, which is not among the files.
enum GoogleBill {
    /// The export's text, JSON lines.
    static func text(_ accounts: MonthAccounts) -> String {
        accounts.lines(.vertex).map { row($0.key, $0.charge) }.joined()
    }

    private static func row(_ key: ChargeKey, _ charge: Charge) -> String {
        let cost = charge.billed.amountText
        let fields = [
            #""billing_account_id":"COMPOSED""#,
            #""service":{"id":"C7E2-9256-1C43","description":"Vertex AI"}"#,
            #""sku":{"id":"\#(skuID(key))","description":"\#(sku(key))"}"#,
            #""usage_start_time":"\#(moment(key.day))""#, #""usage_end_time":"\#(moment(key.day + 1))""#,
            #""project":{"id":"composed"}"#, #""labels":[{"key":"composed","value":"true"}]"#,
            #""location":{"location":"global"}"#, #""cost":\#(cost)"#, #""cost_at_list":\#(charge.list.amountText)"#,
            #""currency":"USD","currency_conversion_rate":1"#,
            #""usage":{"amount":\#(charge.tokens),"unit":"requests","amount_in_pricing_units":\#(charge.tokens),"pricing_unit":"count"}"#,
            #""credits":[\#(credit(key, charge))]"#, #""invoice":{"month":"202610"},"cost_type":"regular""#,
        ]
        return "{\(fields.joined(separator: ","))}\n"
    }

    private static func moment(_ day: Int) -> String {
        SampleClock.moment(day, hours: BilledProvider.vertex.hoursBehind).replacing("T", with: " ")
            .replacing("Z", with: " UTC")
    }

    private static func credit(_ key: ChargeKey, _ charge: Charge) -> String {
        let given = BillExtras.promotion(on: key, charge)
        if given == 0 { return "" }
        return #"{"name":"Composed promotion","full_name":"Composed promotional credit, October 2026","#
            + #""type":"PROMOTION","amount":\#((-given).amountText)}"#
    }

    private static func skuID(_ key: ChargeKey) -> String {
        "COMPOSED-\(key.model == .vertexFlash ? "F" : "L")-\(key.tokens.rawValue.uppercased())"
    }

    private static func sku(_ key: ChargeKey) -> String {
        let model = key.model == .vertexFlash ? "Gemini 3.5 Flash" : "Gemini 3.5 Flash Lite"
        return switch key.tokens {
        case .input, .cacheWrite: "\(model) Text Input - Predictions"
        case .cacheRead: "\(model) Text Input Caching"
        case .output: "\(model) Text Output - Predictions"
        }
    }
}
