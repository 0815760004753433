#!/usr/bin/env python3
"""The rules of docs/dynamics/sonn.md once more, plainly: one sample after the other, no words of bits.

    sonn_twin.py --write FILE     runs the small case below and writes what came of it
    sonn_twin.py --verify FILE    runs it again and compares
    sonn_twin.py --speed          samples per second of processor time while learning, as JSON
"""
import argparse
import json
import math
import sys
import time

WORD = (1 << 64) - 1
NOISE, AMOUNT, GROWTH = 1, 2, 3  # streams


def philox(seed, stream, index, draw):
    counter = [index & 0xFFFFFFFF, index >> 32 & 0xFFFFFFFF, draw, stream]
    key = [seed & 0xFFFFFFFF, seed >> 32 & 0xFFFFFFFF]
    for _ in range(10):
        one, other = 0xD2511F53 * counter[0], 0xCD9E8D57 * counter[2]
        counter = [other >> 32 ^ counter[1] ^ key[0], other & 0xFFFFFFFF, one >> 32 ^ counter[3] ^ key[1], one & 0xFFFFFFFF]
        key = [(key[0] + 0x9E3779B9) & 0xFFFFFFFF, (key[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return counter[0]


class Draws:
    def __init__(self, seed, stream, index):
        self.state = philox(seed, stream, index, 0) << 32 | philox(seed, stream, index, 1)

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & WORD
        value = self.state
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & WORD
        value = (value ^ value >> 27) * 0x94D049BB133111EB & WORD
        return value ^ value >> 31

    def uniform(self):
        return (self.next() >> 11) * 2.0**-53

    def below(self, bound):
        return ((self.next() >> 32) * bound) >> 32


def power(base, x):
    if x >= 1:
        return base
    result = 1.0
    for _ in range(40):
        if x <= 0:
            break
        base = math.sqrt(base)
        x *= 2
        if x >= 1:
            result *= base
            x -= 1
    return result


class Sonn:
    """`columns` columns of `neurons` cells with `slots` slots over `receptors` receptors; no connection yet."""

    def __init__(self, seed, receptors, columns, neurons, slots, parameters):
        self.seed, self.receptors, self.columns, self.neurons, self.slots = seed, receptors, columns, neurons, slots
        self.p = parameters
        self.links = [{} for _ in range(columns * neurons)]  # per cell: receptor -> weight
        self.cap = parameters["cap"]  # sums stay far below 16 bits here
        self.true_mark = self.false_mark = 0.0
        self.learned = 0
        self.judged = 0
        self.accuracy = 0.0
        self.due = 0.0
        self.next_cell = 0
        self.previous = [0] * receptors
        self.share = [0.0] * receptors
        self.block = []  # (inputs, wanted, strengthened, weakened columns)

    def progress(self):
        return min(1.0, self.learned / self.p["schedule"]) if self.p["schedule"] > 0 else 0.0

    def rate(self):
        return self.p["event_rate"] * power(self.p["event_rate_end"] / self.p["event_rate"], self.progress())

    def cooling(self):
        share = self.p["cool_share"]
        cooled = self.progress() - (1 - share)
        return power(self.p["cool_to"], min(1.0, cooled / share)) if share > 0 and cooled > 0 else 1.0

    def disturbed(self, inputs):
        """Each value of the sample with the noise's probability that of the sample before."""
        index = self.learned + len(self.block)
        noise = math.floor(self.p["noise"] * 256 + 0.5)
        draws, replaced, result = Draws(self.seed, NOISE, index // 64), 0, []
        for receptor in range(self.receptors):
            if noise and receptor % self.p["levels"] == 0:
                word = 0
                for bit in range(8):
                    random = draws.next()
                    word = word | random if noise >> bit & 1 else word & random
                replaced = word >> index % 64 & 1
            result.append(self.previous[receptor] if replaced else inputs[receptor])
        self.previous = list(inputs)
        return result

    def potential(self, cell, inputs):
        return sum(weight for receptor, weight in self.links[cell].items() if inputs[receptor])

    def spikes(self, inputs):
        counts = [0] * self.columns
        for cell in range(len(self.links)):
            if self.potential(cell, inputs) >= self.p["threshold"]:
                counts[cell // self.neurons] += 1
        return counts

    def teach(self, inputs, wanted):
        """One sample with its class; returns the spikes of the columns."""
        inputs = self.disturbed(inputs)
        counts = self.spikes(inputs)
        rate, step = self.rate(), self.p["mark_step"]
        margin = counts[wanted] - max(count for column, count in enumerate(counts) if column != wanted)
        strengthen = margin < self.true_mark
        self.true_mark -= step * (1 - rate if strengthen else -rate)
        false_rate = rate / self.p["false_share"]
        weakened = []
        for column in range(self.columns):
            if column == wanted:
                continue
            above = counts[column] - counts[wanted] > self.false_mark
            self.false_mark += step * (1 - false_rate if above else -false_rate)
            if above:
                weakened.append(column)
        self.judged += 1
        right = 1.0 if counts.index(max(counts)) == wanted else 0.0
        self.accuracy += (right - self.accuracy) / min(float(self.judged), 1000.0)
        self.block.append((inputs, wanted, strengthen, weakened))
        if len(self.block) >= self.p["block"]:
            self.absorb()
        return counts

    def absorb(self):
        self.reinforce()
        self.count_shares()
        self.grow()
        self.decay()
        self.learned += len(self.block)
        self.block = []

    def reinforce(self):
        draws = Draws(self.seed, AMOUNT, self.learned)
        cooling = self.cooling()
        strengthen = math.floor(self.p["strengthen"] * cooling + draws.uniform())
        weaken = math.floor(self.p["weaken"] * cooling + draws.uniform())
        for cell, links in enumerate(self.links):
            column = cell // self.neurons
            change = dict.fromkeys(links, 0)
            for inputs, wanted, is_strengthened, weakened in self.block:
                plus = is_strengthened and column == wanted
                minus = column in weakened
                if not (plus or minus):
                    continue
                if not self.p["window_low"] <= self.potential(cell, inputs) <= self.p["window_high"]:
                    continue
                for receptor in links:
                    if inputs[receptor]:
                        change[receptor] += strengthen if plus else -weaken
            for receptor, amount in change.items():
                links[receptor] = max(-self.cap, min(self.cap, links[receptor] + amount))

    def count_shares(self):
        count = float(len(self.block))
        rate = count / min(float(self.learned) + count, 10000.0)
        for receptor in range(self.receptors):
            now = sum(inputs[receptor] for inputs, *_ in self.block) / count
            self.share[receptor] += (now - self.share[receptor]) * rate

    def grow(self):
        for place, (inputs, wanted, _, _) in enumerate(self.block):
            index = self.learned + place
            attempts = math.floor(self.p["growth"] * (index + 1)) - math.floor(self.p["growth"] * index)
            draws = Draws(self.seed, GROWTH, index)
            for _ in range(attempts):
                links = self.links[wanted * self.neurons + draws.below(self.neurons)]
                if len(links) >= self.slots:
                    continue
                for _ in range(24):
                    receptor = draws.below(self.receptors)
                    if not inputs[receptor]:
                        continue
                    if not self.p["least_share"] <= self.share[receptor] <= self.p["most_share"]:
                        continue
                    weight = self.p["new_weight"] + (2 * draws.uniform() - 1) * self.p["new_spread"]
                    if receptor not in links:
                        links[receptor] = max(-self.cap, min(self.cap, math.floor(weight + 0.5)))
                    break

    def decay(self):
        self.due += self.p["decay"] * self.cooling() * len(self.block) / 1000 * len(self.links)
        while self.due >= 1:
            links = self.links[self.next_cell % len(self.links)]
            for receptor in list(links):
                weight = links[receptor]
                links[receptor] = weight - (weight > 0) + (weight < 0)
                if abs(links[receptor]) < self.p["prune"]:
                    del links[receptor]
            self.next_cell = self.next_cell % len(self.links) + 1
            self.due -= 1


SMALL = {"receptors": 24, "columns": 3, "neurons": 5, "slots": 6, "samples": 1500, "seed": 7,
         "parameters": {"threshold": 1000, "window_low": 300, "window_high": 1700, "strengthen": 40, "weaken": 34,
                        "event_rate": 0.3, "event_rate_end": 0.1, "false_share": 2, "mark_step": 0.5, "decay": 20,
                        "prune": 80, "cap": 3000, "growth": 0.7, "new_weight": 300, "new_spread": 120,
                        "least_share": 0.05, "most_share": 0.95, "noise": 0.1, "levels": 2, "block": 24,
                        "schedule": 1200, "cool_share": 0.3, "cool_to": 0.2}}


def sample(receptors, columns, index):
    """Its class and its inputs, one of two levels of each value."""
    draws = Draws(99, 50, index)
    wanted = draws.below(columns)
    inputs = [0] * receptors
    for value in range(receptors // 2):
        usual = value % columns == wanted
        inputs[2 * value + (usual != (draws.below(5) == 0))] = 1
    return wanted, inputs


def run(case):
    sonn = Sonn(case["seed"], case["receptors"], case["columns"], case["neurons"], case["slots"], case["parameters"])
    heard = []
    for index in range(case["samples"]):
        wanted, inputs = sample(case["receptors"], case["columns"], index)
        heard.append(sonn.teach(inputs, wanted))
    return {"links": [sorted(links.items()) for links in sonn.links], "share": sonn.share, "accuracy": sonn.accuracy,
            "true_mark": sonn.true_mark, "false_mark": sonn.false_mark, "learned": sonn.learned, "spikes": heard}


def speed():
    parameters = dict(SMALL["parameters"], threshold=3500, window_low=2000, window_high=5000, growth=4, block=8)
    sonn = Sonn(1, 3136, 10, 380, 20, parameters)
    draws = Draws(1, 51, 0)
    for links in sonn.links:
        while len(links) < sonn.slots:
            links[draws.below(sonn.receptors)] = 250
    shown = [sample(3136, 10, index) for index in range(24)]
    for wanted, inputs in shown[:8]:
        sonn.teach(inputs, wanted)
    began = time.process_time()
    for wanted, inputs in shown[8:]:
        sonn.teach(inputs, wanted)
    taught = time.process_time() - began
    began = time.process_time()
    for _, inputs in shown[8:]:
        sonn.spikes(inputs)
    print(json.dumps({"taught_per_second": 16 / taught, "seen_per_second": 16 / (time.process_time() - began),
                      "connections": sum(map(len, sonn.links))}))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--write")
    parser.add_argument("--verify")
    parser.add_argument("--speed", action="store_true")
    options = parser.parse_args()
    if options.speed:
        speed()
    if options.write:
        with open(options.write, "w", encoding="utf-8") as out:
            json.dump({"case": SMALL, "outcome": run(SMALL)}, out, separators=(",", ":"))
    if options.verify:
        with open(options.verify, encoding="utf-8") as file:
            golden = json.load(file)
        outcome = json.loads(json.dumps(run(golden["case"])))
        if outcome != golden["outcome"]:
            sys.exit("the run differs from " + options.verify)
        print("the same")


if __name__ == "__main__":
    main()
