import Pricing
import Testing

@Suite("The shipped price book")
struct ShippedBookTests {
    @Test("It has the models of all large providers")
    func size() throws {
        let book = try PriceBook.shipped()
        #expect(book.models.count >= 120)
        let providers = Set(book.models.map(\.provider))
        let large = ["openai", "anthropic", "google", "azure", "bedrock", "vertex_ai", "mistral"]
        #expect(providers.isSuperset(of: large))
    }

    @Test("It has no errors")
    func check() throws {
        let errors = try PriceBook.shipped().check().filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(errors.map { "\($0.provider)/\($0.model): \($0.message)" })")
    }

    @Test("Every model is found under its name and every alias")
    func names() throws {
        let book = try PriceBook.shipped()
        for model in book.models {
            for name in [model.model] + model.aliases {
                let found = book.find(provider: model.provider, model: name)
                #expect(found?.model == model.model, "\(model.provider)/\(name)")
                #expect(found?.provider == model.provider, "\(model.provider)/\(name)")
            }
        }
    }

    @Test("Every period names a source that the book explains")
    func sources() throws {
        let book = try PriceBook.shipped()
        for model in book.models {
            for period in model.periods {
                #expect(book.sources[period.source] != nil, "\(model.model): \(period.source)")
            }
        }
    }
}
