"""The official clients, pointed at the gateway and changed in nothing but their base URL and key.

Usage: check_sdks.py --gateway http://127.0.0.1:4000 --key sk-pb-…
Prints a line for each check, and exits with 1 where one fails. The provider behind the gateway is fake-provider.
"""

import argparse
import sys

import anthropic
import boto3
import botocore.config
import botocore.exceptions
import openai
import urllib3
from google import genai
from google.genai import types

CHECKS = []


def check(function):
    CHECKS.append(function)
    return function


PROFILE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0"
TEXTS = [{"role": "user", "content": [{"text": "Is Santa real?"}]}]


def bedrock_client(gateway, key):
    """The gateway's key as the id of an access key; the secret is not looked at."""
    return boto3.client(
        "bedrock-runtime",
        endpoint_url=gateway,
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key="unused",
        aws_session_token="unused",
        config=botocore.config.Config(retries={"total_max_attempts": 1}),
    )


class Clients:
    def __init__(self, gateway, key):
        self.gateway = gateway
        self.bedrock = bedrock_client(gateway, key)
        self.claude_on_bedrock = anthropic.AnthropicBedrock(
            base_url=gateway, aws_access_key=key, aws_secret_key="unused", aws_region="us-east-1", max_retries=0
        )
        self.openai = openai.OpenAI(base_url=f"{gateway}/v1", api_key=key, max_retries=0)
        self.azure = openai.AzureOpenAI(
            azure_endpoint=gateway, api_key=key, api_version="2024-10-21", max_retries=0
        )
        self.anthropic = anthropic.Anthropic(base_url=gateway, api_key=key, max_retries=0)
        self.gemini = genai.Client(api_key=key, http_options=types.HttpOptions(base_url=gateway))


QUESTION = [{"role": "user", "content": "Is Santa real?"}]


@check
def chat(c):
    answer = c.openai.chat.completions.with_raw_response.create(model="gpt-4o-mini", messages=QUESTION)
    assert answer.headers["x-payback-request-id"] and answer.headers["x-payback-cost-usd"]
    assert answer.parse().usage.prompt_tokens == 57
    assert answer.parse().choices[0].message.content.startswith("Yes")


@check
def chat_stream(c):
    chunks = list(c.openai.chat.completions.create(model="gpt-4o-mini", messages=QUESTION, stream=True))
    assert "".join(x.choices[0].delta.content or "" for x in chunks) == "word word word "
    assert all(x.choices for x in chunks), "the usage chunk that nobody asked for is taken out"


@check
def chat_stream_usage(c):
    chunks = list(
        c.openai.chat.completions.create(
            model="gpt-4o-mini", messages=QUESTION, stream=True, stream_options={"include_usage": True}
        )
    )
    assert chunks[-1].usage.completion_tokens == 17 and not chunks[-1].choices


@check
def chat_tools(c):
    tool = {"type": "function", "function": {"name": "look", "parameters": {"type": "object", "properties": {}}}}
    assert c.openai.chat.completions.create(model="gpt-4o-mini", messages=QUESTION, tools=[tool]).id


@check
def responses(c):
    answer = c.openai.responses.create(model="gpt-4o-mini", input="Is Santa real?")
    assert answer.output_text.startswith("Yes") and answer.usage.output_tokens == 17


@check
def responses_stream(c):
    events = list(c.openai.responses.create(model="gpt-4o-mini", input="Is Santa real?", stream=True))
    assert events[-1].type == "response.completed" and events[-1].response.usage.input_tokens == 57


@check
def embeddings(c):
    answer = c.openai.embeddings.create(model="text-embedding-3-small", input="Santa", encoding_format="float")
    assert len(answer.data[0].embedding) == 3


@check
def models(c):
    assert [m.id for m in c.openai.models.list()] == ["gpt-4o-mini"]


@check
def azure(c):
    assert c.azure.chat.completions.create(model="gpt-4o-mini", messages=QUESTION).usage.total_tokens == 74


@check
def azure_stream(c):
    chunks = list(c.azure.chat.completions.create(model="gpt-4o-mini", messages=QUESTION, stream=True))
    assert len(chunks) >= 4


@check
def messages(c):
    answer = c.anthropic.messages.create(model="claude-sonnet-5-5", max_tokens=64, messages=QUESTION)
    assert answer.usage.input_tokens == 57 and answer.content[0].text.startswith("Yes")


@check
def messages_stream(c):
    with c.anthropic.messages.stream(model="claude-sonnet-5-5", max_tokens=64, messages=QUESTION) as stream:
        assert "".join(stream.text_stream) == "word word word "
        assert stream.get_final_message().usage.output_tokens == 17


@check
def count_tokens(c):
    assert c.anthropic.messages.count_tokens(model="claude-sonnet-5-5", messages=QUESTION).input_tokens == 57


@check
def gemini(c):
    answer = c.gemini.models.generate_content(model="gemini-2.5-flash", contents="Is Santa real?")
    assert answer.text.startswith("Yes") and answer.usage_metadata.prompt_token_count == 57


@check
def gemini_stream(c):
    chunks = list(c.gemini.models.generate_content_stream(model="gemini-2.5-flash", contents="Is Santa real?"))
    assert "".join(x.text or "" for x in chunks) == "word word word "


@check
def bedrock_converse(c):
    answer = c.bedrock.converse(modelId=PROFILE, messages=TEXTS, requestMetadata={"feature": "chat"})
    assert answer["usage"]["inputTokens"] == 57 and answer["usage"]["cacheReadInputTokens"] == 2
    assert answer["output"]["message"]["content"][0]["text"].startswith("Yes")
    headers = answer["ResponseMetadata"]["HTTPHeaders"]
    # 57 × 3.3 + 2 × 0.33 + 17 × 16.5 USD per million.
    assert headers["x-payback-cost-usd"] == "0.00046926", headers["x-payback-cost-usd"]


@check
def bedrock_converse_stream(c):
    events = list(c.bedrock.converse_stream(modelId=PROFILE, messages=TEXTS)["stream"])
    texts = [x["contentBlockDelta"]["delta"]["text"] for x in events if "contentBlockDelta" in x]
    assert "".join(texts) == "word word word "
    assert events[-1]["metadata"]["usage"]["outputTokens"] == 17


@check
def bedrock_arn(c):
    arn = f"arn:aws:bedrock:us-east-1:123456789012:inference-profile/{PROFILE}"
    body = '{"anthropic_version":"bedrock-2023-05-31","max_tokens":9,"messages":[]}'
    assert b"Yes" in c.bedrock.invoke_model(modelId=arn, body=body)["body"].read()
    stream = c.bedrock.invoke_model_with_response_stream(modelId=arn, body=body)["body"]
    assert any(b"message_stop" in event["chunk"]["bytes"] for event in stream)


@check
def bedrock_refusals(c):
    wrong = bedrock_client(c.gateway, "sk-pb-wrong")
    for call, code in [
        (lambda: wrong.converse(modelId=PROFILE, messages=TEXTS), "UnrecognizedClientException"),
        (lambda: c.bedrock.converse(modelId="m!status=429", messages=TEXTS), "ThrottlingException"),
    ]:
        try:
            call()
        except botocore.exceptions.ClientError as error:
            assert error.response["Error"]["Code"] == code, error
        else:
            raise AssertionError("an error was swallowed")


@check
def bedrock_cut_stream(c):
    try:
        list(c.bedrock.converse_stream(modelId=f"{PROFILE}!deltas=9,cut=4", messages=TEXTS)["stream"])
    except urllib3.exceptions.ProtocolError:
        pass
    else:
        raise AssertionError("a cut stream looked like a whole one")


@check
def claude_on_bedrock(c):
    answer = c.claude_on_bedrock.messages.create(model=PROFILE, max_tokens=64, messages=QUESTION)
    assert answer.usage.input_tokens == 57 and answer.content[0].text.startswith("Yes")
    with c.claude_on_bedrock.messages.stream(model=PROFILE, max_tokens=64, messages=QUESTION) as stream:
        assert "".join(stream.text_stream) == "word word word "
        assert stream.get_final_message().usage.output_tokens == 17


@check
def wrong_key(c):
    wrong = Clients(c.gateway, "sk-pb-wrong")
    for call, kind in [
        (lambda: wrong.openai.models.list(), openai.AuthenticationError),
        (lambda: wrong.anthropic.messages.count_tokens(model="m", messages=QUESTION), anthropic.AuthenticationError),
        (lambda: wrong.gemini.models.generate_content(model="gemini-2.5-flash", contents="x"), genai.errors.ClientError),
    ]:
        try:
            call()
        except kind as error:
            assert "gateway" in str(error)
        else:
            raise AssertionError("a wrong key was let in")


@check
def provider_errors(c):
    for call, kind in [
        (lambda: c.openai.chat.completions.create(model="gpt-4o-mini!status=429", messages=QUESTION), openai.RateLimitError),
        (lambda: c.openai.chat.completions.create(model="gpt-4o-mini!status=400", messages=QUESTION), openai.BadRequestError),
        (
            lambda: c.anthropic.messages.create(model="claude-sonnet-5-5!status=429", max_tokens=9, messages=QUESTION),
            anthropic.RateLimitError,
        ),
    ]:
        try:
            call()
        except kind:
            pass
        else:
            raise AssertionError("an error of the provider's was swallowed")


@check
def cut_stream(c):
    try:
        list(c.openai.chat.completions.create(model="gpt-4o-mini!deltas=9,cut=4", messages=QUESTION, stream=True))
    except openai.APIError:
        pass
    else:
        raise AssertionError("a cut stream looked like a whole one")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gateway", required=True)
    parser.add_argument("--key", required=True)
    arguments = parser.parse_args()
    clients = Clients(arguments.gateway, arguments.key)
    failed = 0
    for function in CHECKS:
        try:
            function(clients)
            print(f"ok      {function.__name__}")
        except Exception as error:
            failed += 1
            print(f"FAILED  {function.__name__}: {type(error).__name__}: {error}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
