internal import CXlsxWriter

/// Why a workbook could not be written.
package struct WorkbookError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, and what to do.
    package let message: String

    package var description: String { message }
}

/// Writes workbooks with libxlsxwriter.
package struct WorkbookWriter {
    private let book: UnsafeMutablePointer<lxw_workbook>
    private var formats: [Workbook.Style: UnsafeMutablePointer<lxw_format>] = [:]

    /// Writes a workbook as an xlsx file, in the place of one that is there.
    ///
    /// - Throws: ``WorkbookError`` where the file cannot be written.
    package static func write(_ workbook: Workbook, to file: String) throws(WorkbookError) {
        guard let book = workbook_new(file) else { throw WorkbookError(message: "\(file): It cannot be written.") }
        var writer = WorkbookWriter(book: book)
        for style in Workbook.Style.allCases { writer.formats[style] = writer.format(style) }
        for sheet in workbook.sheets { writer.write(sheet) }
        let status = workbook_close(book)
        guard status == LXW_NO_ERROR else {
            let reason = lxw_strerror(status).map { String(cString: $0) } ?? "error \(status.rawValue)"
            throw WorkbookError(message: "\(file): It cannot be written: \(reason)")
        }
    }

    private init(book: UnsafeMutablePointer<lxw_workbook>) { self.book = book }

    private func format(_ style: Workbook.Style) -> UnsafeMutablePointer<lxw_format>? {
        guard let format = workbook_add_format(book) else { return nil }
        switch style {
        case .plain: break
        case .title:
            format_set_bold(format)
            format_set_font_size(format, 16)
        case .header:
            format_set_bold(format)
            format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
        case .note: format_set_font_color(format, 0x66_66_66)
        case .input:
            // Blue for what may be changed, as financial models have it.
            format_set_font_color(format, 0x00_00_C0)
            format_set_bg_color(format, 0xFF_F9_E5)
        case .money: format_set_num_format(format, "#,##0.00;(#,##0.00)")
        case .share: format_set_num_format(format, "0.0%")
        case .number: format_set_num_format(format, "#,##0.0###")
        }
        return format
    }

    private func write(_ sheet: Workbook.Sheet) {
        guard let page = workbook_add_worksheet(book, sheet.name) else { return }
        for (column, width) in sheet.widths.enumerated() {
            worksheet_set_column(page, UInt16(column), UInt16(column), width, nil)
        }
        if sheet.frozen != (0, 0) {
            worksheet_freeze_panes(page, UInt32(sheet.frozen.rows), UInt16(sheet.frozen.columns))
        }
        for cell in sheet.cells { write(cell, to: page) }
        for chart in sheet.charts { write(chart, to: page) }
    }

    private func write(_ cell: Workbook.Cell, to page: UnsafeMutablePointer<lxw_worksheet>) {
        let (row, column, format) = (UInt32(cell.row), UInt16(cell.column), formats[cell.style])
        switch cell.content {
        case .text(let text): worksheet_write_string(page, row, column, text, format)
        case .number(let number): worksheet_write_number(page, row, column, number, format)
        case .formula(let formula, let value):
            if let value {
                worksheet_write_formula_num(page, row, column, formula, format, value)
            } else {
                worksheet_write_formula_str(page, row, column, formula, format, "never")
            }
        }
    }

    private func write(_ chart: Workbook.Chart, to page: UnsafeMutablePointer<lxw_worksheet>) {
        guard let drawn = workbook_add_chart(book, UInt8(LXW_CHART_LINE.rawValue)) else { return }
        chart_title_set_name(drawn, chart.title)
        for line in chart.series {
            guard let series = chart_add_series(drawn, chart.categories, line.values) else { continue }
            chart_series_set_name(series, line.name)
        }
        worksheet_insert_chart(page, UInt32(chart.row), UInt16(chart.column), drawn)
    }
}
