import JSONScan

/// Tells which call a fragment of a streamed chat completion belongs to. Some servers number none, or all alike, and
/// tell calls apart by their ids.
struct OpenAICallNumbers {
    private var known: [(number: Int64, id: String)] = []

    /// The place of a fragment's call among the calls, which is their count for a new one.
    mutating func place(of call: JSONValue) -> Int {
        let id = call["id"]?.text ?? ""
        let number = call["index"]?.integer
        let found = known.lastIndex { known in
            let isNumber = number == nil || known.number == number
            return isNumber && (id.isEmpty || known.id.isEmpty || known.id == id)
        }
        guard let found else {
            known.append((number ?? Int64(known.count), id))
            return known.count - 1
        }
        if known[found].id.isEmpty { known[found].id = id }
        return found
    }
}
