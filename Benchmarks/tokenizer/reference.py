"""Writes what the reference tokenizers make of a seeded set of texts, for TokenizerReferenceTests.

    reference.py [--output .build/tokenizer] [--seed 1]

Into the folder go the vocabularies and `cases.json`:

    {"texts": [TEXT, …], "sets": [{"name", "file", "encoding", "ids": [[TOKEN, …] per text]}, …]}

`encoding` is null where the file is a tokenizer.json. The vocabularies of OpenAI and Anthropic come out of a litellm
wheel, which is fetched with pip and only unpacked: it is never installed or run. Others are trained here on the texts.
"""

import argparse
import hashlib
import json
import random
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tiktoken
from tiktoken.load import load_tiktoken_bpe
from tiktoken_ext import openai_public
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

WHEEL = "litellm==1.80.0"
FOLDER = "litellm/litellm_core_utils/tokenizers/"
# Name in the wheel, our name, SHA-256.
VOCABULARIES = [
    (
        "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
        "cl100k_base.tiktoken",
        "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    ),
    (
        "fb374d419588a4632f3f557e76b4b70aebbca790",
        "o200k_base.tiktoken",
        "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    ),
    (
        "ec7223a39ce59f226a68acc30dc1af2788490e15",
        "p50k_base.tiktoken",
        "94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069",
    ),
    (
        "anthropic_tokenizer.json",
        "anthropic.json",
        "c241737df24b4e7f7c9af4fdcee29a0ca903dcb288a8b753bc346a3092911767",
    ),
]

WORDS = (
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|%s| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
    "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
)
PATTERNS = {
    "gpt2": "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
    "llama3": WORDS % "\\p{N}{1,3}",
    "qwen2": WORDS % "\\p{N}",
}


# Texts


PROSE = [
    "The quick brown fox jumps over the lazy dog; it didn't care, and they're sure we'll see it'd been HE'S fault.",
    "Summarise the meeting in five points. Attendees: Ana, Bob (remote), 林さん. Budget: $1,234,567.89 — due 2026-10-31!",
    "I'VE seen it. I'Ve, i'vE, don'T, you'RE, we'LL, o'clock, 'tis, 'sabc, it'ſ, rock'n'roll, y'all'd've",
    "internationalization antidisestablishmentarianism HTTPServer iPhone XMLHttpRequest camelCaseWords SCREAMING_CASE",
]
CODE = [
    "def f(x: int) -> str:\n    return f\"{x:>10}\"  # TODO\n\n\nif __name__ == '__main__':\n\tprint(f(3))\n",
    "for (let i = 0; i < n; ++i) {\r\n\t\tconsole.log(`a ${i}`);\r\n}\r\n\r\n// https://example.com/a/b?c=d&e=%20//\n/",
    '{"a": [1, 22, 333, 4444, 55555], "b": null, "c": {"d": 1e-10}}\n',
    "SELECT * FROM t WHERE a<>'x''y' AND b>=100000 -- note\n;",
    '<div class="a">\n  <p>&nbsp;</p>\n</div>\n<|endoftext|><|im_start|>user\n',
]
SCRIPTS = [
    "Падал прошлогодний снег. Съешь ещё этих мягких французских булок",
    "日本語のテキストです。漢字とカタカナとひらがな。",
    "我能吞下玻璃而不伤身体。人工智能",
    "한국어 문장입니다. 안녕하세요",
    "مرحبا بالعالم ١٢٣٤",
    "שלום עולם, מה שלומך?",
    "हिन्दी में लिखा हुआ वाक्य। १२३४५",
    "ภาษาไทยไม่มีการเว้นวรรค ๑๒๓",
    "Ελληνικά κείμενα ΣΊΣΥΦΟΣ",
    "Tiếng Việt có dấu",
    "Español: ¿Qué tal? Ñandú. Français: où ça ? « L'été »",
    "ğüşiöç İstanbul ıssız",
    "Ǆ ǅ ǆ ǈǉ ᾈ ﬁ ﬂ ŉ ß ẞ",
    "தமிழ் மொழி",
    "አማርኛ ፊደል",
    "ქართული ენა",
    "Հայերեն",
    "𐐀𐐨 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝟘𝟙𝟚",
    "e\u0301 a\u0300\u0323 \u0301x 文AB文c ABc文D",
    "½ ¾ ² ³ Ⅷ ⅷ ① ㊿ 〇 ௧௨௩",
    "ａｂｃ１２３ ｶﾞ ㎏ Å Å Ω",
]
EMOJI = [
    "😀",
    "👍🏽",
    "👩‍👩‍👧‍👦",
    "🇩🇪🇯🇵",
    "❤️",
    "☺",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "1️⃣",
    "⚙️!",
    "→ ⇒ ∑ ≠",
]
SPACES = [chr(point) for point in range(0x3001) if chr(point).isspace() and not 0x1C <= point <= 0x1F]
SEPARATORS = [
    "",
    "",
    " ",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " \n ",
    "   \n\n   ",
    "/",
    "'",
    ".",
    "\u00a0",
    "\u3000",
    "0",
]


def scalars_by_category() -> dict[str, list[str]]:
    """Every assigned scalar, by its general category."""
    pools: dict[str, list[str]] = {}
    for point in [*range(0xD800), *range(0xE000, 0x110000)]:
        category = unicodedata.category(chr(point))
        if category not in ("Cn", "Co", "Cs"):
            pools.setdefault(category, []).append(chr(point))
    return pools


def short_mix(rng: random.Random) -> str:
    """Characters on which the patterns decide, in any order."""
    alphabet = "aAbBzZ09'sStT reRE/\\!?.,-_ \t\r\n\n  \u0301文ǅʰßſ١²\u00a0\u2028😀"
    return "".join(rng.choice(alphabet) for _ in range(rng.randint(1, 40)))


def texts(seed: int) -> Iterator[str]:
    """The texts, the same for the same seed."""
    rng = random.Random(seed)
    pools = scalars_by_category()
    categories = sorted(pools)
    fragments = PROSE + CODE + SCRIPTS + EMOJI
    yield from fragments
    yield from [
        "",
        " ",
        "\n",
        "a",
        "'",
        "'s",
        "  ",
        " \n",
        "\n ",
        "a ",
        "a\n ",
        "a  \n  b",
        "\r",
        "\n  ",
        "x\n\t",
        "\u3000",
    ]
    yield from [
        "a" * 1000,
        " " * 1000,
        "1" * 1000,
        "ab" * 400,
        "😀" * 200,
        "!" * 500,
        "\n" * 300,
        "A" * 300 + "a",
        "é" * 400,
    ]
    for _ in range(250):
        yield short_mix(rng)
    for _ in range(200):
        yield "".join(rng.choice(fragments) + rng.choice(SEPARATORS) for _ in range(rng.randint(1, 4)))
    for _ in range(100):
        yield "".join(rng.choice(pools[rng.choice(categories)]) for _ in range(rng.randint(1, 40)))
    for _ in range(100):
        yield "".join(
            rng.choice([*SPACES, "\n", "\r", "a", "!"]) * rng.randint(1, 3) for _ in range(rng.randint(1, 12))
        )
    for _ in range(60):
        yield rng.randbytes(rng.randint(1, 300)).decode("utf-8", errors="ignore")
    for _ in range(60):
        yield str(rng.randint(0, 10 ** rng.randint(1, 30))) + rng.choice(SEPARATORS) + rng.choice(EMOJI)


# Vocabularies


def unpack_vocabularies(folder: Path) -> None:
    """Takes the published vocabularies out of the wheel and checks them."""
    if all((folder / name).exists() for _, name, _ in VOCABULARIES):
        return
    with tempfile.TemporaryDirectory() as scratch:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
            "-d",
            scratch,
        ]
        subprocess.run([*command, WHEEL], check=True)
        with zipfile.ZipFile(next(Path(scratch).glob("*.whl"))) as wheel:
            for inside, name, expected in VOCABULARIES:
                content = wheel.read(FOLDER + inside)
                if hashlib.sha256(content).hexdigest() != expected:
                    raise SystemExit(f"{name} in {WHEEL} is not the file it was")
                (folder / name).write_bytes(content)


def openai_encoding(name: str, folder: Path) -> tiktoken.Encoding:
    """An encoding with tiktoken's own pattern and the unpacked ranks."""
    openai_public.load_tiktoken_bpe = lambda *_, **__: load_tiktoken_bpe(str(folder / f"{name}.tiktoken"))
    return tiktoken.Encoding(**openai_public.ENCODING_CONSTRUCTORS[name]())


def made_tokenizer(pattern: str | None, normalizer: Any, samples: list[str], size: int) -> dict[str, Any]:
    """The tokenizer.json of a byte-level tokenizer trained on the texts; the built-in pattern where none is given."""
    tokenizer = Tokenizer(models.BPE())
    if normalizer is not None:
        tokenizer.normalizer = normalizer
    level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=pattern is None)
    if pattern is None:
        tokenizer.pre_tokenizer = level
    else:
        split = pre_tokenizers.Split(Regex(pattern), behavior="isolated", invert=False)
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence([split, level])
    trainer = trainers.BpeTrainer(
        vocab_size=size, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()), show_progress=False
    )
    tokenizer.train_from_iterator(samples, trainer)
    return json.loads(tokenizer.to_str())


def made_vocabularies(samples: list[str]) -> dict[str, dict[str, Any]]:
    """Tokenizers in the spellings that are met in the wild."""
    llama = made_tokenizer(PATTERNS["llama3"], None, samples, 1500)
    llama["model"]["ignore_merges"] = True
    # A whole word that no merges lead to: only `ignore_merges` finds it.
    llama["model"]["vocab"]["Ġinternationalization"] = len(llama["model"]["vocab"])
    qwen = made_tokenizer(PATTERNS["qwen2"], normalizers.NFC(), samples, 1500)
    qwen["model"]["merges"] = [" ".join(pair) for pair in qwen["model"]["merges"]]
    qwen["added_tokens"] = [
        {
            "id": 1500,
            "content": "<|im_start|>",
            "special": True,
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
        }
    ]
    return {
        "made-llama3.json": llama,
        "made-qwen2.json": qwen,
        "made-o200k.json": made_tokenizer(openai_public_pattern(), None, samples, 1500),
        "made-gpt2-split.json": made_tokenizer(PATTERNS["gpt2"], None, samples, 1500),
        "made-gpt2.json": made_tokenizer(None, normalizers.NFKC(), samples, 1500),
    }


def openai_public_pattern() -> str:
    """The pattern of o200k_base as tiktoken has it."""
    openai_public.load_tiktoken_bpe = lambda *_, **__: {}
    return openai_public.ENCODING_CONSTRUCTORS["o200k_base"]()["pat_str"]


def without_added_tokens(document: dict[str, Any]) -> Tokenizer:
    """The tokenizer, blind to special tokens in the text: Payback counts user text as ordinary text."""
    return Tokenizer.from_str(json.dumps({**document, "added_tokens": []}))


# Cases


def reference_sets(folder: Path, samples: list[str]) -> Iterator[dict[str, Any]]:
    """What each reference makes of the texts."""
    for name in ("cl100k_base", "o200k_base", "p50k_base"):
        encoding = openai_encoding(name, folder)
        ids = [encoding.encode_ordinary(text) for text in samples]
        yield {"name": name, "file": f"{name}.tiktoken", "encoding": name, "ids": ids}
    for file, document in made_vocabularies(samples).items():
        (folder / file).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    for file in ("anthropic.json", *sorted(path.name for path in folder.glob("made-*.json"))):
        tokenizer = without_added_tokens(json.loads((folder / file).read_text(encoding="utf-8")))
        ids = [tokenizer.encode(text, add_special_tokens=False).ids for text in samples]
        yield {"name": file.removesuffix(".json"), "file": file, "encoding": None, "ids": ids}


def main() -> None:
    """Writes the folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path(".build/tokenizer"))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    unpack_vocabularies(options.output)
    samples = list(texts(options.seed))
    cases = {"texts": samples, "sets": list(reference_sets(options.output, samples))}
    (options.output / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
    tokens = sum(len(ids) for case in cases["sets"] for ids in case["ids"])
    print(f"{len(samples)} texts, {len(cases['sets'])} tokenizers, {tokens} tokens: {options.output / 'cases.json'}")


if __name__ == "__main__":
    main()
