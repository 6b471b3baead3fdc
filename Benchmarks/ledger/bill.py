#!/usr/bin/env python3
"""Composes a FOCUS bill: a line for each hour, model, class of tokens, tier and project.

Usage: bill.py ROWS by-time|shuffled > bill.csv
"""
import random
import sys

HEADER = (
    "BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,ChargeClass,"
    "ChargeDescription,ChargeFrequency,ChargePeriodEnd,ChargePeriodStart,ConsumedQuantity,ConsumedUnit,ContractedCost,"
    "ContractedUnitPrice,EffectiveCost,HostProviderName,InvoiceIssuerName,ListCost,ListUnitPrice,PricingCategory,PricingQuantity,"
    "PricingUnit,PrincipalId,ServiceCategory,ServiceName,ServiceProviderName,ServiceSubcategory,SkuId,SkuMeter,SkuPriceDetails,SkuPriceId"
)
MODELS = [("gpt-5", 125, 13, 1000), ("gpt-5-mini", 25, 3, 200), ("gpt-4.1", 200, 50, 800), ("gpt-4o", 250, 125, 1000)]
CLASSES = [("Input", "Uncached"), ("Input", "Read"), ("Output", "")]
HOURS = 30 * 24


def line(row, rows, chance):
    """The line of a number; prices are cents for a million tokens."""
    hour = row * HOURS // rows
    model, *prices = MODELS[row % len(MODELS)]
    kind = row // len(MODELS) % len(CLASSES)
    direction, cache = CLASSES[kind]
    project = row // (len(MODELS) * len(CLASSES)) % 200
    tokens = chance.randrange(1_000, 9_000_000)
    nanos = tokens * prices[kind] * 10
    cost = f"{nanos // 10**9}.{nanos % 10**9:09d}"
    price = f"{prices[kind] / 100:.4f}"
    start, end = (f"2026-10-{at // 24 + 1:02d}T{at % 24:02d}:00:00Z" for at in (hour, hour + 1))
    sku = f"{model}-{direction.lower()}{'-cached' if cache == 'Read' else ''}"
    details = f'"{{""ModelDeveloper"":""OpenAI"",""ModelFamily"":""GPT"",""ModelId"":""{model}"",""TokenDirection"":""{direction}"",""TokenCacheAction"":""{cache}""}}"'
    return (
        f"{cost},acct-1001,Acme Corp,USD,2026-11-01T00:00:00Z,2026-10-01T00:00:00Z,Usage,,{direction} tokens of {model},Usage-Based,{end},{start},"
        f"{tokens},Tokens,{cost},{price},{cost},OpenAI,OpenAI,{cost},{price},Standard,{tokens / 1e6:.6f},1000000 Tokens,project-{project:03d},"
        f"AI and Machine Learning,OpenAI API,OpenAI,Generative AI,{sku},{direction} Tokens,{details},{sku}-ondemand"
    )


def main():
    count = int(sys.argv[1])
    chance = random.Random(1)
    rows = list(range(count))
    if sys.argv[2] == "shuffled":
        chance.shuffle(rows)
    print(HEADER)
    for row in rows:
        print(line(row, count, chance))


main()
