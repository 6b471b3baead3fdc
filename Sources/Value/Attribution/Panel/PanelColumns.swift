/// Which columns of a table are a panel.
package struct PanelColumns: Sendable, Hashable {
    /// Who: a state, a team, a customer; `nil` where the table is one series.
    package var unit: String?
    /// When.
    package var time: String
    /// What is measured.
    package var outcome: String
    /// Since when a unit is treated, where units start at different times.
    package var cohort: String?
    /// Numbers that explain the outcome.
    package var covariates: [String]

    /// Creates a choice. Case does not matter.
    package init(unit: String?, time: String, outcome: String, cohort: String? = nil, covariates: [String] = []) {
        (self.unit, self.time, self.outcome) = (unit?.lowercased(), time.lowercased(), outcome.lowercased())
        self.cohort = cohort?.lowercased()
        self.covariates = covariates.map { $0.lowercased() }
    }

    /// All of them.
    var all: [String] { [unit, cohort].compactMap { $0 } + [time, outcome] + covariates }
    /// Those that hold numbers: the outcome first.
    var numbers: [String] {
        var seen: Set<String> = []
        return ([outcome] + covariates).filter { seen.insert($0).inserted }
    }
}
