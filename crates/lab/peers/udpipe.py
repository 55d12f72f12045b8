#!/usr/bin/env python3
"""Train UDPipe 1 on the files that train marsad, and run both side by side.

    pip install ufal.udpipe
    python3 crates/lab/peers/udpipe.py train ru --out ru.udpipe
    python3 crates/lab/peers/udpipe.py compare ru ru.udpipe
    python3 crates/lab/peers/udpipe.py compare ru ru.udpipe --text FILE

`compare` prints words a second, peak memory, model size and load time of both: each in a process of its own, one thread, from the same raw text to CoNLL-U
in memory, the best of some rounds; and the scores of both by the measures of the CoNLL 2018 shared task.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

UD = "../shared/ud"
TEST = {
    "en": "UD_English-EWT/en_ewt-ud-test.conllu",
    "ru": "UD_Russian-GSD/ru_gsd-ud-test.conllu",
    "ar": "UD_Arabic-PADT-derived/ar_padtlite-test.conllu",
}
STYLE = {"en": "ewt", "ru": "gsd", "ar": "padt"}

# Time-boxed settings: below UDPipe's defaults, which take hours.
TOKENIZER = "dimension=24;epochs={tokenizer};batch_size=50;initialization_range=0.1;tokenize_url=1;allow_spaces=0"
TAGGER = "models=1;use_xpostag=0;iterations={tagger};{dictionary}"
PARSER = (
    "iterations={parser};embedding_form=50;embedding_upostag=20;embedding_feats=20;embedding_deprel=20;hidden_layer=200;"
    "transition_system={system};transition_oracle={oracle};use_gold_tags=1"
)
ROUNDS = {
    "en": {"tokenizer": 3, "tagger": 2, "parser": 2, "system": "projective", "oracle": "static"},
    "ru": {"tokenizer": 6, "tagger": 3, "parser": 3, "system": "projective", "oracle": "dynamic"},
    "ar": {"tokenizer": 3, "tagger": 8, "parser": 8, "system": "swap", "oracle": "static_lazy"},
}


def sentences(path):
    """The blocks of a CoNLL-U file."""
    with open(path, encoding="utf-8") as file:
        return [block for block in file.read().split("\n\n") if block.strip()]


def words(block):
    """The forms of a sentence, to tell repeated ones."""
    lines = (line.split("\t") for line in block.split("\n") if line and line[0] != "#")
    return " ".join(fields[1] for fields in lines if fields[0].isdigit())


def free_documents(blocks):
    """GUM without the genres under a NonCommercial licence."""
    keep, free = [], False
    for block in blocks:
        for line in block.split("\n"):
            if line.startswith("# newdoc id = "):
                free = not any(nc in line for nc in ("GUM_fiction", "GUM_whow", "GUM_reddit"))
        if free:
            keep.append(block)
    return keep


def without(blocks, nth):
    """All sentences but every nth, which marsad keeps to choose by."""
    return [block for i, block in enumerate(blocks) if i % nth != nth - 1]


def unsplit_long(blocks):
    """Sentences whose tokens UDPipe can hold."""
    return [b for b in blocks if all(len(f.encode()) < 250 for l in b.split("\n") if l[:1] != "#" for f in l.split("\t")[1:3])]


def trees(lang, ud):
    """The sentences with trees that train marsad."""
    if lang == "en":
        gum = free_documents(sentences(f"{ud}/UD_English-GUM/en_gum-ud-train.conllu"))
        return sentences(f"{ud}/UD_English-EWT/en_ewt-ud-train.conllu") + gum
    if lang == "ar":
        # PUD writes clitics as tokens of their own: a tokeniser learns either that or the clitics.
        return sentences(f"{ud}/UD_Arabic-PADT-derived/ar_padtlite-train.conllu")
    social = [
        f"{ud}/UD_Russian-Taiga/ru_taiga-ud-{part}.conllu" for part in ("train-r2.7", "dev", "test")
    ] + [f"{ud}/UD_Russian-Poetry/ru_poetry-ud-{part}.conllu" for part in ("dev", "test")]
    seen, blocks = set(), []
    for path in social:
        for block in sentences(path):
            if words(block) not in seen:
                seen.add(words(block))
                blocks.append(block)
    blocks += without(sentences(f"{ud}/UD_Russian-PUD-part/ru_pud-part-train.conllu"), 10)
    return blocks + without(sentences(f"{ud}/UD_Russian-GSD/ru_gsd-ud-dev.conllu"), 5)


def train(lang, ud, out, wanted):
    import ufal.udpipe as udpipe

    blocks = unsplit_long(trees(lang, ud))
    data = "\n\n".join(blocks) + "\n\n"
    rounds = dict(ROUNDS[lang], dictionary="")
    if lang == "ar":
        lexicon = tempfile.NamedTemporaryFile("w", suffix=".tsv", delete=False, encoding="utf-8")
        with open(f"{ud}/UD_Arabic-PADT-derived/ar_padt-lexicon.tsv", encoding="utf-8") as file:
            for line in file:
                form, lemma, upos, feats = (line.rstrip("\n").split("\t") + ["_"])[:4]
                lexicon.write(f"{form}\t{lemma}\t{upos}\t_\t{feats}\n")
        lexicon.close()
        rounds["dictionary"] = f"dictionary_file={lexicon.name}"
    # The tokeniser of Arabic learns from all that has its clitics split.
    split = data if lang != "ar" else data + "\n\n".join(unsplit_long(sentences(f"{ud}/UD_Arabic-PADT-derived/ar_padt-segonly-train.conllu"))) + "\n\n"

    def read(text):
        reader = udpipe.InputFormat.newConlluInputFormat()
        reader.setText(text)
        error, out = udpipe.ProcessingError(), udpipe.Sentences()
        sentence = udpipe.Sentence()
        while reader.nextSentence(sentence, error):
            out.push_back(sentence)
            sentence = udpipe.Sentence()
        if error.occurred():
            sys.exit(f"{lang}: {error.message}")
        return out

    none = udpipe.Sentences()
    error = udpipe.ProcessingError()
    parts = {}
    start = time.time()
    for name, text, options in [
        ("tokenizer", split, (TOKENIZER.format(**rounds), "none", "none")),
        ("tagger", data, ("none", TAGGER.format(**rounds), "none")),
        ("parser", data, ("none", "none", PARSER.format(**rounds))),
    ]:
        if wanted not in (None, name):
            continue
        parts[name] = udpipe.Trainer.train("morphodita_parsito", read(text), none, *options, error)
        if error.occurred():
            sys.exit(f"{lang} {name}: {error.message}")
        print(f"{lang} {name}: {time.time() - start:.0f} s", file=sys.stderr, flush=True)
        with open(f"{out}.{name}", "wb") as file:
            part = parts[name]
            file.write(part if isinstance(part, bytes) else part.encode("utf-8", "surrogateescape"))


def run_udpipe(prefix, text, rounds):
    """Words a second and the rest, for the three parts of a model."""
    import ufal.udpipe as udpipe

    start = time.perf_counter()
    models = {part: udpipe.Model.load(f"{prefix}.{part}") for part in ("tokenizer", "tagger", "parser")}
    if None in models.values():
        sys.exit(f"{prefix}: no model; run train first")
    load = time.perf_counter() - start
    best, output, count = None, "", 0
    for _ in range(rounds):
        start = time.perf_counter()
        tokenizer = models["tokenizer"].newTokenizer(udpipe.Model.DEFAULT)
        writer = udpipe.OutputFormat.newOutputFormat("conllu")
        error, sentence, lines, count = udpipe.ProcessingError(), udpipe.Sentence(), [], 0
        tokenizer.setText(text)
        while tokenizer.nextSentence(sentence, error):
            models["tagger"].tag(sentence, udpipe.Pipeline.DEFAULT)
            models["parser"].parse(sentence, udpipe.Pipeline.DEFAULT)
            count += len(sentence.words) - 1
            lines.append(writer.writeSentence(sentence))
        output = "".join(lines) + writer.finishDocument()
        taken = time.perf_counter() - start
        best = taken if best is None else min(best, taken)
    size = sum(os.path.getsize(f"{prefix}.{part}") for part in models)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"words": count, "words_per_second": round(count / best), "load_ms": round(load * 1000, 1), "model_bytes": size, "peak_bytes": peak}, output


def compare(arguments):
    lang, ud = arguments.lang, arguments.ud
    gold = f"{ud}/{TEST[lang]}"
    text = arguments.text
    if text is None:
        text = tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False, encoding="utf-8").name
        subprocess.run([arguments.marsad_lab, "plain", gold, "--out", text], check=True)
    rows = {}
    marsad = subprocess.run(
        [arguments.marsad_lab, "speed", f"models/{lang}.marsad", text, "--rounds", str(arguments.rounds)], check=True, capture_output=True, text=True
    )
    rows["marsad"] = json.loads(marsad.stdout)
    parsed = tempfile.NamedTemporaryFile("w", suffix=".conllu", delete=False).name
    peer = subprocess.run(
        [sys.executable, __file__, "run", arguments.model, text, "--rounds", str(arguments.rounds), "--out", parsed], check=True, capture_output=True, text=True
    )
    rows["UDPipe 1"] = json.loads(peer.stdout)
    print(f"{'':10}{'words':>9}{'words/s':>10}{'load ms':>9}{'model MB':>10}{'peak MB':>9}")
    for name, r in rows.items():
        print(f"{name:10}{r['words']:9}{r['words_per_second']:10}{r['load_ms']:9}{r['model_bytes'] / 1e6:10.1f}{r['peak_bytes'] / 1e6:9.0f}")
    if arguments.text is None:
        subprocess.run([arguments.marsad_lab, "score-conllu", gold, parsed], check=True)
        subprocess.run([arguments.marsad_lab, "eval", f"models/{lang}.marsad", gold, "--style", STYLE[lang]], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("train")
    one.add_argument("lang", choices=list(TEST))
    one.add_argument("--ud", default=UD)
    one.add_argument("--out", required=True)
    one.add_argument("--part", choices=["tokenizer", "tagger", "parser"], help="train this part only, to train parts side by side")
    two = commands.add_parser("compare")
    two.add_argument("lang", choices=list(TEST))
    two.add_argument("model")
    two.add_argument("--ud", default=UD)
    two.add_argument("--text")
    two.add_argument("--rounds", type=int, default=3)
    two.add_argument("--marsad-lab", default="target/release/marsad-lab")
    three = commands.add_parser("run")
    three.add_argument("model")
    three.add_argument("text")
    three.add_argument("--rounds", type=int, default=3)
    three.add_argument("--out")
    arguments = parser.parse_args()
    if arguments.command == "train":
        train(arguments.lang, arguments.ud, arguments.out, arguments.part)
    elif arguments.command == "compare":
        compare(arguments)
    else:
        with open(arguments.text, encoding="utf-8") as file:
            figures, output = run_udpipe(arguments.model, file.read(), arguments.rounds)
        if arguments.out:
            with open(arguments.out, "w", encoding="utf-8") as file:
                file.write(output)
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
