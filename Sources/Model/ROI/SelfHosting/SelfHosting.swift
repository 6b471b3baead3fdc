#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Own GPUs or an API: what each costs a month, and from which volume on the GPUs are cheaper.
package struct SelfHosting: Sendable, Hashable {
    /// Input tokens a month, in millions.
    package var inputMillions = 120.0
    /// Output tokens a month, in millions.
    package var outputMillions = 40.0
    /// The API's price of input, USD per million tokens.
    package var apiInputPrice = 0.25
    /// The API's price of output, USD per million tokens.
    package var apiOutputPrice = 2.0
    /// A GPU, USD per hour.
    package var gpuHourly = 1.19
    /// Hours in which each GPU is paid for a month.
    package var hoursMonthly = 729.6
    /// Storage, network and idle parts, as a factor on GPU hours.
    package var overhead = 1.15
    /// Tokens that a busy GPU serves a second; 0 where one GPU is taken to serve any volume.
    package var tokensPerSecond = 0.0
    /// The share of paid hours in which a GPU can be kept busy, a fraction.
    package var utilisation = 1.0
    /// GPUs that run beside those that the volume needs.
    package var spareGPUs = 0.0
    /// People who keep it running, USD a month.
    package var peopleMonthly = 0.0
    /// Set-up, once, USD.
    package var setup = 0.0
    /// Change of the API's prices per year, a fraction; −0.3 is 30 % less.
    package var apiPriceChange = 0.0
    /// Change of GPU prices per year, a fraction.
    package var gpuPriceChange = 0.0
    /// How far the table of months looks.
    package var horizonMonths = 24

    /// Creates the built-in example.
    package init() {}

    /// Tokens a month, in millions.
    package var volume: Double { inputMillions + outputMillions }

    /// The API's price of a million tokens at the mix of input and output, USD.
    package var apiPricePerMillion: Double {
        volume > 0 ? (inputMillions * apiInputPrice + outputMillions * apiOutputPrice) / volume : 0
    }

    /// What the API charges a month, USD.
    package var apiMonthly: Double { volume * apiPricePerMillion }

    /// Million tokens that one GPU serves a month; infinite where it is taken to serve any volume.
    package var millionsPerGPU: Double {
        tokensPerSecond > 0 ? tokensPerSecond * utilisation * hoursMonthly * 3_600 / 1e6 : .infinity
    }

    /// Whole GPUs for a volume, spares included.
    package func gpus(for millions: Double) -> Double {
        max(millionsPerGPU.isFinite ? (millions / millionsPerGPU).rounded(.up) : 1, 1) + spareGPUs
    }

    /// One GPU a month, USD.
    package var gpuMonthly: Double { gpuHourly * hoursMonthly * overhead }

    /// What hosting costs a month for a volume, USD. GPUs are paid for whether they are busy or not.
    package func hostingMonthly(for millions: Double) -> Double { gpus(for: millions) * gpuMonthly + peopleMonthly }

    /// What a million tokens costs on a GPU that is busy as assumed, USD; `nil` where its speed is not known.
    package var gpuPricePerMillion: Double? { millionsPerGPU.isFinite ? gpuMonthly / millionsPerGPU : nil }

    /// The volume from which on hosting is never dearer again, in million tokens a month at the same mix.
    ///
    /// Whole GPUs make the cost of hosting a staircase, so it may be cheaper on one step and dearer on the next; this is
    /// the foot of the last one.
    ///
    /// - Returns: `nil` where each further GPU costs more than the API charges for what it serves.
    package var breakEvenMillions: Double? {
        guard apiPricePerMillion > 0 else { return nil }
        let first = hostingMonthly(for: 0) / apiPricePerMillion
        guard millionsPerGPU.isFinite else { return first }
        // At the top of a step of n GPUs the API charges n × capacity × price.
        let gain = millionsPerGPU * apiPricePerMillion - gpuMonthly
        guard gain > 0 else { return nil }
        // Just above the step of n GPUs one more is needed: (n + 1 + spare) × GPU + people ≤ n × capacity × price.
        let steps = max(((1 + spareGPUs) * gpuMonthly + peopleMonthly) / gain, 0).rounded(.up)
        let within = ((max(steps, 1) + spareGPUs) * gpuMonthly + peopleMonthly) / apiPricePerMillion
        return max(within, (max(steps, 1) - 1) * millionsPerGPU)
    }

    /// Net saving of each month from 0, as prices change, USD.
    package var savings: [Double] {
        [-setup]
            + (1...max(horizonMonths, 1)).map { month in
                let years = Double(month - 1) / 12
                let api = apiMonthly * pow(1 + apiPriceChange, years)
                let gpu = gpus(for: volume) * gpuMonthly * pow(1 + gpuPriceChange, years)
                return api - gpu - peopleMonthly
            }
    }

    /// Months until the set-up is paid back; `nil` where it never is.
    package var paybackMonths: Double? { Payback.months(of: savings) }
}
