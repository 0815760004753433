#!/usr/bin/env python3
"""Plexus in plain Python, as the program that it was first published as is made: one object per neuron; subscriptions in a
dictionary from source objects to weights; the derivative a method that is asked wherever the rule says D; a random member
copied and taken out of the queue at each fire; whoever has fired looked for in every generation. Left out: the published
program's rest of a millisecond in every generation. Nothing is made slower or quicker than that on purpose; the two rules
that were never published are written in the same manner. It is the yardstick of the benchmarks and an independent check of
the rules.

  plexus_twin.py --neurons 14 --inputs 4 --outputs 2 --connectivity 1 --rule sign --waves 200    how fast is it?
  plexus_twin.py --check --rule sign                                                            what does it compute?

Rules: docs/dynamics/plexus.md.
"""
import argparse
import json
import math
import random
import sys
import time

SENSORY, INTER, MOTOR = 'sensory', 'inter', 'motor'


def clamp(value):
    return min(max(value, 0.0), 1.0)


class Neuron:
    def __init__(self, network, role=INTER):
        self.network = network
        self.role = role
        self.subscriptions = {}  # source -> weight
        self.publications = set()
        self.potential = random.uniform(0.1, 1.0)
        self.desired = None
        self.loss = None
        self.fire_count = 0
        self.ban = 0
        self.blame_lock = None

    def subscribe(self, source, weight):
        self.subscriptions[source] = weight
        source.publications.add(self)

    def derivative(self, potential):
        return potential * (1 - potential)

    def total(self):
        total = 0.0
        for source, weight in self.subscriptions.items():
            total += source.potential * weight
        return total

    def fire(self):
        if self.role == SENSORY:
            return
        self.potential = self.network.activation(self.total())
        self.fire_count += 1
        self.network.fires += 1
        if self.desired is not None:
            self.network.learn(self)


class Network:
    def __init__(self, rule, fan_in, precision=2, rate=4.0, blame=2.0, decay=1.0):
        self.rule = rule
        self.fan_in = fan_in
        self.precision = precision
        self.rate = rate
        self.blame = blame
        self.decay = decay
        self.root = max(1, int(math.sqrt(fan_in)))
        self.limit = int(math.sqrt(self.root)) if rule == 'article' else self.root
        self.learn = {'article': self.learn_by_trial, 'sign': self.learn_by_sign,
                      'sign repaired': self.learn_by_repaired_sign, 'gradient': self.learn_by_gradient}[rule]
        self.neurons = []
        self.first_queue = set()
        self.waves = 0
        self.fires = 0

    def add(self, role):
        self.neurons.append(Neuron(self, role))
        return self.neurons[-1]

    def of(self, role):
        return [neuron for neuron in self.neurons if neuron.role == role]

    def ready(self):
        self.sensory, self.motors = self.of(SENSORY), self.of(MOTOR)
        self.readable = [neuron for neuron in self.neurons if neuron.role != MOTOR]
        self.first_queue = set().union(*(neuron.publications for neuron in self.sensory))

    def activation(self, total):
        if self.rule == 'article':
            return round(abs(math.sin(total ** 2 / math.sqrt(self.fan_in))), self.precision)
        return 1.0 / (1.0 + math.exp(-total))

    def difference(self, neuron):
        """The loss with its sign, or none where there is nothing to learn."""
        neuron.loss = neuron.potential - neuron.desired
        if neuron.loss == 0:
            neuron.desired = None
        return neuron.loss

    def sign_and_size(self, loss):
        size = abs(loss) ** 2
        return (-1 if loss > 0 else 1), size * self.decay ** (self.fires / 1000)

    def learn_by_sign(self, neuron):
        loss = self.difference(neuron)
        if loss == 0:
            return
        sign, size = self.sign_and_size(loss)
        for source, weight in neuron.subscriptions.items():
            source.desired = source.potential + sign * neuron.derivative(source.potential)
            neuron.subscriptions[source] = weight + (size * sign) * neuron.derivative(source.potential)

    def learn_by_repaired_sign(self, neuron):
        loss = self.difference(neuron)
        if loss == 0:
            return
        sign, size = self.sign_and_size(loss)
        for source, weight in neuron.subscriptions.items():
            side = (weight > 0) - (weight < 0)
            source.desired = source.potential + sign * side * neuron.derivative(source.potential)
            neuron.subscriptions[source] = weight + (size * sign) * source.potential

    def learn_by_gradient(self, neuron):
        loss = self.difference(neuron)
        if loss == 0:
            return
        gradient = -loss * neuron.derivative(neuron.potential)
        for source, weight in neuron.subscriptions.items():
            source.desired = clamp(source.potential + self.blame * gradient * weight)
            neuron.subscriptions[source] = weight + self.rate * gradient * source.potential

    def level(self):
        return round(random.uniform(0.1, 1.0), self.precision)

    def learn_by_trial(self, neuron):
        def loss():
            return round(abs(neuron.desired - neuron.potential), self.precision)
        first = neuron.loss = loss()
        if first == 0:
            neuron.desired = None
            return
        if neuron.blame_lock is not None:
            if self.waves - neuron.blame_lock < self.fan_in:
                return
            neuron.blame_lock = None
        kept = (dict(neuron.subscriptions), neuron.potential)
        for _ in range(int(self.fan_in)):
            for source in neuron.subscriptions:
                neuron.subscriptions[source] = self.level()
            neuron.potential = self.activation(neuron.total())
            neuron.loss = loss()
            if neuron.loss < first:
                return
        neuron.subscriptions, neuron.potential = kept
        neuron.loss = first
        for _ in range(self.root):
            wishes = {source: self.level() for source in neuron.subscriptions}
            potential = self.activation(sum(wishes[source] * weight for source, weight in neuron.subscriptions.items()))
            if round(abs(neuron.desired - potential), self.precision) < first:
                for source, wish in wishes.items():
                    if source.desired is None:
                        source.desired = wish
                neuron.blame_lock = self.waves
                return
        heads = random.random() < 0.5
        for _ in range(random.randint(1, self.root)):
            if heads:
                new = [source for source in self.readable if source not in neuron.subscriptions]
                if new:
                    neuron.subscribe(random.choice(new), self.level())
            elif len(neuron.subscriptions) > self.root:
                source = random.choice(list(neuron.subscriptions))
                del neuron.subscriptions[source]
                source.publications.discard(neuron)

    def load(self, inputs, targets):
        for neuron, value in zip(self.sensory, inputs):
            neuron.potential = value
        for neuron, value in zip(self.motors, targets):
            neuron.desired = value

    def wave(self):
        """As published: whoever is banned is looked for in every generation, and the pick copies what is left."""
        banned = []
        following = set(self.first_queue)
        while following:
            current, following = following, set()
            for neuron in banned:
                if neuron.ban > self.limit:
                    current.discard(neuron)
            while current:
                neuron = random.choice(list(current))
                current.remove(neuron)
                if neuron.ban <= self.limit:
                    if neuron.role == MOTOR and self.rule != 'article':
                        continue
                    neuron.fire()
                    banned.append(neuron)
                    neuron.ban += 1
                    following.update(neuron.publications)
        if self.rule != 'article':
            for neuron in self.motors:
                neuron.fire()
        for neuron in banned:
            neuron.ban = 0
        self.waves += 1


def random_network(arguments):
    network = Network(arguments.rule, arguments.neurons * arguments.connectivity)
    inner = arguments.neurons - arguments.inputs - arguments.outputs
    for role, count in ((SENSORY, arguments.inputs), (INTER, inner), (MOTOR, arguments.outputs)):
        for _ in range(count):
            network.add(role)
    network.ready()
    for neuron in network.neurons[arguments.inputs:]:
        others = [source for source in network.readable if source is not neuron]
        count = min(max(1, round(random.gauss(network.fan_in, network.root))), len(others))
        for source in random.sample(others, count):
            neuron.subscribe(source, network.level() if arguments.rule == 'article' else random.uniform(-1, 1))
    network.ready()
    return network


def measure(arguments):
    """The best of several networks, each from its beginning: a network that has learnt for long fires otherwise."""
    best = 0
    for _ in range(arguments.trials):
        network = random_network(arguments)
        samples = [([random.uniform(0, 0.4) + 0.6 * (1 - small) for _ in network.sensory],
                    [(k + small + 1) % 2 for k in range(len(network.motors))]) for small in (0, 1)]
        for wave in range(arguments.warmup):
            network.load(*samples[wave % 2])
            network.wave()
        fires = network.fires
        begin = time.process_time()
        for wave in range(arguments.waves):
            if wave % arguments.hold == 0:
                network.load(*samples[wave // arguments.hold % 2])
            network.wave()
        best = max(best, (network.fires - fires) / (time.process_time() - begin))
    return {'waves': arguments.waves, 'fires_per_second': best}


def check(arguments):
    """Layers in which the order of fires makes no difference, so that any other program must compute the same: 3 sensory, 5
    inter and 2 motor neurons; 40 waves, a new sample each."""
    network = Network(arguments.rule, 4)
    network.limit = 0
    layers = [[network.add(role) for _ in range(count)] for role, count in ((SENSORY, 3), (INTER, 5), (MOTOR, 2))]
    for sources, readers in zip(layers, layers[1:]):
        for k, reader in enumerate(readers):
            for j, source in enumerate(sources):
                reader.subscribe(source, ((3 * j + 5 * k) % 7 - 3) / 4)
    network.ready()
    for sample in range(40):
        network.load([(sample + k) % 3 / 2 for k in range(3)], [sample % 2, (sample + 1) % 2])
        network.wave()
    return {'potentials': [neuron.potential for neuron in network.neurons[3:]],
            'weights': [weight for neuron in network.neurons[3:] for weight in neuron.subscriptions.values()]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--neurons', type=int, default=14)
    parser.add_argument('--inputs', type=int, default=4)
    parser.add_argument('--outputs', type=int, default=2)
    parser.add_argument('--connectivity', type=float, default=1)
    parser.add_argument('--rule', choices=('article', 'sign', 'sign repaired', 'gradient'), default='gradient')
    parser.add_argument('--waves', type=int, default=100)
    parser.add_argument('--warmup', type=int, default=2, help='waves before, until blame has reached everybody')
    parser.add_argument('--hold', type=int, default=1, help='waves that a sample stays')
    parser.add_argument('--trials', type=int, default=1)
    parser.add_argument('--check', action='store_true', help='compute what any other program must compute, too')
    arguments = parser.parse_args()
    random.seed(1)
    print(json.dumps(check(arguments) if arguments.check else measure(arguments)))
    return 0


if __name__ == '__main__':
    sys.exit(main())
