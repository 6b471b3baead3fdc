internal import Domain
package import JSONScan

/// The two tables of the archive that DeepSeek's console exports: amounts, one class of tokens a row, and costs. Both
/// are control totals. Keys are not read: the archive has them in clear.
package struct DeepSeekFormat: UsageFormat {
    private enum Field: Int, FormatField {
        case start, end, model, keyName, type, price, amount, wallet, cost, currency, user
    }

    package let name = "deepseek"
    package let title = "DeepSeek console export, amount-*.csv and cost-*.csv"
    package let plan = FieldPlan(Self.fields)

    private static let fields: [(field: Field, names: [String])] = [
        (.start, ["start_time_iso", "utc_date"]), (.end, ["end_time_iso"]), (.model, ["model"]),
        (.keyName, ["api_key_name"]), (.type, ["type"]), (.price, ["price"]), (.amount, ["amount"]),
        (.wallet, ["wallet_type"]), (.cost, ["cost"]), (.currency, ["currency"]), (.user, ["user_id"]),
    ]

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        guard !sample.isJSON, sample.has("model"), sample.hasAny("start_time_iso", "utc_date") else { return false }
        return sample.has("type", "amount") || sample.has("wallet_type", "cost")
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        let isCost = !row.isMissing(Field.cost.slot)
        var total = ControlTotal(
            authority: isCost ? .costReport : .usageReport, source: name, period: try period(row), provider: "deepseek")
        total.model = row.string(Field.model.slot)
        total.dimensions["user_id"] = row.string(Field.user.slot)
        total.row = row.hash
        if isCost {
            total.billed = try row.billedAmount(Field.cost.slot, "cost", &builder)
            total.effective = total.billed
            total.currency = row.string(Field.currency.slot)?.uppercased() ?? "CNY"
            total.dimensions["wallet_type"] = row.string(Field.wallet.slot)
            total.dimensions[ChargeCategory.dimension] = ChargeCategory.usage.rawValue
        } else {
            total.dimensions["api_key_name"] = row.string(Field.keyName.slot)
            total.dimensions["price"] = row.string(Field.price.slot)
            try readAmount(row, &total, &builder)
        }
        builder.batch.controlTotals.append(total)
    }

    private func period(_ row: FieldRow) throws(RowProblem) -> Period {
        guard let start = try row.timestamp(Field.start.slot, "start_time_iso") else {
            throw RowProblem("no_period", "The row has no start_time_iso and no utc_date.")
        }
        guard let end = try row.timestamp(Field.end.slot, "end_time_iso") else { return Period(day: start.day) }
        return Period(start: start, end: end)
    }

    /// Requests are a class of their own and no tokens.
    private func readAmount(
        _ row: FieldRow, _ total: inout ControlTotal, _ builder: inout RecordBuilder
    ) throws(RowProblem) {
        let amount = try row.tokens(Field.amount.slot, "amount")
        switch row.string(Field.type.slot) {
        case "input_cache_miss_tokens": total.usage.uncachedInput = amount
        case "input_cache_hit_tokens": total.usage.cacheRead = amount
        case "output_tokens": total.usage.output = amount
        case "request_count": total.requests = amount.known
        case let type:
            total.dimensions["type"] = type
            builder.note(
                "unknown_token_class",
                "A row's type \"\(type ?? "")\" is not known; its amount is left out of the tokens.")
        }
    }
}
