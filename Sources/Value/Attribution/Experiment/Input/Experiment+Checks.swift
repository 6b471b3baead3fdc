extension Experiment {
    /// Refuses what no estimate can be made of.
    ///
    /// - Throws: ``StudyError`` with the arm, metric or column by name.
    func check() throws(StudyError) {
        guard arms.count > 1 else {
            throw StudyError(
                .badInput, "There is one arm only; an experiment compares a control with at least one other.")
        }
        guard !metrics.isEmpty else { throw StudyError(.badInput, "No outcome is named; name one with --outcome.") }
        guard assignment.allSatisfy(arms.indices.contains) else {
            throw StudyError(.badInput, "A row belongs to an arm that has no name.")
        }
        for (position, arm) in arms.enumerated() where !assignment.contains(position) {
            throw StudyError(.badInput, "The arm \"\(arm)\" is empty; leave it out, or name the arm that is meant.")
        }
        for metric in metrics { try check(metric) }
        try checkLength(clusters?.count, "the cluster")
        try checkLength(strata?.count, "the stratum")
        try checkLength(received?.count, "what was received")
        if let received, let bad = received.first(where: { $0 < 0 || $0 > 1 }) {
            throw StudyError(.badInput, "What was received is \(bad); write 1 for use, 0 for none, or a share between.")
        }
    }

    private func check(_ metric: Metric) throws(StudyError) {
        try checkLength(metric.values.count, "the outcome \"\(metric.name)\"")
        try checkLength(metric.denominators?.count, "the denominator of \"\(metric.name)\"")
        for covariate in metric.covariates { try checkLength(covariate.count, "a covariate of \"\(metric.name)\"") }
        let columns = [metric.values] + (metric.denominators.map { [$0] } ?? []) + metric.covariates
        guard columns.allSatisfy({ !$0.contains { $0.isInfinite || abs($0) > 1e100 } }) else {
            throw StudyError(
                .badInput, "\"\(metric.name)\" holds an infinite or immense number; correct it, or leave the row out.")
        }
        if let bad = metric.denominators?.first(where: { $0 < 0 }) {
            throw StudyError(.badInput, "A denominator of \"\(metric.name)\" is \(bad); it has to be 0 or more.")
        }
    }

    private func checkLength(_ length: Int?, _ what: String) throws(StudyError) {
        guard let length, length != count else { return }
        throw StudyError(.badInput, "There are \(count) rows, but \(length) values of \(what); give one for each row.")
    }
}
