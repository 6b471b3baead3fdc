import Inputs
import Testing

@Suite("Delimited tables, cell by cell")
struct DelimitedTableTests {
    @Test("Numbers to the last bit, empty cells, and words by their rows")
    func numbers() throws {
        let cells = [
            "1", "-0.1", "+2.5e3", "123456789012345678", "1.7976931348623157e308", "", "NULL", " 7 ", "\"8\"", "inf",
            "nan",
            "0x10", "1e999", "1,5", "--1", "1.2.3", "e5", "-",
        ]
        let text = "a;b\n" + cells.map { "x;\($0)\n" }.joined()
        let table = try DelimitedTable(text: text, file: "t.csv")
        let (values, bad) = table.numbers([1])[0]
        #expect(values[..<5] == [1, -0.1, 2500, 123_456_789_012_345_680, 1.797_693_134_862_315_7e308])
        #expect(values[5].isNaN && values[6].isNaN && values[7] == 7 && values[8] == 8)
        #expect(bad == Array(9..<18))
        #expect(table.text(13, 1) == "1,5" && table.line(0) == 2)
    }

    @Test("Quotes, line breaks within them, ragged rows and a last line without an end")
    func shape() throws {
        let table = try DelimitedTable(text: "A,b\n\"x\ny\",\"say \"\"no\"\"\"\r\n1\n2,3", file: "t.csv")
        #expect(table.names == ["a", "b"] && table.count == 2)
        #expect(table.text(0, 0) == "x\ny" && table.text(0, 1) == "say \"no\"" && table.text(1, 1) == "3")
        #expect(table.line(0) == 2 && table.line(1) == 5)
        #expect(throws: InputError.self) { try DelimitedTable(text: "\n\n", file: "t.csv") }
    }
}
