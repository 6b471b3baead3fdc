/// `truth.json`: what was planted, where, and what it comes to.
struct TruthFile {
    let requests: Int
    let seed: UInt64
    let accounts: MonthAccounts
    let plan: ErrorPlan

    /// The file's text: JSON with amounts as exact decimals.
    var text: String {
        """
        {
          "composed": true,
          "requests": \(requests),
          "seed": \(seed),
          "period": {"start": "\(SampleClock.moment(0))", "end": "\(SampleClock.moment(SampleClock.days))"},
          "exchange_rates": [{"date": "\(SampleClock.date(ExchangeRate.day))", "currency": "EUR", "usd": \
        \(ExchangeRate.perEuro)}],
          "providers": [
            \(BilledProvider.allCases.map(line).joined(separator: ",\n    "))
          ],
          "errors": [
            \(PlantedError.allCases.map(line).joined(separator: ",\n    "))
          ]
        }

        """
    }

    /// A provider's sums; `billed` is in the bill's currency.
    private func line(_ provider: BilledProvider) -> String {
        let billed = billed(provider)
        let ledger = accounts.ledger[provider] ?? 0
        let inCurrency = provider.currency == "EUR" ? ExchangeRate.euros(billed) : billed
        return "{\"provider\": \"\(provider.rawValue)\", \"file\": \"\(provider.file)\", "
            + "\"currency\": \"\(provider.currency)\", \"billed\": \(inCurrency.amountText), "
            + "\"billed_usd\": \(billed.amountText), \"ledger_usd\": \(ledger.amountText), "
            + "\"difference_usd\": \((billed - ledger).amountText)}"
    }

    /// Everything on a provider's bill, in pico-dollars.
    private func billed(_ provider: BilledProvider) -> Int128 {
        let beside = PlantedError.allCases.filter { $0.provider == provider && !$0.isOfRequests }
        return beside.reduce(accounts.usage(provider)) { $0 + (accounts.differences[$1]?.amount ?? 0) }
    }

    private func line(_ error: PlantedError) -> String {
        let difference = accounts.differences[error] ?? MonthAccounts.Difference()
        let place = place(error)
        let calls = error.isOfRequests ? String(difference.calls) : "null"
        return "{\"cause\": \"\(error.rawValue)\", \"provider\": \"\(error.provider.rawValue)\", "
            + "\"amount_usd\": \(difference.amount.amountText), \"calls\": \(calls), "
            + "\"start\": \"\(place.start)\", \"end\": \"\(place.end)\", \"detail\": \"\(detail(error))\"}"
    }

    /// From when to when the error is.
    private func place(_ error: PlantedError) -> (start: String, end: String) {
        let month = (SampleClock.moment(0), SampleClock.moment(SampleClock.days))
        switch error {
        case .missingDay: return (SampleClock.moment(plan.missingDay), SampleClock.moment(plan.missingDay + 1))
        case .duplicateRecords:
            return (
                SampleClock.moment(0, hours: plan.doubledHour), SampleClock.moment(0, hours: plan.doubledHour + 2)
            )
        case .timing: return (month.0, SampleClock.moment(0, hours: error.provider.hoursBehind))
        case .credit:
            let hours = error.provider.hoursBehind
            return (
                SampleClock.moment(BillExtras.promotion.lowerBound, hours: hours),
                SampleClock.moment(BillExtras.promotion.upperBound, hours: hours)
            )
        default: return month
        }
    }
}
