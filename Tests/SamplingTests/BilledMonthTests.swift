import Domain
import Importing
import JSONScan
import Sampling
import Testing

@Suite("A composed month with bills")
struct BilledMonthTests {
    static let providers = ["openai", "anthropic", "bedrock", "vertex_ai", "mistral"]

    @Test("The same month has the same bytes, another seed has others")
    func determinism() throws {
        let first = try ComposedMonth.make()
        let same = try ComposedMonth.make()
        let other = try ComposedMonth.make(seed: 2)
        #expect(first.usage == same.usage)
        #expect(first.files.map(\.text) == same.files.map(\.text))
        #expect(first.usage != other.usage)
        #expect(zip(first.files, other.files).allSatisfy { $0.text != $1.text })
    }

    @Test("Every file is read in its own format and no row is rejected")
    func importing() async throws {
        let read = try await ComposedMonth.make().imported()
        let formats = ["generic", "focus", "focus", "aws-cur", "gcp-billing", "focus"]
        #expect(read.summary.inputs.map(\.format) == formats)
        #expect(read.summary.diagnostics.rejections == 0)
        // What is noticed: it is composed, and the model of one's own is in neither the book nor the meters.
        let codes = Set(read.summary.diagnostics.entries.map(\.code))
        #expect(codes == ["composed", "unpriced_model", "unknown_meter"])
        #expect(Set(read.totals.map(\.provider)) == Set(Self.providers))
        #expect(read.totals.allSatisfy { $0.isAI })
    }

    @Test("Bills and records of each provider are what truth.json says, to the last digit", arguments: [1, 2, 3])
    func sums(_ seed: UInt64) async throws {
        let month = try ComposedMonth.make(seed: seed)
        let (truth, read) = (try month.truth(), try await month.imported())
        for provider in Self.providers {
            let sums = try #require(truth.providers[provider])
            let billed = read.lines(provider).billed
            let dollars = provider == "mistral" ? billed * 5 / 4 : billed
            #expect(dollars == sums.billed, "\(provider)")
            #expect(read.records(provider).picos == sums.ledger, "\(provider)")
        }
    }

    @Test("What bills and records differ by is the sum of the provider's errors", arguments: [1, 2, 3])
    func ties(_ seed: UInt64) throws {
        let truth = try ComposedMonth.make(seed: seed).truth()
        #expect(truth.errors.count == 10)
        for provider in Self.providers {
            let sums = try #require(truth.providers[provider])
            let errors = truth.errors.values.filter { $0.provider == provider }
            #expect(!errors.isEmpty)
            #expect(sums.billed - sums.ledger == sums.difference)
            #expect(errors.reduce(0) { $0 + $1.amount } == sums.difference, "\(provider)")
        }
    }

    @Test("Records state no cost, and every file says that it is composed")
    func labels() throws {
        let month = try ComposedMonth.make()
        let lines = String(decoding: month.usage, as: UTF8.self).split(separator: "\n")
        #expect(lines.allSatisfy { $0.hasSuffix(",\"composed\":true}") && !$0.contains("cost") })
        for file in month.files where file.name != "truth.json" {
            let rows = file.text.split(separator: "\n").dropFirst(file.name.hasSuffix(".csv") ? 1 : 0)
            #expect(!rows.isEmpty)
            #expect(rows.allSatisfy { $0.lowercased().contains("composed") }, "\(file.name)")
        }
        #expect(try month.truth().root["composed"] == .bool(true))
    }

    @Test("Too few requests to plant every error on are refused", arguments: [0, 3])
    func tooFew(_ requests: Int) {
        #expect(throws: BilledMonthError.self) { try ComposedMonth.make(requests: requests) }
    }

    @Test("A price that is missing is named, with its model and tier")
    func missingPrice() throws {
        let month = BilledMonth(requests: 5000, seed: 1) { $0.tier == "batch" ? nil : 1_000_000 }
        let error = try #require(throws: BilledMonthError.self) { try month.writeRecords { _ in } }
        #expect(error.description.contains("batch"))
        #expect(error.description.contains("has no price for"))
    }
}
