import ArgumentParser
import Domain
import Gateway
struct ConfigurationOptions: ParsableArguments {
  func load() throws -> (GatewayConfiguration, path: String?) {
    var c = GatewayConfiguration()
    var u = Upstream(name: "openai", kind: .openAI, baseURL: "http://127.0.0.1:9901"); u.credentials = [Secret("sk-x")]
    c.upstreams = [u]
    var k = VirtualKey(id: "key_bench", secretHash: "36b5a2b1d53e1e1ba0e7a5c4b5bdcd1e2b9c0b3b1c9d64d0d1c9cf7d1b3b4f2a", createdAt: Timestamp(seconds: 0)); k.customer = "acme"
    c.keys = [k]
    c.authentication = .none
    c.budgets = [Budget(id: "bud_1", scope: .total, limit: NanoUSD(nanos: 1_000_000_000_000_000), period: .month)]
    return (c, nil) } }
