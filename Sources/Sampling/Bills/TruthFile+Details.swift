extension TruthFile {
    /// What was planted, in a sentence.
    func detail(_ error: PlantedError) -> String {
        switch error {
        case .missingDay: "The day's requests are on the bill and have no records."
        case .cacheWritesMissing:
            "The tool of the feature \(ErrorPlan.writelessFeature) reports no cache-write tokens."
        case .tierPricedAsStandard:
            "Requests by batch and flex are recorded without their tier, so that the standard price is applied to them."
        case .negotiatedPrice:
            "The contract's price of \(SampleModel.bedrockSonnet.facts.name) is \(100 - Tariff.contracted) % below the list."
        case .duplicateRecords:
            "Two hours of the feature \(ErrorPlan.doubledFeature) at this provider are recorded twice, under other ids."
        case .timing:
            "The bill's days and its month begin at midnight Pacific: these hours are on September's bill."
        case .credit: "A promotion gives back \(BillExtras.promotionPercent) % of the cost of these days."
        case .tax: "Value added tax of \(BillExtras.taxPercent) % is on the bill."
        case .currency: currencyDetail
        case .unpricedModel:
            "The model \(SampleModel.bedrockCustom.facts.name) is one's own: no price book has it, so that its records cost "
                + "nothing yet."
        }
    }

    private var currencyDetail: String {
        let dollars = accounts.usage(.mistral)
        let apparent = (ExchangeRate.euros(dollars) - dollars).amountText
        return
            "The bill is in euros, at \(ExchangeRate.perDollar) EUR per dollar. Converted, nothing is left to explain; "
            + "its usage read as dollars would differ by \(apparent)."
    }
}
