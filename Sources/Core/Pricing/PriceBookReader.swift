internal import CPriceBook
internal import Domain
package import Inputs
package import JSONScan

extension PriceBook {
    /// The book that ships with Payback.
    ///
    /// - Throws: ``InputError`` where it is damaged; a broken price book is refused loudly, never skipped over.
    package static func shipped() throws(InputError) -> PriceBook {
        let bytes = UnsafeBufferPointer(start: payback_price_book(), count: payback_price_book_size())
        let file = "the shipped price book"
        let root: JSONValue
        do { root = try JSONValue.parse(bytes) } catch {
            throw InputError(.malformed, file: file, "It is not JSON: \(error.reason).")
        }
        return try PriceBookReader(file: file, line: { _ in nil }).book(root)
    }

    /// Lays a user's own prices and discounts over the book: a YAML or JSON file of the book's own format, in which
    /// `models` and `discounts` may stand.
    ///
    /// - Throws: ``InputError`` with file, line and key.
    package func overlaid(with document: YAMLDocument) throws(InputError) -> PriceBook {
        let reader = PriceBookReader(file: document.file, line: { document.line(of: $0) })
        let overlay = try reader.book(document.root)
        var book = self
        for model in overlay.models { book.add(model) }
        book.discounts += overlay.discounts
        book.sources.merge(overlay.sources) { $1 }
        book.version += "+" + overlay.version
        return book
    }
}

/// Reads the book's file format; every error names the file, the line where known, and the key.
package struct PriceBookReader {
    let file: String
    let line: (String) -> Int?

    /// Creates a reader.
    ///
    /// - Parameter line: the line of a key's path, where it is known.
    package init(file: String, line: @escaping (String) -> Int?) { (self.file, self.line) = (file, line) }

    /// Reads a whole book.
    package func book(_ root: JSONValue) throws(InputError) -> PriceBook {
        guard case .object = root else { throw fault("", "a mapping with the key models was expected") }
        var book = PriceBook(version: root["version"]?.text ?? "own")
        for source in root["sources"]?.members ?? [] {
            book.sources[source.key] = source.value["title"]?.text ?? source.value.text ?? ""
        }
        for (position, model) in (root["models"]?.elements ?? []).enumerated() {
            book.add(try self.model(model, "models.\(position)"))
        }
        for (position, discount) in (root["discounts"]?.elements ?? []).enumerated() {
            book.discounts.append(try self.discount(discount, "discounts.\(position)"))
        }
        return book
    }

    private func model(_ value: JSONValue, _ path: String) throws(InputError) -> ModelPrices {
        guard let provider = value["provider"]?.text else { throw fault(path + ".provider", "the provider is missing") }
        guard let name = value["model"]?.text else { throw fault(path + ".model", "the model is missing") }
        var model = ModelPrices(provider: ModelName.canonicalProvider(provider), model: name)
        model.aliases = value["aliases"]?.elements.compactMap(\.text) ?? []
        model.mode = value["mode"]?.text ?? "chat"
        model.contextWindow = value["context_window"]?.integer
        model.maxOutputTokens = value["max_output_tokens"]?.integer
        for (position, period) in (value["prices"]?.elements ?? []).enumerated() {
            model.periods.append(try self.period(period, "\(path).prices.\(position)"))
        }
        guard !model.periods.isEmpty else { throw fault(path + ".prices", "\(name) has no prices") }
        model.periods.sort { ($0.from?.microseconds ?? .min) < ($1.from?.microseconds ?? .min) }
        return model
    }

    private func period(_ value: JSONValue, _ path: String) throws(InputError) -> PricePeriod {
        var tiers: [String: TierRates] = [:]
        for tier in value["tiers"]?.members ?? [] {
            tiers[ServiceTier.canonical(tier.key)] = try self.tier(tier.value, "\(path).tiers.\(tier.key)")
        }
        guard !tiers.isEmpty else { throw fault(path + ".tiers", "there are no tiers") }
        var from: Timestamp?
        if let text = value["from"]?.text {
            guard let moment = Timestamp.read(text) else { throw fault(path + ".from", "\(text) is not a date") }
            from = moment
        }
        var period = PricePeriod(from: from, source: value["source"]?.text ?? "own", tiers: tiers)
        for factor in value["multipliers"]?.members ?? [] {
            guard let decimal = factor.value.text.flatMap(ExactDecimal.init), decimal.coefficient > 0,
                decimal.scale <= 9
            else {
                throw fault(
                    "\(path).multipliers.\(factor.key)", "a positive number with at most nine decimals was expected")
            }
            period.multipliers[factor.key.lowercased()] = decimal
        }
        for fee in value["fees"]?.members ?? [] {
            guard let amount = fee.value.text.flatMap(NanoUSD.init(dollars:)) else {
                throw fault("\(path).fees.\(fee.key)", "an amount in USD was expected")
            }
            period.fees[fee.key] = amount
        }
        return period
    }

    private func tier(_ value: JSONValue, _ path: String) throws(InputError) -> TierRates {
        var above: [ContextRates] = []
        for (position, entry) in (value["above"]?.elements ?? []).enumerated() {
            guard let threshold = entry["input_tokens"]?.integer, threshold > 0 else {
                throw fault("\(path).above.\(position).input_tokens", "a number of tokens was expected")
            }
            above.append(ContextRates(inputTokens: threshold, rates: try rates(entry, "\(path).above.\(position)")))
        }
        return TierRates(base: try rates(value, path), above: above)
    }

    private func rates(_ value: JSONValue, _ path: String) throws(InputError) -> TokenRates {
        var rates = TokenRates()
        for (name, keyPath) in TokenRates.keys {
            guard let text = value[name]?.text else { continue }
            guard let decimal = ExactDecimal(text), let price = PicoUSDPerToken(perMillion: decimal) else {
                throw fault(
                    "\(path).\(name)", "\(text) is not a price in USD per million tokens with at most six decimals")
            }
            rates[keyPath: keyPath] = price
        }
        return rates
    }

    private func moment(_ value: JSONValue?, _ path: String) throws(InputError) -> Timestamp? {
        guard let text = value?.text else { return nil }
        guard let moment = Timestamp.read(text) else { throw fault(path, "\(text) is not a date") }
        return moment
    }

    private func discount(_ value: JSONValue, _ path: String) throws(InputError) -> Discount {
        guard let provider = value["provider"]?.text else { throw fault(path + ".provider", "the provider is missing") }
        guard let percent = value["percent"]?.text.flatMap(ExactDecimal.init), percent.coefficient >= 0,
            percent.scale <= 9,
            let whole = percent.units(scale: 6), whole.units <= 100_000_000
        else { throw fault(path + ".percent", "a number from 0 to 100 was expected") }
        let from = try moment(value["from"], path + ".from") ?? Period.always.start
        let until = try moment(value["until"], path + ".until") ?? Period.always.end
        return Discount(
            provider: ModelName.canonicalProvider(provider), model: value["model"]?.text, percent: percent,
            period: Period(start: from, end: until))
    }

    private func fault(_ path: String, _ message: String) -> InputError {
        InputError(.malformed, file: file, line: line(path), field: path, "\(message).")
    }
}
