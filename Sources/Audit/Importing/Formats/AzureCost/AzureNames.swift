internal import Domain
internal import JSONScan

/// Which meter, resource and subscription a row of Azure's cost details is about.
struct AzureNames {
    let row: FieldRow

    private typealias Field = AzureCostFormat.Field

    var meter: String? { row.string(Field.meterName.slot) }

    /// What tells the family of models where the meter does not: `Azure Grok Models`.
    var product: String? { row.string(Field.meterSubcategory.slot) ?? row.string(Field.product.slot) }

    /// The category moved from `Cognitive Services` and `Azure OpenAI` to `Foundry Models`.
    var isAI: Bool {
        CloudProvider.isAI(service: row.string(Field.meterCategory.slot))
            || CloudProvider.isAI(service: row.string(Field.meterSubcategory.slot))
    }

    func read(into total: inout ControlTotal) {
        let dimensions: [(String, Field)] = [
            ("sku", .meterName), ("meter_subcategory", .meterSubcategory), ("resource", .resource),
            ("resource_group", .resourceGroup), ("sub_account", .subscription), ("region", .location),
            ("publisher", .publisher), ("invoice", .invoice),
        ]
        for (name, field) in dimensions { total.dimensions[name] = row.string(field.slot) }
        for tag in tags { total.dimensions["tag:\(tag.key)"] = tag.value }
    }

    /// The tags: an object, or in enterprise agreements its members without the braces.
    private var tags: [(key: String, value: String)] {
        guard let text = row.string(Field.tags.slot) else { return [] }
        let object = text.hasPrefix("{") ? text : "{\(text)}"
        let members = (try? JSONValue.parse(object))?.members ?? []
        return members.compactMap { member in member.value.text.map { (member.key, $0) } }
    }
}
