internal import Domain
internal import JSONScan

/// Which service, SKU and project a row of Google's billing export is about.
struct GoogleNames {
    private let row: FieldRow
    /// The service, for example `Vertex AI`; the Gemini API is another.
    let service: String?
    /// The SKU's description.
    let sku: String

    private typealias Field = GoogleBillingFormat.Field

    init(row: FieldRow) {
        self.row = row
        service = row.text(Field.service.slot)
        sku = row.text(Field.sku.slot) ?? ""
    }

    var isAI: Bool { CloudProvider.isAI(service: service) }

    var provider: String { CloudProvider.name(cloud: "google", service: service) }

    var dialect: MeterDialect { provider == "vertex_ai" ? .vertex : .gemini }

    var category: ChargeCategory {
        switch row.string(Field.costType.slot) {
        case "tax": .tax
        case "adjustment", "rounding_error": .adjustment
        default: sku.hasPrefix("Commitment") || sku.hasPart("Provisioned Throughput") ? .purchase : .usage
        }
    }

    func read(into total: inout ControlTotal) {
        let ofAI: [(String, Field)] = [
            ("sku_id", .skuID), ("project_id", .project), ("location", .location), ("seller", .seller),
            ("resource", .resource),
        ]
        total.dimensions["invoice_month"] = row.string(Field.invoiceMonth.slot)
        if total.currency != "USD" {
            // Google's prices are in dollars; the rate is what a dollar costs.
            total.dimensions["pricing_currency"] = "USD"
            total.dimensions["exchange_rate"] = row.string(Field.rate.slot)
        }
        guard total.isAI else { return }
        for (name, field) in ofAI { total.dimensions[name] = row.string(field.slot) }
        total.dimensions["sku"] = sku.isEmpty ? nil : sku
        total.dimensions["region"] = row.string(Field.region.slot)
        for label in row.tree(Field.labels.slot)?.elements ?? [] {
            guard let key = label["key"]?.text, let value = label["value"]?.text else { continue }
            total.dimensions["tag:\(key)"] = value
        }
    }
}

extension FieldRow {
    /// The text of a slot; `nil` for an object, whose own fields have slots of their own.
    fileprivate func text(_ slot: Int) -> String? { self[slot].kind == .object ? nil : string(slot) }
}
