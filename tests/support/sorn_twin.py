#!/usr/bin/env python3
"""SORN in numpy: dense matrices, the choices of the preset *package* or *criticality*, rules applied to whole blocks of rows and
columns. It is the yardstick of the benchmarks and an independent check of the rules.

  sorn_twin.py --neurons 200 --steps 500      how fast is it?
  sorn_twin.py --verify TRACE.json ...        does it obey the golden traces?
  sorn_twin.py --criticality --steps 2000000  how many synapses stay? (minutes)

Rules: docs/dynamics/sorn.md.
"""
import argparse
import json
import sys
import time

import numpy

RULES = ('stdp', 'ip', 'sp', 'istdp', 'ss')


class Network:
    """Matrices are [source, target]; x and y are the firings of excitatory and inhibitory neurons, as 0 and 1."""

    def __init__(self, ee, ei, ie, te, ti, x, y, params, rules=RULES):
        self.ee, self.ei, self.ie, self.te, self.ti, self.x, self.y = ee, ei, ie, te, ti, x, y
        self.params, self.rules = params, rules

    def step(self, inputs, noise_e, noise_i, birth=None):
        p, rules = self.params, self.rules
        drive = self.x @ self.ee - self.y @ self.ei + noise_e + inputs - self.te
        before, hindered = self.x, self.y
        self.y = (self.x @ self.ie + noise_i - self.ti > 0).astype(float)
        self.x = (drive > 0).astype(float)
        if 'stdp' in rules:
            self.pair(before)
        if 'ip' in rules:
            self.te = numpy.clip(self.te + p['eta_ip'] * (self.x - p['h_ip']), p['te_min'], p['te_max'])
        if 'sp' in rules and birth is not None and self.ee[birth] <= 0:
            self.ee[birth] = p['sp_weight']
        if 'istdp' in rules:
            for k in numpy.flatnonzero(hindered):
                row = self.ei[k]
                change = -p['eta_inhib'] * (1 - self.x * (1 + 1 / p['mu_ip']))
                moved = numpy.clip(row + change, 0, p['w_hi'])
                self.ei[k] = numpy.where(row != 0, numpy.where(moved > 0, moved, p.get('floor', 0)), row)
        if 'ss' in rules:
            with numpy.errstate(invalid='ignore', divide='ignore'):
                self.ee /= self.ee.sum(axis=0)
                self.ei /= self.ei.sum(axis=0)

    def pair(self, before):
        """STDP, on the rows and columns of neurons that fired alone."""
        eta, now = self.params['eta_stdp'], self.x
        steadily = now * before
        for source, target, sign in ((before, now, eta), (now, before, -eta)):
            rows, columns = numpy.flatnonzero(source), numpy.flatnonzero(target)
            block = numpy.ix_(rows, columns)
            weights = self.ee[block]
            # Where both fired in both steps, gain and loss cancel.
            change = sign * (1 - numpy.outer(steadily[rows], steadily[columns]))
            self.ee[block] = numpy.where(weights != 0, numpy.clip(weights + change, 0, self.params['w_hi']), weights)


def random_network(count, rng):
    hindering = count // 5
    ee = numpy.zeros((count, count))
    for target in range(count):
        others = numpy.delete(numpy.arange(count), target)
        size = min(len(others), int(rng.normal(20, 1)))
        ee[rng.choice(others, size, replace=False), target] = rng.uniform(0, 0.1, size)
    ei = numpy.zeros((hindering, count))
    for k in range(hindering):
        size = min(count, int(rng.normal(40, 1)))
        ei[k, rng.choice(count, size, replace=False)] = rng.uniform(0, 0.1, size)
    ie = rng.uniform(0, 0.1, (count, hindering))
    for target in numpy.flatnonzero(ei.sum(axis=0) == 0):
        ei[rng.choice(hindering, 2, replace=False), target] = rng.uniform(0, 0.1, 2)
    params = {'eta_stdp': 0.004, 'eta_inhib': 0.001, 'eta_ip': 0.01, 'mu_ip': 0.1, 'h_ip': 0.1, 'te_min': 0.0,
              'te_max': 1.0, 'w_hi': 1.0, 'sp_weight': 0.001}
    return Network(ee / ee.sum(axis=0), ei / ei.sum(axis=0), ie / ie.sum(axis=0), rng.uniform(0, 1, count),
                   rng.uniform(0, 0.5, hindering), numpy.zeros(count), numpy.zeros(hindering), params)


def stepper(network, rng, noise):
    count = len(network.te)

    def step():
        birth = None
        if rng.random() < 0.1:
            source, target = rng.integers(0, count, 2)
            birth = (source, target) if source != target else None
        network.step(0, rng.normal(0, noise, count), rng.normal(0, noise, count // 5), birth)

    return step


def grow(arguments):
    """Preset *criticality*: synapses between excitatory neurons, a line every twentieth of the steps."""
    rng = numpy.random.default_rng(arguments.seed)
    network = random_network(arguments.neurons, rng)
    network.params.update(te_min=-numpy.inf, te_max=numpy.inf, floor=0.001)
    network.x = (rng.random(arguments.neurons) < 0.1).astype(float)
    step = stepper(network, rng, numpy.sqrt(0.05))
    for done in range(1, arguments.steps + 1):
        step()
        if done % max(1, arguments.steps // 20) == 0:
            print(done, int((network.ee > 0).sum()), flush=True)


def measure(arguments):
    rng = numpy.random.default_rng(arguments.seed)
    network = random_network(arguments.neurons, rng)
    step = stepper(network, rng, 0.04)
    for _ in range(arguments.warmup):
        step()
    begin = time.process_time()
    for _ in range(arguments.steps):
        step()
    spent = time.process_time() - begin
    return {'steps_per_second': arguments.steps / spent, 'excitatory_synapses': int((network.ee > 0).sum())}


def ones(indices, count):
    values = numpy.zeros(count)
    values[indices] = 1
    return values


def obeys(path):
    with open(path, encoding='utf-8') as file:
        trace = json.load(file)
    init, ne, ni, nu = trace['init'], trace['nE'], trace['nI'], trace['nU']
    network = Network(*(numpy.array(init[key]) for key in ('WEE', 'WEI', 'WIE', 'TE', 'TI')), ones(init['x'], ne),
                      ones(init['y'], ni), trace['params'], trace['active_rules'])
    for k, wanted in enumerate(trace['trace']):
        inputs = numpy.concatenate([trace['inputs'][k], numpy.zeros(ne - nu)])
        noise = [numpy.array(trace[key][k]) if trace[key] else 0 for key in ('noise_e', 'noise_i')]
        network.step(inputs, *noise, tuple(wanted['sp']) if wanted['sp'] else None)
        if list(numpy.flatnonzero(network.x)) != wanted['x'] or list(numpy.flatnonzero(network.y)) != wanted['y']:
            return False
        snapshot = trace['snapshots'].get(str(k + 1))
        if snapshot:
            for key, ours in (('WEE', network.ee), ('WEI', network.ei), ('TE', network.te)):
                if not numpy.allclose(ours, numpy.array(snapshot[key], dtype=float), rtol=0, atol=1e-12, equal_nan=True):
                    return False
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--neurons', type=int, default=200)
    parser.add_argument('--steps', type=int, default=100)
    parser.add_argument('--warmup', type=int, default=5)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--criticality', action='store_true')
    parser.add_argument('--verify', nargs='+', metavar='TRACE')
    arguments = parser.parse_args()
    if arguments.verify:
        failed = [path for path in arguments.verify if not obeys(path)]
        print('\n'.join(failed) if failed else f'{len(arguments.verify)} traces obeyed')
        return 1 if failed else 0
    if arguments.criticality:
        grow(arguments)
        return 0
    print(json.dumps(measure(arguments)))
    return 0


if __name__ == '__main__':
    sys.exit(main())
