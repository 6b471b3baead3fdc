package import ROI
package import Workbooks

/// A case as a workbook whose numbers are formulas, read off the model's own graph: change an assumption, and everything
/// follows.
package struct CaseWorkbook {
    private let result: RunResult
    private var places = SpreadsheetPlaces()
    private let horizon: Int

    /// The workbook of a case: the case, its inputs, its months, its figures.
    package static func make(_ model: ScenarioModel) -> Workbook {
        var book = CaseWorkbook(model)
        book.place()
        return Workbook(sheets: [book.front, book.inputs, book.months, book.figures])
    }

    private init(_ model: ScenarioModel) {
        result = RunResult(model)
        horizon = model.scenario.horizon
    }

    private var singles: [ModelCell] {
        result.graph.cells.filter { cell in
            if case .input = cell.definition { return false }
            return !cell.isMonthly
        }
    }

    private var monthlies: [ModelCell] { result.graph.cells.filter(\.isMonthly) }

    private mutating func place() {
        for (number, cell) in result.graph.inputs.enumerated() { places.single[cell.name] = ("Inputs", number + 1) }
        for (number, cell) in singles.enumerated() { places.single[cell.name] = ("Figures", number + 1) }
        for (number, cell) in monthlies.enumerated() { places.monthly[cell.name] = number + 1 }
    }

    // MARK: Sheets

    private var inputs: Workbook.Sheet {
        var sheet = Workbook.Sheet("Inputs")
        sheet.widths = [36, 24, 14, 18, 28, 60]
        sheet.frozen = (1, 0)
        for (column, title) in ["Input", "Name", "Value", "Unit", "Range", "Source"].enumerated() {
            sheet.set(0, column, .text(title), .header)
        }
        for (number, cell) in result.graph.inputs.enumerated() {
            sheet.set(number + 1, 0, .text(cell.label))
            sheet.set(number + 1, 1, .text(cell.name), .note)
            sheet.set(number + 1, 2, .number(result.figure(cell.name) ?? 0), .input)
            sheet.set(number + 1, 3, .text(cell.unit))
            sheet.set(number + 1, 4, .text(cell.rangeText ?? ""))
            sheet.set(number + 1, 5, .text(cell.source ?? ""), .note)
        }
        return sheet
    }

    private var months: Workbook.Sheet {
        var sheet = Workbook.Sheet("Months")
        sheet.widths = [36, 14]
        sheet.frozen = (1, SpreadsheetPlaces.firstMonth)
        sheet.set(0, 0, .text("Month"), .header)
        sheet.set(0, 1, .text("Unit"), .header)
        for month in 0...horizon {
            sheet.set(0, SpreadsheetPlaces.firstMonth + month, .number(Double(month)), .header)
        }
        for (number, cell) in monthlies.enumerated() {
            sheet.set(number + 1, 0, .text(cell.label))
            sheet.set(number + 1, 1, .text(cell.unit), .note)
            let values = result.months(cell.name)
            for month in 0...horizon {
                let column = SpreadsheetPlaces.firstMonth + month
                let formula = "=" + formula(of: cell, row: number + 1, month: month, column: column)
                sheet.set(number + 1, column, .formula(formula, values[month]), cell.unit == "USD" ? .money : .number)
            }
        }
        return sheet
    }

    private func formula(of cell: ModelCell, row: Int, month: Int, column: Int) -> String {
        switch cell.definition {
        case .monthly(let expression): return places.text(expression, column: column)
        case .cumulative(let name):
            guard let source = places.monthly[name] else { return "NA()" }
            let own = "\(Workbook.letters(column))\(source + 1)"
            return month == 0 ? own : "\(Workbook.letters(column - 1))\(row + 1)+\(own)"
        case .input, .formula, .total, .payback: return "NA()"
        }
    }

    private var figures: Workbook.Sheet {
        var sheet = Workbook.Sheet("Figures")
        sheet.widths = [36, 24, 18, 12]
        sheet.frozen = (1, 0)
        for (column, title) in ["Figure", "Name", "Value", "Unit"].enumerated() {
            sheet.set(0, column, .text(title), .header)
        }
        for (number, cell) in singles.enumerated() {
            sheet.set(number + 1, 0, .text(cell.label))
            sheet.set(number + 1, 1, .text(cell.name), .note)
            sheet.set(
                number + 1, 2, .formula("=" + formula(of: cell), result.figure(cell.name)),
                cell.unit == "USD" ? .money : .number)
            sheet.set(number + 1, 3, .text(cell.unit))
        }
        return sheet
    }

    private func formula(of cell: ModelCell) -> String {
        switch cell.definition {
        case .formula(let expression): places.text(expression, column: nil)
        case .total(let name): "SUM(\(places.months(of: name, horizon: horizon)))"
        case .payback(let name): payback(of: name)
        case .input, .monthly, .cumulative: "NA()"
        }
    }

    /// The month from which the sum of all flows is no longer negative; past the horizon the last month's flow goes on for
    /// as long as ``Payback`` allows. The sums so far are the row of the cell that accumulates the flows.
    private func payback(of name: String) -> String {
        let sums = monthlies.first { cell in
            if case .cumulative(let of) = cell.definition { return of == name }
            return false
        }
        guard let sums else { return "NA()" }
        let (sum, flow) = (places.months(of: sums.name, horizon: horizon), places.months(of: name, horizon: horizon))
        let first = Workbook.letters(SpreadsheetPlaces.firstMonth)
        let last = Workbook.letters(SpreadsheetPlaces.firstMonth + horizon)
        let month = "Months!$\(first)$1:$\(last)$1"
        let (end, net) = ("INDEX(\(sum),1,\(horizon + 1))", "INDEX(\(flow),1,\(horizon + 1))")
        // The last month in which money is missing.
        let missing = "SUMPRODUCT(MAX((\(sum)<0)*(\(month)+1)))"
        let within = "\(missing)-1-INDEX(\(sum),1,\(missing))/INDEX(\(flow),1,\(missing)+1)"
        let beyond =
            "IF(\(net)>0,IF(\(horizon)-\(end)/\(net)<=\(Payback.longest),\(horizon)-\(end)/\(net),\"never\"),\"never\")"
        return "IF(\(end)<0,\(beyond),IF(\(missing)=0,0,\(within)))"
    }

    private var front: Workbook.Sheet {
        var sheet = Workbook.Sheet("Case")
        sheet.widths = [36, 20, 50]
        sheet.set(0, 0, .text(result.scenario.name), .title)
        sheet.set(1, 0, .text(result.scenario.ask ?? "Change what is blue in Inputs; everything else follows."), .note)
        let shown = [
            "npv", "roi_percent", "payback_months", "total_cost", "total_value", "net_value", "total_cash_value",
            "total_freed_capacity",
        ]
        for (column, title) in ["", "Value", "Unit"].enumerated() { sheet.set(3, column, .text(title), .header) }
        for (number, name) in shown.enumerated() {
            guard let cell = result.graph[name], let place = places.single[name] else { continue }
            sheet.set(number + 4, 0, .text(cell.label))
            sheet.set(
                number + 4, 1, .formula("=\(place.sheet)!$C$\(place.row + 1)", result.figure(name)),
                cell.unit == "USD" ? .money : .number)
            sheet.set(number + 4, 2, .text(cell.unit), .note)
        }
        let last = Workbook.letters(SpreadsheetPlaces.firstMonth + horizon)
        let first = Workbook.letters(SpreadsheetPlaces.firstMonth)
        sheet.charts = [
            Workbook.Chart(
                "Net flow so far, USD", row: 14, column: 0, categories: "=Months!$\(first)$1:$\(last)$1",
                series: [Workbook.Series("Plan", values: "=" + places.months(of: "cumulative_net", horizon: horizon))])
        ]
        return sheet
    }
}
