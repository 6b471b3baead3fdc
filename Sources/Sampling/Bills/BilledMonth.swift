/// A composed month at five providers, with their bills and ten planted errors: what a reconciliation has to find.
///
/// No request in it ever happened and no bill was ever sent; every file says so. The records are those that tools would
/// have kept, errors included; the bills count the requests as they were made.
package struct BilledMonth {
    /// A file of the month, whole.
    package struct File: Sendable {
        /// Its name in the month's folder.
        package let name: String
        /// What stands in it.
        package let text: String
    }

    /// How many requests were made.
    package let requests: Int
    /// What determines the month, together with the number of requests and the prices.
    package let seed: UInt64
    private let price: SamplePrice

    /// Describes a month; negative numbers of requests mean none.
    ///
    /// - Parameter price: the list price of a token in pico-dollars. The same price has to be applied to the records,
    ///   or bills and records differ by more than the planted errors.
    package init(requests: Int, seed: UInt64, price: @escaping SamplePrice) {
        (self.requests, self.seed, self.price) = (max(requests, 0), seed, price)
    }

    /// Writes the records as tools kept them, a line each, ascending in time; the same month gives the same bytes.
    ///
    /// - Parameter sink: takes pieces of about 64 KiB, each of whole lines.
    /// - Returns: the bills and `truth.json`, which names the errors.
    /// - Throws: what `sink` throws, and ``BilledMonthError`` where a price is missing or an error has no request.
    package func writeRecords(to sink: (UnsafeRawBufferPointer) throws -> Void) throws -> [File] {
        let templates = SampleFeature.all.flatMap(\.templates).map(PromptTemplate.init)
        let plan = ErrorPlan(requests: requests, seed: seed, templates: templates)
        let writer = LineWriter(content: .prompts, seed: seed, templates: templates)
        var sampler = BilledSampler(requests: requests, seed: seed, templates: templates)
        var (accounts, tariff, buffer) = (MonthAccounts(), Tariff(price), LineBuffer())
        for _ in 0..<requests {
            let request = sampler.next()
            let cause = plan.cause(of: request)
            let recorded = plan.recorded(request, cause)
            try accounts.take(request, recorded: recorded, cause, &tariff)
            for record in recorded { writer.append(record, to: &buffer) }
            if buffer.isFull { try buffer.flush(to: sink) }
        }
        try buffer.flush(to: sink)
        BillExtras.book(into: &accounts)
        try check(accounts)
        return files(accounts, plan)
    }

    private func check(_ accounts: MonthAccounts) throws(BilledMonthError) {
        for error in PlantedError.allCases where error.isOfRequests && (accounts.differences[error]?.amount ?? 0) == 0 {
            throw .tooFewRequests(requests, cause: error.rawValue)
        }
        if accounts.differences[.credit]?.amount == 0 || accounts.differences[.tax]?.amount == 0 {
            throw .tooFewRequests(requests, cause: PlantedError.credit.rawValue)
        }
    }

    private func files(_ accounts: MonthAccounts, _ plan: ErrorPlan) -> [File] {
        let bills = BilledProvider.allCases.map { provider in
            let text =
                switch provider {
                case .openai: FOCUSBill(provider: provider, name: "OpenAI").text(accounts)
                case .anthropic: FOCUSBill(provider: provider, name: "Anthropic").text(accounts)
                case .mistral: FOCUSBill(provider: provider, name: "Mistral").text(accounts)
                case .bedrock: CURBill.text(accounts)
                case .vertex: GoogleBill.text(accounts)
                }
            return File(name: provider.file, text: text)
        }
        let truth = TruthFile(requests: requests, seed: seed, accounts: accounts, plan: plan)
        return bills + [File(name: "truth.json", text: truth.text)]
    }
}
