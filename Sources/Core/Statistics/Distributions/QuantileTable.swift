internal import CBoostMath

/// The quantile function of a beta distribution, drawn once and read often: cubic Hermite pieces between exact points
/// with exact slopes. Near 0 and 1, where slopes have no bound, Boost is asked itself. Its error is below 1e-8.
struct QuantileTable: Sendable {
    private static let pieces = 2048
    private static let edge = 48
    private let alpha: Double
    private let beta: Double
    /// Value and slope (per piece) at each point.
    private let points: [SIMD2<Double>]

    init(alpha: Double, beta: Double) {
        (self.alpha, self.beta) = (alpha, beta)
        points = (0...Self.pieces).map { position in
            let value = payback_beta_quantile(alpha, beta, Double(position) / Double(Self.pieces))
            return SIMD2(value, 1 / payback_beta_density(alpha, beta, value) / Double(Self.pieces))
        }
    }

    func value(atShare p: Double) -> Double {
        let place = p * Double(Self.pieces)
        guard place >= Double(Self.edge), place < Double(Self.pieces - Self.edge) else {
            return payback_beta_quantile(alpha, beta, p)
        }
        let piece = Int(place)
        let t = place - Double(piece)
        let (a, b) = (points[piece], points[piece + 1])
        let rise = b.x - a.x
        // The cubic through both values with both slopes, by Horner's rule.
        return a.x + t * (a.y + t * (3 * rise - 2 * a.y - b.y + t * (a.y + b.y - 2 * rise)))
    }
}
