package import Documents

extension TokenCosts {
    /// For programs.
    package var json: JSONOutput {
        .object(
            members(published) + [
                .init("form", .string("published")), .init("corrected", .object(members(corrected) + corrections)),
                .init(
                    "price_path",
                    .array(
                        pricePath.map {
                            .object([.init("month", .integer(Int64($0.month))), .init("total_cost", $0.cost)])
                        })),
            ])
    }

    private func members(_ bill: Bill) -> [JSONOutput.Member] {
        [
            .init("base_input_cost", bill.baseInput), .init("base_output_cost", bill.baseOutput),
            .init("retry_cost", bill.retries), .init("validation_cost", bill.validation),
            .init("total_cost", bill.total), .init("cost_per_request", bill.total / requests),
            .init("effective_requests", bill.calls),
        ]
    }

    private var corrections: [JSONOutput.Member] {
        [
            .init("cascade_cost", corrected.cascade), .init("batch_discount", corrected.batch),
            .init("expected_calls_per_request", expectedCalls),
        ]
    }

    private var pricePath: [(month: Int, cost: Double)] {
        (Array(stride(from: 0, to: path.horizonMonths, by: 3)) + [path.horizonMonths]).map {
            ($0, corrected.total * path.level(month: $0))
        }
    }

    /// For people.
    package var document: Document {
        let (simple, exact) = (published, corrected)
        let difference = exact.total - simple.total
        var blocks: [Block] = [
            .figures([
                Figure(
                    "Published form", ProjectionText.headline(simple.total),
                    note: "\(ProjectionText.unitCost(simple.total / requests)) a request"),
                Figure(
                    "Corrected form", ProjectionText.headline(exact.total),
                    note: "\(ProjectionText.unitCost(exact.total / requests)) a request"),
                Figure(
                    "Prompt and answer alone", ProjectionText.headline(plain),
                    note: "at list price, without caching, retries, validation or overhead"),
            ]),
            .table(table(simple, exact)),
        ]
        if abs(difference) > 0.005 * simple.total {
            blocks.append(
                .paragraph(
                    "The corrected form differs because a retry reads the cache as well and can fail again, every call is validated, and a cache holds the stable part of a prompt only (cacheable_share)."
                ))
        }
        if path.changeAnnual != 0 { blocks.append(.lines(course)) }
        return Document(
            title: "What the tokens really cost",
            subtitle:
                "USD for \(NumberText.fixed(requests, decimals: 0)) requests in \(NumberText.fixed(days, decimals: 0)) days.",
            blocks: blocks)
    }

    /// Prompt and answer at list price, nothing else.
    private var plain: Double { requests * (promptTokens * inputPrice + outputTokens * outputPrice) / 1e6 }

    private func table(_ simple: Bill, _ exact: Bill) -> Table {
        let parts: [(String, KeyPath<Bill, Double>)] = [
            ("Input", \.baseInput), ("Output", \.baseOutput), ("Retries", \.retries), ("Validation", \.validation),
            ("Cascade", \.cascade), ("Batch discount", \.batch),
        ]
        let rows = parts.filter { simple[keyPath: $1] != 0 || exact[keyPath: $1] != 0 }.map { name, part in
            Row([
                Cell(name), Cell(NumberText.fixed(simple[keyPath: part], decimals: 2)),
                Cell(NumberText.fixed(exact[keyPath: part], decimals: 2)),
            ])
        }
        let total = Row([
            Cell("Total"), Cell(NumberText.fixed(simple.total, decimals: 2)),
            Cell(NumberText.fixed(exact.total, decimals: 2)),
        ])
        return Table(
            "Where it goes",
            columns: [Column("Part"), Column("Published, USD", .decimal), Column("Corrected, USD", .decimal)],
            rows: rows,
            total: total)
    }

    private var course: LineChart {
        LineChart(
            "The same traffic as prices move by \(NumberText.percent(path.changeAnnual)) a year",
            subtitle: "USD for \(NumberText.fixed(days, decimals: 0)) days, corrected form", axis: "Month",
            points: pricePath.map { "\($0.month)" },
            series: [LineSeries("Cost", values: pricePath.map(\.cost))])
    }
}
