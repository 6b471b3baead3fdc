/// How well an effect is known to be due to its cause: one vocabulary for attribution, value lines and reports.
package enum EvidenceGrade: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Somebody says so.
    case stated
    /// It was different afterwards; other things changed too.
    case beforeAfter = "before_after"
    /// A comparison with those who did not get it: synthetic control, difference-in-differences, with a good fit before.
    case quasiExperiment = "quasi_experiment"
    /// Chance decided who got it.
    case randomised

    /// For people.
    package var label: String {
        switch self {
        case .stated: "stated"
        case .beforeAfter: "before and after"
        case .quasiExperiment: "quasi-experiment"
        case .randomised: "randomised"
        }
    }

    /// Weaker evidence comes first.
    package static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
