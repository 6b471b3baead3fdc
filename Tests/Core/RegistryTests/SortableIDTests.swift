import Domain
import Testing

@Suite("Ids in the order of time")
struct SortableIDTests {
    @Test("A published ULID is read, with its time, and written again")
    func published() throws {
        let text = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
        let id = try #require(SortableID(text))
        #expect(id.text == text)
        #expect(id.timestamp == Timestamp(microseconds: 1_469_922_850_259_000))
        #expect(SortableID(text.lowercased()) == id)
    }

    @Test(
        "What is no id is not read",
        arguments: [
            "", "01ARZ3NDEKTSV4RRFFQ69G5FA", "01ARZ3NDEKTSV4RRFFQ69G5FAVX", "01ARZ3NDEKTSV4RRFFQ69G5FAU",
            "01ARZ3NDEKTSV4RRFFQ69G5FAI", "01ARZ3NDEKTSV4RRFFQ69G5F-V", "81ARZ3NDEKTSV4RRFFQ69G5FAV",
            "01ARZ3NDEKTSV4RRFFQ69G5FÄ", "key_01ARZ3NDEKTSV4RRFFQ69G5FAV",
        ])
    func unreadable(_ text: String) {
        #expect(SortableID(text) == nil)
    }

    @Test("The largest and the smallest come back as they were")
    func extremes() throws {
        for text in [String(repeating: "0", count: 26), "7" + String(repeating: "Z", count: 25)] {
            let id = try #require(SortableID(text))
            #expect(id.text == text)
        }
    }

    @Test("Time comes back to the millisecond, and later ids are larger, in value and in text")
    func order() throws {
        var random = SeededNumbers(seed: 7)
        let start = Timestamp(year: 2026, month: 11, day: 21)
        let moments = (0..<500).map { Timestamp(microseconds: start.microseconds + Int64($0) * 1_000 + 999) }
        let ids = moments.map { SortableID(at: $0, using: &random) }
        #expect(zip(ids, moments).allSatisfy { $0.timestamp.microseconds == $1.microseconds - 999 })
        #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 && $0.text < $1.text })
        #expect(ids.allSatisfy { SortableID($0.text) == $0 })
    }

    @Test("Ids of one moment differ, and the same randomness makes the same id")
    func randomness() {
        var random = SeededNumbers(seed: 7)
        let ids = (0..<1_000).map { _ in SortableID(at: MadeRegistry.moment, using: &random) }
        #expect(Set(ids).count == ids.count)
        var again = SeededNumbers(seed: 7)
        #expect(SortableID(at: MadeRegistry.moment, using: &again) == ids.first)
    }
}
