internal import Domain
internal import JSONScan
internal import Providers

/// Which product, account and principal a line item of AWS's report is about.
struct CURNames {
    private let row: FieldRow
    private let code: String
    private let usageType: String
    /// The product's name, where AWS or the seller gives one.
    let product: String?
    /// The marketplace sells models of others under codes of its own and says so in the product's name.
    let isAI: Bool

    private typealias Field = CURFormat.Field

    init(row: FieldRow) {
        self.row = row
        code = row.string(Field.productCode.slot) ?? ""
        usageType = row.string(Field.usageType.slot) ?? ""
        // The map of a product's attributes is read only where it may name a model: it is most of a row's bytes.
        let map = code.hasPart("Bedrock") || usageType.hasPart("MP:") ? row.tree(Field.product.slot) : nil
        product = row.string(Field.productName.slot) ?? map?.firstText(["product_name", "servicename", "ProductName"])
        isAI =
            code.hasPart("Bedrock") || product?.hasPart("Bedrock") == true
            || row.string(Field.resource.slot)?.hasPart(":bedrock:") == true
    }

    var service: String? { isAI ? "Amazon Bedrock" : (code.isEmpty ? product : code) }

    var provider: String { CloudProvider.name(cloud: "aws", service: service) }

    /// The name of a model that the product is, for example of `Claude 3.5 Sonnet (Amazon Bedrock Edition)`.
    var modelOfProduct: String? {
        let edition = " (Amazon Bedrock Edition)"
        guard let product, product.hasSuffix(edition) else { return nil }
        return String(product.dropLast(edition.count))
    }

    /// The model in an ARN such as
    /// `arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-3-5-sonnet-20240620-v1:0`.
    var modelOfResource: String? {
        row.string(Field.resource.slot).flatMap(BedrockModel.name(of:))
    }

    func read(into total: inout ControlTotal) {
        let dimensions: [(String, Field)] = [
            ("sku", .usageType), ("operation", .operation), ("account", .account), ("resource", .resource),
            ("principal", .principal), ("billing_entity", .entity), ("invoice", .invoice),
        ]
        for (name, field) in dimensions { total.dimensions[name] = row.string(field.slot) }
        for tag in row.tree(Field.resourceTags.slot)?.members ?? [] {
            if let text = tag.value.text { total.dimensions["tag:\(tag.key)"] = text }
        }
    }
}
