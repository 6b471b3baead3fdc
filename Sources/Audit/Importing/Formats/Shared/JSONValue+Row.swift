internal import Domain
internal import JSONScan
internal import Providers

/// Readings of a row's inner objects that reject the row where they fail.
extension JSONValue {
    /// The count of tokens under the first of these keys that has a value; unknown where none has.
    func count(_ keys: [String]) throws(RowProblem) -> TokenCount {
        do throws(UsageProblem) {
            return try tokens(keys)
        } catch {
            throw RowProblem(error.code, error.message)
        }
    }

    /// A provider's usage object, recognised by its keys.
    func providerUsage() throws(RowProblem) -> TokenUsage? {
        do throws(UsageProblem) {
            return try ProviderUsage.read(self)
        } catch {
            throw RowProblem(error.code, error.message)
        }
    }

    /// Cache writes by time to live; see ``AnthropicUsage/cacheWrites(total:split:)``.
    func cacheWrites(total: TokenCount) throws(RowProblem) -> (fiveMinutes: TokenCount, oneHour: TokenCount) {
        do throws(UsageProblem) {
            return try AnthropicUsage.cacheWrites(total: total, split: self)
        } catch {
            throw RowProblem(error.code, error.message)
        }
    }

    /// An amount of USD under a key; `nil` where it has none.
    func dollars(_ key: String) throws(RowProblem) -> NanoUSD? {
        guard let text = self[key]?.text else { return nil }
        guard let amount = NanoUSD(dollars: text) else {
            throw RowProblem("bad_amount", "\(key) is not an amount in USD.")
        }
        guard amount >= .zero else {
            throw RowProblem("negative_cost", "\(key) is negative; credits belong into a bill.")
        }
        return amount
    }

    /// The text under the first of these keys that has one.
    func firstText(_ keys: [String]) -> String? {
        for key in keys {
            if let text = self[key]?.text { return text }
        }
        return nil
    }
}

extension UsageRecord {
    /// Takes an HTTP status or a word for how the call ended.
    mutating func setStatus(_ text: String) {
        var text = text
        text.withUTF8 { setStatus($0) }
    }

    /// Takes a cost that the exporting tool states.
    mutating func setReported(_ cost: NanoUSD?) {
        guard let cost else { return }
        self.cost = cost
        costKind = .reported
    }
}
