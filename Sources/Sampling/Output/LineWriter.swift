/// Writes requests as JSON lines in Payback's generic format, out of fragments that were put together before.
struct LineWriter {
    private let content: SampleTraffic.Content
    private let prompts: PromptWriter
    private let models = SampleModel.allCases.map(\.facts)
    private let features = SampleFeature.all.map { Array("\"feature\":\"\($0.name)\",".utf8) }
    private let teams = SampleFeature.all.map { Array("\"team\":\"\($0.team)\",".utf8) }
    private let customers = SampleCustomers.names.map { Array("\"customer\":\"\($0)\",".utf8) }
    private let environments = ["production", "staging", "development"].map { Array("\"environment\":\"\($0)\",".utf8) }
    private let identity: [UInt8]
    private let names = FieldNames()

    /// - Parameter seed: becomes part of the request ids, so that samples of two seeds can be read together.
    init(content: SampleTraffic.Content, seed: UInt64, templates: [PromptTemplate]) {
        self.content = content
        prompts = PromptWriter(templates: templates)
        var identity = LineBuffer()
        identity.append(Array(",\"request_id\":\"".utf8).dropFirst().isEmpty ? [] : Array("Z\",\"request_id\":\"".utf8).dropFirst().map { $0 })
        identity.append(hexadecimal: seed, digits: 4)
        identity.append(0x2D)
        self.identity = identity.bytes
    }

    func append(_ request: SampleRequest, to line: inout LineBuffer) {
    }
}
