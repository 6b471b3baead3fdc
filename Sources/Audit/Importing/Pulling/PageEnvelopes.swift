internal import Domain
internal import JSONScan

/// The shapes in which APIs wrap their pages.
enum PageEnvelope {
    /// `{"data": [...], "has_more": true, "next_page": "..."}` of OpenAI and Anthropic.
    static func cursor(_ document: JSONValue) throws(PullError) -> PageTurn {
        let rows = try self.rows(document)
        guard document["has_more"]?.isTrue == true else { return PageTurn(rows: rows.count, next: nil) }
        guard let next = document["next_page"]?.text else {
            throw PullError(.unreadable, "The answer says that there is more, but not where (no next_page).")
        }
        return PageTurn(rows: rows.count, next: next)
    }

    /// Numbered pages. Where the number of pages is not given, or is cut off at a limit, the last page is the empty one.
    static func numbered(_ rows: Int, pages: Int64?, at position: PullPosition) -> PageTurn {
        let number = position.pageNumber
        let isLast = rows == 0 || pages.map { number >= $0 } ?? false
        return PageTurn(rows: rows, next: isLast ? nil : String(number + 1))
    }

    /// The rows under `data`.
    static func rows(_ document: JSONValue) throws(PullError) -> [JSONValue] {
        guard case .array(let rows)? = document["data"] else {
            throw PullError(.unreadable, "The answer has no list \"data\".")
        }
        return rows
    }
}
