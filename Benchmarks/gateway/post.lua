-- A chat completion whose prompt has about SIZE bytes.
local size = tonumber(os.getenv("SIZE"))
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer sk-pb-bench"
wrk.body = '{"model":"' .. os.getenv("MODEL") .. '","max_tokens":64,"messages":[{"role":"user","content":"!' .. os.getenv("TOLD") .. '! ' ..
    string.rep("Is Santa real? ", math.ceil(size / 15)) .. '"}]}'
