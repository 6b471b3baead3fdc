internal import CBoostMath

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The quantile function of a beta distribution, drawn once and read often: cubic Hermite pieces between exact points
/// with exact slopes. It is drawn over the normal quantile of the share, where it is smooth to both ends; its error is
/// below 1e-8.
struct QuantileTable: Sendable {
    private static let pieces = 512
    /// Beyond lies less than 2⁻⁵² of all.
    private static let reach = 8.2
    private static let width = 2 * reach / Double(pieces)
    /// Value and slope (per piece) at each point.
    private let points: [SIMD2<Double>]

    init(alpha: Double, beta: Double) {
        points = (0...Self.pieces).map { position in
            let z = -Self.reach + Double(position) * Self.width
            // From the nearer end, so that nothing is lost beside 1.
            let value =
                z < 0
                ? payback_beta_quantile(alpha, beta, StandardNormal.cumulative(z))
                : 1 - payback_beta_quantile(beta, alpha, StandardNormal.cumulative(-z))
            let slope = StandardNormal.density(z) / payback_beta_density(alpha, beta, value) * Self.width
            return SIMD2(value, slope.isFinite ? slope : 0)
        }
    }

    func value(atShare p: Double) -> Double {
        let place = (StandardNormal.quantile(p) + Self.reach) / Self.width
        let piece = min(max(Int(place), 0), Self.pieces - 1)
        let t = place - Double(piece)
        let (a, b) = (points[piece], points[piece + 1])
        let rise = b.x - a.x
        // The cubic through both values with both slopes, by Horner's rule.
        return a.x + t * (a.y + t * (3 * rise - 2 * a.y - b.y + t * (a.y + b.y - 2 * rise)))
    }
}
