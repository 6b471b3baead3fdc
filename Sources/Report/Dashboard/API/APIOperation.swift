internal import Documents

/// What a call of the API does, as its description says it (OpenAPI 3.1).
struct APIOperation: Sendable {
    /// A name for generated clients: `listKeys`.
    var id: String
    /// What it does, in a sentence.
    var summary: String
    /// What goes into path and query.
    var parameters: [APIParameter] = []
    /// The body; `nil` for none.
    var body: APISchema?
    /// What comes back.
    var result: APISchema
    /// The status when it went well.
    var success = 200
    /// Other media types that it may answer with.
    var otherTypes: [String] = []
}

/// Something in a path or a query.
struct APIParameter: Sendable {
    /// Its name.
    var name: String
    /// What it is.
    var summary: String
    /// Whether it stands in the path.
    var isInPath = false
    /// What it may be.
    var schema = APISchema.text

    /// A month.
    static let month = APIParameter(
        name: "month", summary: "2026-10; the month of the ledger's last record where absent",
        schema: .pattern("^[0-9]{4}-(0[1-9]|1[0-2])$"))

    /// An id in the path.
    static func id(_ summary: String) -> APIParameter { APIParameter(name: "id", summary: summary, isInPath: true) }
}

/// What a value may be: the part of JSON Schema that the API needs.
indirect enum APISchema: Sendable {
    case text
    case integer(least: Int64)
    case number
    case flag
    case anything
    case pattern(String)
    case oneOf([String])
    case optional(APISchema)
    case list(APISchema)
    /// Keys, and which of them have to be there; others may be.
    case object([(key: String, schema: APISchema)], required: [String])

    /// As JSON Schema.
    var json: JSONOutput {
        switch self {
        case .text: ["type": "string"]
        case .integer(let least): ["type": "integer", "minimum": .integer(least)]
        case .number: ["type": "number"]
        case .flag: ["type": "boolean"]
        case .anything: .object([])
        case .pattern(let pattern): ["type": "string", "pattern": .string(pattern)]
        case .oneOf(let values): ["type": "string", "enum": .array(values.map { .string($0) })]
        case .optional(let schema): ["anyOf": .array([schema.json, ["type": "null"]])]
        case .list(let schema): ["type": "array", "items": schema.json]
        case .object(let members, let required):
            .object([
                .init("type", "object"),
                .init("properties", .object(members.map { .init($0.key, $0.schema.json) })),
                .init("required", .array(required.map { .string($0) })),
            ])
        }
    }
}
