internal import Domain
internal import Policy

struct InterimQuality { var gate = GateTerms() }
extension PlanRule {
    var needsGate: Bool {
        switch action {
        case .cache(let terms): terms.match == .semantic
        case .route, .shorten, .limitOutput: true
        case .alignPrefix, .tier: false
        }
    }
    var startingState: LeverState { state == .off || state == .rolledBack ? .off : (needsGate ? .shadow : .on) }
    var qualityInForce: InterimQuality { InterimQuality() }
}
extension CacheTerms { var isSampled: Bool { true } }
