#!/usr/bin/env python3
"""The figures of 'seqgan bench' in PyTorch: the same steps of SeqGAN at the sizes of the paper.

Prints a JSON object: what it ran on, and for each figure the median of repeats in seconds. Written
to be fast: roll-outs of all prefixes in one batch, the largest batches for scoring, fused Adam, no
wait for the device within a step. Training steps are asked for ten together and then waited for,
as 'seqgan bench' does; what a step gives the host is copied there.

  eager      operation by operation, the LSTM by cuDNN
  compiled   by torch.compile, mode reduce-overhead: CUDA graphs
"""

import argparse
import json
import statistics
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

START = 0
TOGETHER = 10
MOST_SCORED = 4096


class Sizes:
    """Of the preset paper, or small ones to try the script with."""

    def __init__(self, small):
        self.vocabulary = 50 if small else 5000
        self.time = 20
        self.embedding = 32
        self.hidden = 32
        self.batch = 8 if small else 64
        self.large = 16 if small else 1024
        self.samples = 40 if small else 10_000
        self.roll_outs = 2 if small else 16
        self.d_embedding = 64
        self.widths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20]
        counts = [100, 200, 200, 200, 200, 100, 100, 100, 100, 100, 160, 160]
        self.counts = [n // 10 for n in counts] if small else counts


def compiler(form):
    """What makes a function fast; each compiled function runs from a CUDA graph."""
    if form == "eager":
        return lambda function, **options: function

    def compiled(function, **options):
        inner = torch.compile(function, mode="reduce-overhead", **options)

        def call(*arguments):
            torch.compiler.cudagraph_mark_step_begin()
            return inner(*arguments)

        return call

    return compiled


class Generator(nn.Module):
    """Embedding, LSTM and a linear map to the logits of the next token."""

    def __init__(self, sizes, form):
        super().__init__()
        self.sizes = sizes
        self.by_cudnn = form == "eager"
        self.embedding = nn.Embedding(sizes.vocabulary, sizes.embedding)
        self.lstm = nn.LSTM(sizes.embedding, sizes.hidden, batch_first=True)
        self.output = nn.Linear(sizes.hidden, sizes.vocabulary)
        for parameter in self.parameters():
            nn.init.normal_(parameter, std=0.1)
        # cuDNN has two biases, of which one is enough.
        nn.init.zeros_(self.lstm.bias_hh_l0)
        self.lstm.bias_hh_l0.requires_grad_(False)

    def cell(self, x, h, c):
        """x (B, E), h and c (B, H): the next h and c."""
        lstm = self.lstm
        if self.by_cudnn:
            return torch.lstm_cell(
                x, (h, c), lstm.weight_ih_l0, lstm.weight_hh_l0, lstm.bias_ih_l0, lstm.bias_hh_l0
            )
        return self.mixed(F.linear(x, lstm.weight_ih_l0, lstm.bias_ih_l0), h, c)

    def mixed(self, inputs, h, c):
        i, f, g, o = (inputs + F.linear(h, self.lstm.weight_hh_l0)).chunk(4, dim=1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        return torch.sigmoid(o) * torch.tanh(c), c

    def hidden(self, tokens):
        """tokens (B, T): the states (B, T, H) after the start token and all tokens but the last."""
        start = torch.full_like(tokens[:, :1], START)
        x = self.embedding(torch.cat([start, tokens[:, :-1]], dim=1))
        if self.by_cudnn:
            return self.lstm(x)[0]
        inputs = F.linear(x, self.lstm.weight_ih_l0, self.lstm.bias_ih_l0)
        h = c = x.new_zeros(x.shape[0], self.sizes.hidden)
        states = []
        for t in range(x.shape[1]):
            h, c = self.mixed(inputs[:, t], h, c)
            states.append(h)
        return torch.stack(states, dim=1)

    def losses(self, tokens):
        """tokens (B, T): -log p of each, (B, T)."""
        logits = self.output(self.hidden(tokens).flatten(0, 1))
        return F.cross_entropy(logits, tokens.flatten(), reduction="none").view_as(tokens)

    def mle_loss(self, tokens):
        return self.losses(tokens).mean()

    def policy_loss(self, tokens, rewards):
        return (self.losses(tokens) * rewards).mean()

    def draw(self, h):
        """h (B, H): a token for each row; the largest of logits and Gumbel noise."""
        logits = self.output(h)
        noise = -torch.log(torch.rand_like(logits))  # exponential; of 0 it is infinite: never drawn
        return (logits - torch.log(noise)).argmax(dim=1)

    def read(self, ids, h, c):
        """Reads a token (B): the next h and c."""
        return self.cell(self.embedding(ids), h, c)

    def step(self, ids, h, c):
        """Reads a token (B), then draws the next: its id, h and c."""
        h, c = self.read(ids, h, c)
        return self.draw(h), h, c

    def sample(self, like):
        """Sequences (B, T); the shape of like (B) says how many."""
        ids = torch.full_like(like, START)
        h = c = self.output.weight.new_zeros(like.shape[0], self.sizes.hidden)
        tokens = []
        for _ in range(self.sizes.time):
            ids, h, c = self.step(ids, h, c)
            tokens.append(ids)
        return torch.stack(tokens, dim=1)


class Discriminator(nn.Module):
    """Convolutions of many widths, the maximum over time, a highway layer, and two classes."""

    def __init__(self, sizes):
        super().__init__()
        features = sum(sizes.counts)
        self.embedding = nn.Embedding(sizes.vocabulary, sizes.d_embedding)
        self.filters = nn.ParameterList(
            nn.Parameter(torch.randn(n, sizes.d_embedding, width) * 0.1)
            for width, n in zip(sizes.widths, sizes.counts)
        )
        self.bias = nn.Parameter(torch.full((features,), 0.1))
        self.transform = nn.Linear(features, features)
        self.gate = nn.Linear(features, features)
        nn.init.constant_(self.gate.bias, -2)
        self.output = nn.Linear(features, 2)

    def logits(self, tokens):
        x = self.embedding(tokens).transpose(1, 2)  # (B, E, T)
        # ReLU and the bias keep the order: they come after the maximum, on T times fewer numbers.
        maxima = [F.conv1d(x, weights).amax(dim=2) for weights in self.filters]
        features = torch.relu(torch.cat(maxima, dim=1) + self.bias)
        gate = torch.sigmoid(self.gate(features))
        mixed = gate * torch.relu(self.transform(features)) + (1 - gate) * features
        return self.output(F.dropout(mixed, 0.25, self.training))

    def loss(self, tokens, labels):
        squares = self.output.weight.square().sum() + self.output.bias.square().sum()
        return F.cross_entropy(self.logits(tokens), labels) + 0.1 * squares  # lambda 0.2, halved

    def probability(self, tokens):
        return torch.softmax(self.logits(tokens), dim=1)[:, 1]


def learned(model):
    return [parameter for parameter in model.parameters() if parameter.requires_grad]


def adam(model, rate, device):
    options = {"fused": True} if device.type == "cuda" else {"foreach": True}
    return torch.optim.Adam(learned(model), lr=rate, **options)


class Workload:
    """The steps that are timed, by name."""

    def __init__(self, sizes, form, device):
        self.sizes = sizes
        self.device = device
        fast = compiler(form)
        self.generator = Generator(sizes, form).to(device)
        self.discriminator = Discriminator(sizes).to(device)
        self.g_adam = adam(self.generator, 0.01, device)
        self.d_adam = adam(self.discriminator, 1e-4, device)
        self.mle_loss = fast(self.generator.mle_loss, dynamic=False)
        self.policy_loss = fast(self.generator.policy_loss, dynamic=False)
        self.sample = fast(self.generator.sample, dynamic=False)
        self.read = fast(self.generator.read, dynamic=False)
        self.step = fast(self.generator.step)  # for rows that grow
        self.d_loss = fast(self.discriminator.loss, dynamic=False)
        self.probability = fast(self.discriminator.probability, dynamic=False)
        # On the host, as where a batch of training comes from.
        self.tokens = self.pinned(torch.randint(sizes.vocabulary, (sizes.batch, sizes.time)))
        self.labels = self.pinned(torch.arange(sizes.batch) % 2)
        self.scored = self.pinned(torch.randint(sizes.vocabulary, (sizes.large, sizes.time)))

    def pinned(self, tensor):
        return tensor.pin_memory() if self.device.type == "cuda" else tensor

    def there(self, tensor):
        return tensor.to(self.device, non_blocking=True)

    def rows(self, count):
        return torch.zeros(count, dtype=torch.long, device=self.device)

    def works(self):
        """Name, how many are asked for together, and a function that gives a loss or a result."""
        sizes = self.sizes
        return [
            ("mle_step_64", TOGETHER, self.mle_step),
            ("sample_64", 1, lambda: self.drawn(sizes.batch)),
            ("sample_10000_batch1024", 1, self.sample_many),
            ("d_train_step_64", TOGETHER, self.d_step),
            ("d_infer_64", 1, lambda: self.inferred(self.tokens)),
            ("d_infer_1024", 1, lambda: self.inferred(self.scored)),
            ("g_adv_step_64", 1, self.adversarial_step),
        ]

    def update(self, model, optimizer, loss, clip):
        loss.backward()
        if clip:
            torch.nn.utils.clip_grad_norm_(learned(model), 5.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        return loss.detach()

    def mle_step(self):
        loss = self.mle_loss(self.there(self.tokens))
        return self.update(self.generator, self.g_adam, loss, clip=True)

    def d_step(self):
        self.discriminator.train()
        loss = self.d_loss(self.there(self.tokens), self.there(self.labels))
        return self.update(self.discriminator, self.d_adam, loss, clip=False)

    @torch.no_grad()
    def drawn(self, count):
        return self.sample(self.rows(count)).cpu()

    def sample_many(self):
        sizes = self.sizes
        return torch.cat(
            [
                self.drawn(min(sizes.large, sizes.samples - first))
                for first in range(0, sizes.samples, sizes.large)
            ]
        )

    @torch.no_grad()
    def inferred(self, tokens):
        self.discriminator.eval()
        return self.probability(self.there(tokens)).cpu()

    @torch.no_grad()
    def scores(self, tokens):
        """tokens (N, T) on the device: (N); in equal parts, so that all have one shape."""
        self.discriminator.eval()
        parts = -(-tokens.shape[0] // MOST_SCORED)
        while tokens.shape[0] % parts:
            parts += 1
        return torch.cat([self.probability(part).clone() for part in tokens.chunk(parts)])

    @torch.no_grad()
    def rewards(self, batch):
        """batch (B, T): the mean score of N completions of each prefix, (B, T)."""
        sizes = self.sizes
        rows = sizes.batch * sizes.roll_outs
        prefixes = sizes.time - 1
        completed = batch.repeat(sizes.roll_outs * prefixes, 1)  # (T-1, N, B) rows
        h = c = self.generator.output.weight.new_zeros(sizes.batch, sizes.hidden)
        start = torch.full_like(batch[:, 0], START)
        h, c = (each.clone() for each in self.read(start, h, c))
        # Rows that have begun: the last token that they drew, and the state before they read it.
        ids = all_h = all_c = None
        for s in range(1, sizes.time):
            # Prefixes of s tokens begin: they read their last token as the others read theirs.
            last = batch[:, s - 1]
            new = [last.repeat(sizes.roll_outs), h.repeat(sizes.roll_outs, 1)]
            new.append(c.repeat(sizes.roll_outs, 1))
            if ids is None:
                ids, all_h, all_c = new
            else:
                ids = torch.cat([ids, new[0]])
                all_h, all_c = torch.cat([all_h, new[1]]), torch.cat([all_c, new[2]])
            ids, all_h, all_c = (each.clone() for each in self.step(ids, all_h, all_c))
            completed[: s * rows, s] = ids
            h, c = (each.clone() for each in self.read(last, h, c))
        scores = self.scores(torch.cat([completed, batch]))
        means = scores[: prefixes * rows].view(prefixes, sizes.roll_outs, sizes.batch).mean(dim=1)
        return torch.cat([means, scores[prefixes * rows :].unsqueeze(0)]).t()

    def adversarial_step(self):
        with torch.no_grad():
            batch = self.sample(self.rows(self.sizes.batch)).clone()
        rewards = self.rewards(batch).contiguous()
        loss = self.policy_loss(batch, rewards)
        return self.update(self.generator, self.g_adam, loss, clip=True)


def measure(name, together, work, device, quick):
    """Times a work as 'seqgan bench' does."""
    together = 1 if quick else together
    warm_up, seconds, least, most = (0, 0, 1, 1) if quick else (4, 5, 5, 400)

    def once():
        start = time.perf_counter()
        for _ in range(together):
            result = work()
        if device.type == "cuda":
            torch.cuda.synchronize()
        return (time.perf_counter() - start) / together, result

    def repeat(at_least):
        times = []
        first = time.perf_counter()
        while len(times) < most and (
            len(times) < least or time.perf_counter() - first < at_least
        ):
            times.append(once()[0])
        return times

    _, result = once()  # compiles
    if result.dtype.is_floating_point and not torch.isfinite(result).all():
        raise ValueError("a result is not finite")
    repeat(warm_up)
    times = repeat(seconds)
    return {
        "name": name,
        "median-seconds": statistics.median(times),
        "min-seconds": min(times),
        "max-seconds": max(times),
        "repeats": len(times),
        "shape": list(result.shape),
    }


def run(arguments):
    report = {"torch": torch.__version__, "cuda": torch.version.cuda, "form": arguments.form}
    report["precision"] = arguments.precision
    report["figures"] = []
    if arguments.device == "cuda" and not torch.cuda.is_available():
        report["skipped"] = "this PyTorch finds no CUDA device"
        return report
    if arguments.form == "compiled" and not hasattr(torch, "compile"):
        report["skipped"] = "this PyTorch has no torch.compile"
        return report
    device = torch.device(arguments.device)
    report["device"] = torch.cuda.get_device_name() if device.type == "cuda" else "cpu"
    tf32 = arguments.precision == "tf32"
    torch.backends.cuda.matmul.allow_tf32 = tf32
    torch.backends.cudnn.allow_tf32 = tf32
    torch.manual_seed(1)
    workload = Workload(Sizes(arguments.small), arguments.form, device)
    report["parameters"] = {
        "generator": sum(each.numel() for each in learned(workload.generator)),
        "discriminator": sum(each.numel() for each in learned(workload.discriminator)),
    }
    only = arguments.only.split(",") if arguments.only else []
    for name, together, work in workload.works():
        if only and name not in only:
            continue
        try:
            figure = measure(name, together, work, device, arguments.quick)
            print(f"{name}: {1000 * figure['median-seconds']:.3f} ms", file=sys.stderr)
        except Exception as e:  # one that fails, to compile or for memory, leaves the others
            figure = {"name": name, "error": f"{type(e).__name__}: {e}".splitlines()[0]}
            print(f"{name}: {figure['error']}", file=sys.stderr)
        report["figures"].append(figure)
    return report


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--form", choices=["eager", "compiled"], default="eager")
    parser.add_argument("--precision", choices=["float32", "tf32"], default="float32")
    parser.add_argument("--device", choices=["cuda", "cpu"], default="cuda")
    parser.add_argument("--only", default="", help="names of figures, by commas")
    parser.add_argument("--quick", action="store_true", help="everything once: a check")
    parser.add_argument("--small", action="store_true", help="sizes to try the script with")
    print(json.dumps(run(parser.parse_args())))


if __name__ == "__main__":
    main()
