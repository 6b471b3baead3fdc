internal import Domain
internal import JSONScan

extension UnsafeBufferPointer<UInt8> {
    /// Whether the bytes are a page of an API whose `data` has no rows.
    var isEmptyPage: Bool {
        guard let page = try? JSONValue.parse(self), case .array(let rows)? = page["data"] else { return false }
        return rows.isEmpty
    }
}

extension RecordBuilder {
    /// Says that a page has no rows.
    mutating func noteEmptyPage() {
        note("no_usage", "A page has no rows: it reports no usage.", severity: .note)
    }
}
