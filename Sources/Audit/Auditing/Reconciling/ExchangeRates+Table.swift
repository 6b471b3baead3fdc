internal import Domain
package import Inputs

extension ExchangeRates {
    /// Reads rates from a table with the columns `date`, `currency` and `usd` (dollars for one unit).
    ///
    /// - Throws: ``InputError`` naming the row.
    package init(table: TableFile) throws(InputError) {
        self.init()
        for row in table.rows {
            guard let day = row["date"].flatMap({ Timestamp.read($0) }), let currency = row["currency"],
                let usd = row["usd"].flatMap({ ExactDecimal($0) })
            else {
                throw Self.malformed(
                    row, of: table,
                    "A rate has a date, a currency and usd, the dollars for one unit: 2026-10-01,EUR,1.0842")
            }
            guard let rate = ExchangeRate(usd) else {
                throw Self.malformed(
                    row, of: table,
                    "One \(currency) is worth between 0.000000001 and 1000000 dollars; usd \(row["usd"] ?? "") is not.")
            }
            add(currency, day: day.day, rate)
        }
    }

    private static func malformed(_ row: TableFile.Row, of table: TableFile, _ message: String) -> InputError {
        InputError(.malformed, file: table.file, line: row.line, message)
    }
}
