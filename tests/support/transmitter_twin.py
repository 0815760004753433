#!/usr/bin/env python3
"""The transmitter neuron in plain Python, in the manner of the program it was first published as: one object per neuron,
lists of two channels, links in dictionaries. It is the yardstick of the benchmarks and an independent check of the rules.

  transmitter_twin.py --neurons 1000 --links 10 --ticks 50 --json    how fast is it?
  transmitter_twin.py --verify TRACE.json ...                        does it obey the golden traces?

Rules: docs/dynamics/transmitter.md. Extensions (capacity, leak, other kinds of links) are not part of the twin.
"""
import argparse
import json
import sys
import time

EXCITING, INHIBITING = 0, 1


class Neuron:
    def __init__(self, threshold=10.0, returnability=0.1, speed=5, recovery=5, production=(5.0, -0.1), sta=0, str_=0):
        self.threshold = threshold
        self.returnability = returnability
        self.speed = speed
        self.recovery = recovery
        self.production = list(production)
        self.steps_to_activation = sta
        self.steps_to_recovery = str_
        self.accumulated = [0.0, 0.0]
        self.synapse = [0.0, 0.0]
        self.dendrite = [0.0, 0.0]
        self.state = [0.0, 0.0]
        self.phase = 'I'

    def step(self, release):
        for channel in (EXCITING, INHIBITING):
            self.accumulated[channel] += self.production[channel]
        if self.steps_to_recovery > 0:
            self.phase = 'R'
            self.steps_to_recovery -= 1
        elif self.steps_to_activation == 1:
            self.phase = 'X'
            self.steps_to_activation = 0
            release(self)
            self.steps_to_recovery = self.recovery
        elif self.steps_to_activation > 0:
            self.phase = 'C'
            self.steps_to_activation -= 1
        elif self.state[EXCITING] + self.state[INHIBITING] > self.threshold:
            self.phase = 'A'
            self.state = [0.0, 0.0]
            self.steps_to_activation = self.speed
        else:
            self.phase = 'I'
            for channel in (EXCITING, INHIBITING):
                self.state[channel] += self.dendrite[channel]
            self.dendrite = [0.0, 0.0]


def fill_synapse(neuron):
    """literal: everything goes out, and a part stays nevertheless."""
    for channel in (EXCITING, INHIBITING):
        neuron.synapse[channel] += neuron.accumulated[channel]
        neuron.accumulated[channel] *= neuron.returnability


def move_to_synapse(neuron):
    """sync: what stays does not go out."""
    for channel in (EXCITING, INHIBITING):
        stays = neuron.accumulated[channel] * neuron.returnability
        neuron.synapse[channel] = neuron.accumulated[channel] - stays
        neuron.accumulated[channel] = stays


class Network:
    def __init__(self, mode):
        self.mode = mode
        self.neurons = {}  # name -> Neuron, in order of insertion
        self.links = {}    # name -> list of names
        self.tick = self.tick_sync if mode == 'sync' else self.tick_literal

    def add(self, name, neuron):
        self.neurons[name] = neuron
        self.links[name] = []

    def deliver(self, name, neuron):
        targets = self.links[name]
        for target in targets:
            dendrite = self.neurons[target].dendrite
            for channel in (EXCITING, INHIBITING):
                dendrite[channel] += neuron.synapse[channel] / len(targets)

    def tick_literal(self):
        for name, neuron in self.neurons.items():
            neuron.step(fill_synapse)
            for channel in (EXCITING, INHIBITING):
                neuron.synapse[channel] *= 0.1
            self.deliver(name, neuron)

    def tick_sync(self):
        for neuron in self.neurons.values():
            neuron.synapse[EXCITING] = neuron.synapse[INHIBITING] = 0.0
            neuron.step(move_to_synapse)
        for name, neuron in self.neurons.items():
            if neuron.phase == 'X':
                self.deliver(name, neuron)


def mixed(value):
    """The splitmix64 finaliser: the same bits here and in the benchmark, so that both run the same network."""
    mask = 0xffffffffffffffff
    value = (value + 0x9e3779b97f4a7c15) & mask
    value = ((value ^ (value >> 30)) * 0xbf58476d1ce4e5b9) & mask
    value = ((value ^ (value >> 27)) * 0x94d049bb133111eb) & mask
    return value ^ (value >> 31)


def firing_network(mode, neurons, links):
    """Everybody starts at another time and reaches `links` others: soon all fire at the highest rate. The production is ten
    times the usual, because the literal rule hands over a ninth only and would fall silent."""
    network = Network(mode)
    for k in range(neurons):
        network.add(k, Neuron(production=(50.0, -1.0), sta=1 + mixed(k) % 12))
    for k in range(neurons):
        targets = network.links[k]
        draw = 0
        while len(targets) < min(links, neurons - 1):
            target = mixed(k * 4096 + draw + (1 << 40)) % neurons
            draw += 1
            if target != k and target not in targets:
                targets.append(target)
        targets.sort()
    return network


def measure(arguments):
    network = firing_network(arguments.mode, arguments.neurons, arguments.links)
    for _ in range(arguments.warmup):
        network.tick()
    releases = 0
    spent = 0.0
    for _ in range(arguments.ticks):
        begin = time.process_time()
        network.tick()
        spent += time.process_time() - begin
        releases += sum(neuron.phase == 'X' for neuron in network.neurons.values())
    result = {
        'neurons': arguments.neurons,
        'links_per_neuron': arguments.links,
        'mode': arguments.mode,
        'ticks': arguments.ticks,
        'releases': releases,
        'accumulated': sum(neuron.accumulated[EXCITING] for neuron in network.neurons.values()),
        'cpu_seconds': spent,
        'neuron_steps_per_second': arguments.neurons * arguments.ticks / spent,
    }
    if arguments.json:
        print(json.dumps(result))
    else:
        print(f"{result['neuron_steps_per_second']:.3g} neuron-steps per CPU second, {releases} releases")
    return 0


def state_of(neuron):
    return [*neuron.accumulated, *neuron.synapse, *neuron.dendrite, *neuron.state, neuron.steps_to_activation,
            neuron.steps_to_recovery]


def first_deviation(trace):
    network = Network(trace['mode'])
    for k, data in enumerate(trace['neurons']):
        network.add(k, Neuron(data['threshold'], data['returnability'], data['speed'], data['recovery'], data['production'],
                              data['sta0'], data['str0']))
    for source, target in trace['links']:
        network.links[source].append(target)
    for step in range(trace['steps']):
        for stimulus in trace['stimuli']:
            if stimulus['step'] == step + 1:
                dendrite = network.neurons[stimulus['neuron']].dendrite
                dendrite[EXCITING] += stimulus['e']
                dendrite[INHIBITING] += stimulus['i']
        network.tick()
        for k, neuron in network.neurons.items():
            pairs = list(zip(state_of(neuron), trace['trace'][step][k]))
            close = all(abs(a - b) <= max(1e-12, 1e-9 * abs(b)) for a, b in pairs[:8])
            if neuron.phase != trace['phases'][step][k] or not close or any(a != b for a, b in pairs[8:]):
                return f'cycle {step + 1}, neuron {k}'
    return None


def verify(paths):
    failures = 0
    for path in paths:
        with open(path, encoding='utf-8') as file:
            deviation = first_deviation(json.load(file))
        failures += deviation is not None
        print(path, 'PASS' if deviation is None else f'FAIL at {deviation}')
    return 1 if failures else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--neurons', type=int, default=1000)
    parser.add_argument('--links', type=int, default=10, help='outgoing links of each neuron')
    parser.add_argument('--ticks', type=int, default=20, help='ticks that are timed')
    parser.add_argument('--warmup', type=int, default=36, help='ticks before that')
    parser.add_argument('--mode', choices=('sync', 'literal'), default='sync')
    parser.add_argument('--json', action='store_true', help='print one JSON object')
    parser.add_argument('--verify', nargs='+', metavar='TRACE', help='check golden traces instead')
    arguments = parser.parse_args()
    return verify(arguments.verify) if arguments.verify else measure(arguments)


if __name__ == '__main__':
    sys.exit(main())
