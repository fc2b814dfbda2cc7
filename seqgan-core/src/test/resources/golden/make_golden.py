#!/usr/bin/env python3
"""Computes the reference numbers of this folder again, by other programs than seqgan.

    make_golden.py --check     compares; says which field of which file differs, and ends with 1
    make_golden.py             writes the files anew

A file holds inputs (drawn once, at random) and what comes of them. The inputs stay as they are; everything else is
computed from them: gradients and the models by PyTorch's automatic differentiation in float64, BLEU by NLTK, Welch's test
by SciPy, and the methods of others from the formulas of their papers, which stand beside each function. A field that no
function reads or computes is an error, so that no number stays that nobody can compute.

Needs Python 3.9, PyTorch, NLTK and SciPy (Debian: python3-torch, python3-nltk, python3-scipy).
"""

import argparse
import json
import math
import sys
from collections import Counter
from pathlib import Path

import torch
from nltk.translate.bleu_score import SmoothingFunction, corpus_bleu, sentence_bleu
from scipy import stats
from torch.nn.functional import cosine_similarity, logsigmoid, softplus

torch.set_default_dtype(torch.float64)

FOLDER = Path(__file__).resolve().parent

# Relative to the largest number of a field. Some files were made from float32 numbers, or by central differences.
TOLERANCES = {"generator": 1e-6, "discriminator": 1e-6, "wgan-gp": 1e-6}
TOLERANCE = 1e-11

# Fields that tell a reader what is in a file, and enter no computation.
DESCRIPTIONS = {"layout"}


class Inputs(dict):
    """A case that remembers which of its fields were read."""

    def __init__(self, fields):
        super().__init__(fields)
        self.read = set()

    def __getitem__(self, name):
        self.read.add(name)
        return super().__getitem__(name)

    def tensor(self, name):
        return torch.tensor(self[name])


def numbers(tensors):
    """Nested lists in the place of tensors."""
    if isinstance(tensors, dict):
        return {name: numbers(value) for name, value in tensors.items()}
    return tensors.tolist() if isinstance(tensors, torch.Tensor) else tensors


def parameters(fields):
    return {name: torch.tensor(value, requires_grad=True) for name, value in fields.items()}


def gradients(loss, by):
    return dict(zip(by, torch.autograd.grad(loss, list(by.values()), retain_graph=True)))


# ---- the models of the paper ----


def generator(case):
    """Log-probabilities of an LSTM, both of its losses, and one step of Adam with a clipped gradient."""
    weights = parameters(case["parameters"])
    assert list(weights["embedding"].shape) == [case["vocab"], case["embedding_size"]]
    tokens = torch.tensor(case["tokens"])
    assert list(tokens.shape) == [case["batch"], case["sequence_length"]]
    start = torch.full((len(tokens), 1), case["start_token"])
    hidden = cell = torch.zeros(len(tokens), case["hidden_size"])
    logits = []
    for inputs in torch.cat([start, tokens[:, :-1]], dim=1).T:  # of each time step (batch)
        x = weights["embedding"][inputs]  # (batch, embedding)

        def gate(name):
            return x @ weights["W_" + name] + hidden @ weights["U_" + name] + weights["b_" + name]

        keep, take, show = (torch.sigmoid(gate(name)) for name in ("forget", "input", "output"))
        cell = keep * cell + take * torch.tanh(gate("cell"))
        hidden = show * torch.tanh(cell)
        logits.append(hidden @ weights["W_logits"] + weights["b_logits"])
    every = torch.log_softmax(torch.stack(logits, dim=1), dim=2)  # (batch, time, vocab)
    log_probabilities = every.gather(2, tokens.unsqueeze(2)).squeeze(2)
    likelihood = -log_probabilities.mean()
    policy = -(case.tensor("rewards") * log_probabilities).sum()
    policy_gradients = gradients(policy, weights)
    norm = torch.sqrt(sum((gradient**2).sum() for gradient in policy_gradients.values()))
    scale = min(1.0, case["clip_global_norm"] / norm.item())
    return {
        "token_log_probabilities": log_probabilities,
        "mle_loss_mean_per_token": likelihood,
        "mle_gradients": gradients(likelihood, weights),
        "policy_gradient_loss_sum": policy,
        "policy_gradients": policy_gradients,
        "policy_gradient_global_norm": norm,
        "parameters_after_one_clipped_adam_step": {
            name: first_adam_step(weights[name], scale * policy_gradients[name], case["adam"]) for name in weights
        },
    }


def first_adam_step(parameter, gradient, adam):
    first = (1 - adam["beta1"]) * gradient
    second = (1 - adam["beta2"]) * gradient**2
    rate = adam["learning_rate"] * math.sqrt(1 - adam["beta2"]) / (1 - adam["beta1"])
    return parameter - rate * first / (torch.sqrt(second) + adam["epsilon"])


def discriminator(case):
    """A CNN over windows of tokens with one highway layer; the loss has the penalty of the output layer."""
    weights = parameters(case["parameters"])
    tokens = torch.tensor(case["tokens"])
    assert list(tokens.shape) == [case["batch"], case["sequence_length"]]
    assert list(weights["embedding"].shape) == [case["vocab"], case["embedding_size"]]
    embedded = weights["embedding"][tokens]  # (batch, time, embedding)
    pooled = []
    for width, count in zip(case["filter_widths"], case["filter_counts"]):
        filters = weights["conv%d_W" % width]  # (width, embedding, filters)
        assert filters.shape[2] == count
        windows = embedded.unfold(1, width, 1)  # (batch, places, embedding, width)
        convolved = torch.einsum("bpew,wef->bpf", windows, filters) + weights["conv%d_b" % width]
        pooled.append(torch.relu(convolved).max(dim=1).values)
    features = torch.cat(pooled, dim=1)
    gate = torch.sigmoid(features @ weights["gate_W"] + weights["gate_b"])
    changed = torch.relu(features @ weights["highway_W"] + weights["highway_b"])
    scores = (gate * changed + (1 - gate) * features) @ weights["out_W"] + weights["out_b"]
    log_classes = torch.log_softmax(scores, dim=1)  # (batch, [generated, real])
    labels = torch.tensor(case["labels"])
    penalty = ((weights["out_W"] ** 2).sum() + (weights["out_b"] ** 2).sum()) / 2
    loss = -log_classes.gather(1, labels.unsqueeze(1)).mean() + case["l2_lambda"] * penalty
    return {
        "probability_real": log_classes[:, 1].exp(),
        "loss": loss,
        "gradients": gradients(loss, weights),
    }


# ---- metrics and statistics ----


def bleu(case):
    references, hypotheses = case["references"], case["hypotheses"]
    smoothing = SmoothingFunction().method1

    def evenly(n):
        return [1 / n] * n

    def mean(n, references_of):
        scores = [
            sentence_bleu(references_of(i), hypothesis, evenly(n), smoothing_function=smoothing)
            for i, hypothesis in enumerate(hypotheses)
        ]
        return math.fsum(scores) / len(scores)

    return {
        "mean_sentence_bleu_all_references_smoothing1": {
            str(n): mean(n, lambda i: references) for n in (2, 3, 4, 5)
        },
        "mean_self_bleu_smoothing1": {
            str(n): mean(n, lambda i: hypotheses[:i] + hypotheses[i + 1 :]) for n in (2, 3, 4, 5)
        },
        "corpus_bleu_all_references": {
            str(n): corpus_bleu([references] * len(hypotheses), hypotheses, evenly(n)) for n in (2, 3, 4)
        },
    }


def welch(case):
    test = stats.ttest_ind(case["a"], case["b"], equal_var=False)
    return {"t": float(test.statistic), "p_two_sided": float(test.pvalue)}


def n_grams(sequences, n):
    return Counter(tuple(row[i : i + n]) for row in sequences for i in range(len(row) - n + 1))


def metrics(case):
    samples, references = case["samples"], case["references"]
    return {
        "ms-jaccard": ms_jaccard(samples, references),
        "ngram-jsd": [n_gram_jsd(n_grams(samples, n), n_grams(references, n)) for n in (1, 2, 3, 4)],
        "sequence-jsd": sequence_jsd(case),
        "c2st-p-one-sided": coin(case["c2st-trials"], case["c2st-right"]),
    }


def ms_jaccard(samples, references):
    """Montahaei et al. 2019: geometric means over n = 1..N of shared n-grams, counted per sequence."""
    shared = []
    for n in (1, 2, 3, 4):
        ours, theirs = n_grams(samples, n), n_grams(references, n)
        pairs = [(ours[gram] / len(samples), theirs[gram] / len(references)) for gram in ours | theirs]
        shared.append(math.fsum(map(min, pairs)) / math.fsum(map(max, pairs)))
    return [math.prod(shared[:n]) ** (1 / n) for n in (1, 2, 3, 4)]


def n_gram_jsd(ours, theirs):
    """Jensen-Shannon divergence of two distributions of n-grams, in nats."""
    total, others = sum(ours.values()), sum(theirs.values())
    terms = []
    for gram in ours | theirs:
        p, q = ours[gram] / total, theirs[gram] / others
        terms += [x / 2 * math.log(2 * x / (p + q)) for x in (p, q) if x > 0]
    return math.fsum(terms)


def sequence_jsd(case):
    """1/2 [mean log p/m over real + mean log g/m over generated], m = (p + g)/2."""

    def side(this, other):
        mixture = torch.logaddexp(this, other) - math.log(2)
        return (this - mixture).mean()

    real = side(case.tensor("log-p-of-real"), case.tensor("log-g-of-real"))
    generated = side(case.tensor("log-g-of-generated"), case.tensor("log-p-of-generated"))
    return (real + generated) / 2


def coin(trials, right):
    """How often a coin has at least as many right, exactly."""
    return sum(math.comb(trials, k) for k in range(right, trials + 1)) / 2**trials


# ---- methods of others ----


def maligan(case):
    """Che et al. 2017: r / sum r - 1/B, r = D / (1 - D)."""
    generated, real = case.tensor("logits").T
    return {"weights": torch.softmax(real - generated, dim=0) - 1 / len(real)}


def rankgan(case):
    """Lin et al. 2017: ranks by cosines to references, among a comparison set (paper) or the batch (released code)."""
    features, references, comparison = (case.tensor(name) for name in ("features", "references", "comparison"))
    gamma = case["gamma"]

    def cosines(rows):
        return cosine_similarity(rows.unsqueeze(1), references.unsqueeze(0), dim=2)  # (rows, references)

    own = torch.exp(gamma * cosines(features))
    paper = (own / (own + torch.exp(gamma * cosines(comparison)).sum(dim=0))).mean(dim=1)
    released = torch.softmax(gamma * cosines(features).sum(dim=1), dim=0)
    real = torch.tensor(case["real"])
    logs = released.log()
    return {"paper": paper, "released": released, "released-loss": logs[~real].mean() - logs[real].mean()}


def organ(case):
    """Guimaraes et al. 2017: the discriminator mixed with an objective that repetition divides."""
    sequences = [tuple(row) for row in case["sequences"]]
    counts = Counter(sequences)
    share = len(counts) / len(sequences)
    penalised = case.tensor("objective") * torch.tensor([share / counts[row] for row in sequences])
    weight = case["lambda"]
    return {
        "penalised": penalised,
        "reward": weight * case.tensor("discriminator") + (1 - weight) * penalised,
    }


def cot(case):
    """Lu et al. 2019: mean over tokens that count of sum_v G (log G - log M)."""
    logits = case.tensor("generator-logits").requires_grad_()
    ours = torch.log_softmax(logits, dim=2)
    mediator = torch.log_softmax(case.tensor("mediator-logits"), dim=2)
    counts = before_the_ends(case["lengths"], logits.shape[1])
    loss = ((ours.exp() * (ours - mediator)).sum(dim=2) * counts).sum() / counts.sum()
    return {"loss": loss, "generator-logits-gradient": torch.autograd.grad(loss, logits)[0]}


def before_the_ends(lengths, time):
    """1 where a token counts, 0 after the end: (batch, time)."""
    return (torch.arange(time) < torch.tensor(lengths).unsqueeze(1)).to(torch.float64)


def jsdgan(case):
    """Li et al. 2019: log D of the best discriminator, with p_data = 1/B; the loss is summed."""
    log_likelihoods = case.tensor("log-likelihoods")
    rewards = logsigmoid(log_likelihoods + math.log(len(log_likelihoods)))
    weights = log_likelihoods.exp() * rewards
    return {"rewards": rewards, "weights": weights, "loss": (weights * log_likelihoods).sum()}


def dgsan(case):
    """Montahaei et al. 2019: the new generator against the old one, as its own discriminator."""
    real = case.tensor("real-new").requires_grad_()
    generated = case.tensor("generated-new").requires_grad_()
    loss = (
        softplus(case.tensor("real-old") - real).sum() + softplus(generated - case.tensor("generated-old")).sum()
    )
    by_real, by_generated = torch.autograd.grad(loss, [real, generated])
    return {"loss": loss, "real-new-gradient": by_real, "generated-new-gradient": by_generated}


def scratchgan(case):
    """De Masson d'Autume et al. 2019: rewards 2 D - 1 of tokens, discounted, beside a moving average."""
    logits = case.tensor("logits")
    counts = before_the_ends(case["lengths"], logits.shape[1])
    rewards = (2 * torch.sigmoid(logits) - 1) * counts
    returns = torch.zeros_like(rewards)
    later = torch.zeros(len(rewards))
    for t in reversed(range(rewards.shape[1])):
        later = rewards[:, t] + case["gamma"] * later
        returns[:, t] = later
    decay = case["baseline-decay"]
    mean = (returns * counts).sum() / counts.sum()
    baseline = decay * case["baseline"] + (1 - decay) * mean
    return {
        "rewards": rewards,
        "returns": returns,
        "new-baseline": baseline,
        "weights": (returns - baseline) * counts,
    }


def wgan_gp(case):
    """Gulrajani et al. 2017: 10 (norm - 1)^2 between real and generated, by a critic of one convolution."""
    weights = parameters({name: case[name] for name in ("filters", "filter-bias", "output")})
    real, fake = case.tensor("real"), case.tensor("fake")

    def critic(rows):
        windows = rows.unfold(1, weights["filters"].shape[1], 1)  # (batch, places, vocab, width)
        convolved = torch.einsum("bpvk,fkv->bpf", windows, weights["filters"]) + weights["filter-bias"]
        return (torch.relu(convolved) * weights["output"]).sum(dim=(1, 2)) + case["output-bias"]

    alpha = case.tensor("alpha")[:, None, None]
    between = (real + alpha * (fake - real)).requires_grad_()
    slope = torch.autograd.grad(critic(between).sum(), between, create_graph=True)[0]
    penalty = 10 * ((slope.flatten(1).norm(dim=1) - 1) ** 2).mean()
    loss = critic(fake).mean() - critic(real).mean() + penalty
    by = gradients(loss, weights)
    return {"penalty": penalty, "loss": loss, **{name + "-gradient": by[name] for name in weights}}


def relgan(case):
    """Nie et al. 2019: relativistic losses, temperatures that rise, and relaxed tokens by Gumbel noise."""
    real, fake = case.tensor("real"), case.tensor("fake")
    steps, total, maximum = case.tensor("steps"), case["total"], case["maximum"]
    noise = -torch.log(-torch.log(case.tensor("uniform")))
    noisy = case.tensor("logits") + noise
    return {
        "d-loss": softplus(fake - real).mean(),
        "g-loss": softplus(real - fake).mean(),
        "exponential": maximum ** (steps / total),
        "linear": 1 + steps / (total - 1) * (maximum - 1),
        "relaxed": torch.softmax(case["inverse-temperature"] * noisy, dim=-1),
        "tokens": noisy.argmax(dim=-1),
    }


def leakgan(case):
    """Guo et al. 2018: rewards by ranks, and how far features moved along their goals."""
    scores = case.tensor("scores")
    ranks = torch.empty_like(scores)
    ranks[scores.argsort(descending=True)] = torch.arange(1.0, len(scores) + 1)
    features, goals, c = case.tensor("features"), case.tensor("goals"), case["step"]
    last = len(features) - 1
    return {
        "rescaled": torch.sigmoid(case["delta"] * (0.5 - ranks / len(scores))),
        "intrinsic-from-step": [
            math.fsum(along(features[t] - features[t - i], goals[t - i]) for i in range(1, c + 1)) / c
            for t in range(c, last + 1)
        ],
        "manager-cosine": [along(features[t + c] - features[t], goals[t]) for t in range(last - c + 1)],
    }


def along(move, goal):
    return cosine_similarity(move, goal, dim=0).item()


MODELS = {"generator": generator, "discriminator": discriminator, "bleu": bleu, "welch": welch}
METHODS = {
    "cot": cot,
    "dgsan": dgsan,
    "jsdgan": jsdgan,
    "leakgan": leakgan,
    "maligan": maligan,
    "metrics": metrics,
    "organ": organ,
    "rankgan": rankgan,
    "relgan": relgan,
    "scratchgan": scratchgan,
    "wgan-gp": wgan_gp,
}


# ---- files ----


def computed(name, fields, function):
    """The fields of a case with what comes of its inputs computed anew."""
    case = Inputs(fields)
    results = numbers(function(case))
    missing = results.keys() - fields.keys()
    unknown = fields.keys() - results.keys() - case.read - DESCRIPTIONS
    if missing or unknown or results.keys() & case.read:
        sys.exit("%s: not in the file: %s; of unknown origin: %s" % (name, sorted(missing), sorted(unknown)))
    return {**fields, **results}


def differences(name, old, new, tolerance, where=""):
    """A line for each field whose numbers differ."""
    if isinstance(old, dict):
        return [
            line for key in old for line in differences(name, old[key], new[key], tolerance, where + "." + str(key))
        ]
    if isinstance(old, str) or old == new:
        return [] if old == new else ["%s%s: %s is now %s" % (name, where, old, new)]
    before, after = torch.tensor(old), torch.tensor(new)
    if before.shape != after.shape:
        return ["%s%s: the shape %s is now %s" % (name, where, tuple(before.shape), tuple(after.shape))]
    scale = max(before.abs().max().item(), 1e-300)
    worst = (before - after).abs().max().item() / scale
    return [] if worst <= tolerance else ["%s%s: differs by %.1e of its largest number" % (name, where, worst)]


def main():
    parser = argparse.ArgumentParser(description="Computes the reference numbers of this folder again.")
    parser.add_argument("--check", action="store_true", help="compare with the files and write nothing")
    check = parser.parse_args().check
    found = []
    files = [(FOLDER / (name + ".json"), name, function) for name, function in MODELS.items()]
    files += [(FOLDER / "methods" / (name + ".json"), name, function) for name, function in METHODS.items()]
    known = {path for path, _, _ in files}
    found += ["%s: no function computes it" % path.name for path in FOLDER.rglob("*.json") if path not in known]
    for path, name, function in files:
        old = json.loads(path.read_text(encoding="utf-8"))
        if name in METHODS:
            cases = [computed(name, case, function) for case in old["cases"]]
            new = {**old, "cases": cases}
            pairs = list(zip(old["cases"], cases))
        else:
            new = computed(name, old, function)
            pairs = [(old, new)]
        tolerance = TOLERANCES.get(name, TOLERANCE)
        for number, (before, after) in enumerate(pairs):
            found += differences("%s[%d]" % (name, number), before, after, tolerance)
        if not check:
            path.write_text(json.dumps(new, separators=(",", ":")), encoding="utf-8")
    for line in found:
        print(line)
    if check:
        print("%d files, %d differences" % (len(files), len(found)))
        sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
