package import Documents
package import Workbooks

/// A report as a workbook: a first sheet to read, then a sheet for each table and each chart, with numbers that are
/// numbers and totals that add up.
///
/// The figures are the document's own; nothing is computed but the totals' formulas, which give what the report says.
package struct DocumentWorkbook {
    private var names: Set<String> = []
    private var sheets: [Workbook.Sheet] = []

    /// The workbook of a report.
    package static func make(_ document: Document) -> Workbook {
        var book = DocumentWorkbook()
        book.sheets = [book.front(document)]
        for block in document.blocks {
            switch block {
            case .table(let table): book.add(table)
            case .lines(let chart): book.add(chart)
            case .bars(let chart): book.add(Self.table(of: chart))
            default: continue
            }
        }
        return Workbook(sheets: book.sheets)
    }

    // MARK: The first sheet

    private mutating func front(_ document: Document) -> Workbook.Sheet {
        var sheet = Workbook.Sheet(name("Report"))
        sheet.widths = [44, 24, 60]
        sheet.set(0, 0, .text(document.title), .title)
        sheet.set(1, 0, .text(document.subtitle), .note)
        var row = 3
        for block in document.blocks { Self.write(block, to: &sheet, &row) }
        for note in document.notes {
            sheet.set(row, 0, .text([note.mark, note.text].compactMap(\.self).joined(separator: " ")), .note)
            row += 1
        }
        return sheet
    }

    private static func write(_ block: Block, to sheet: inout Workbook.Sheet, _ row: inout Int) {
        switch block {
        case .heading(_, let text):
            row += 1
            sheet.set(row, 0, .text(text), .header)
            row += 1
        case .paragraph(let text):
            sheet.set(row, 0, .text(text))
            row += 1
        case .figures(let figures):
            for figure in figures {
                sheet.set(row, 0, .text(figure.label))
                sheet.set(row, 1, .text(figure.value + (figure.mark ?? "")))
                sheet.set(row, 2, .text(figure.note ?? ""), .note)
                row += 1
            }
        case .list(let items):
            for item in items {
                sheet.set(row, 0, .text(item))
                row += 1
            }
        case .hint(let hint):
            sheet.set(row, 0, .text([hint.text, hint.command].compactMap(\.self).joined(separator: " ")), .note)
            row += 1
        case .table, .bars, .lines, .ranges: break
        }
    }

    // MARK: Tables

    private mutating func add(_ table: Table) {
        var sheet = Workbook.Sheet(name(table.caption))
        sheet.widths = table.columns.map { $0.alignment == .decimal ? 16 : 32 } + [48]
        sheet.frozen = (2, 1)
        sheet.set(0, 0, .text(table.caption), .note)
        for (column, head) in table.columns.enumerated() { sheet.set(1, column, .text(head.title), .header) }
        for (number, row) in table.rows.enumerated() { Self.write(row, of: table, at: number + 2, to: &sheet) }
        var next = table.rows.count + 2
        if let total = table.total {
            Self.write(total, of: table, at: next, to: &sheet, summing: 2..<next)
            next += 1
        }
        for (number, row) in table.memo.enumerated() { Self.write(row, of: table, at: next + number, to: &sheet) }
        sheets.append(sheet)
    }

    private static func write(
        _ row: Row, of table: Table, at line: Int, to sheet: inout Workbook.Sheet, summing rows: Range<Int>? = nil
    ) {
        for (column, cell) in row.cells.enumerated() where column < table.columns.count {
            guard table.columns[column].alignment == .decimal, let number = cell.number else {
                sheet.set(line, column, .text(cell.text + (cell.mark ?? "")))
                continue
            }
            let parts = table.rows.compactMap { column < $0.cells.count ? $0.cells[column].number : nil }
            // A total that is a sum says so; a share or a mean of all rows is none.
            if let rows, !rows.isEmpty, abs(parts.reduce(0, +) - number) <= 0.006 * Double(parts.count + 1), number != 0
            {
                let letters = Workbook.letters(column)
                let formula = "=SUM(\(letters)\(rows.lowerBound + 1):\(letters)\(rows.upperBound))"
                sheet.set(line, column, .formula(formula, parts.reduce(0, +)), .number)
            } else {
                sheet.set(line, column, .number(number), .number)
            }
        }
        if let detail = row.detail { sheet.set(line, table.columns.count, .text(detail), .note) }
    }

    // MARK: Charts

    private mutating func add(_ chart: LineChart) {
        var sheet = Workbook.Sheet(name(chart.title))
        sheet.widths = [16] + chart.series.map { _ in 16 }
        sheet.frozen = (2, 1)
        sheet.set(0, 0, .text("\(chart.title). \(chart.subtitle)"), .note)
        sheet.set(1, 0, .text(chart.axis), .header)
        for (row, point) in chart.points.enumerated() { sheet.set(row + 2, 0, .text(point)) }
        for (column, series) in chart.series.enumerated() {
            sheet.set(1, column + 1, .text(series.label), .header)
            for (row, value) in series.values.enumerated() {
                if let value, value.isFinite { sheet.set(row + 2, column + 1, .number(value), .number) }
            }
        }
        let range = { (column: Int) in
            let letters = Workbook.letters(column)
            return "='\(sheet.name.replacing("'", with: "''"))'!$\(letters)$3:$\(letters)$\(chart.points.count + 2)"
        }
        sheet.charts = [
            Workbook.Chart(
                chart.title, row: 2, column: chart.series.count + 2, categories: range(0),
                series: chart.series.enumerated().map { .init($1.label, values: range($0 + 1)) })
        ]
        sheets.append(sheet)
    }

    private static func table(of chart: BarChart) -> Table {
        Table(
            chart.title, columns: [Column("Name"), Column(chart.subtitle, .decimal)],
            rows: chart.items.map { Row([Cell($0.label), Cell($0.valueText)]) })
    }

    // MARK: Names

    /// A name that a spreadsheet takes: at most 31 characters, none of `[]:*?/\`, and each only once.
    private mutating func name(_ text: String) -> String {
        let clean = String(text.filter { !"[]:*?/\\'".contains($0) }.prefix(28))
        let base = clean.isEmpty ? "Table" : clean
        var (name, number) = (base, 2)
        while names.contains(name.lowercased()) {
            name = "\(base.prefix(25)) \(number)"
            number += 1
        }
        names.insert(name.lowercased())
        return name
    }
}

extension Cell {
    /// The number that it shows, exactly where that is known; `nil` for anything else.
    fileprivate var number: Double? {
        for candidate in [exact, text].compactMap(\.self) {
            var digits = candidate.replacing(",", with: "").replacing("\u{2212}", with: "-")
            digits.removeAll { "$ \u{2007}\u{2008}".contains($0) }
            if digits.hasPrefix("("), digits.hasSuffix(")") { digits = "-" + digits.dropFirst().dropLast() }
            if let number = Double(digits), number.isFinite { return number }
        }
        return nil
    }
}
