#include "core/data/generator.h"

#include <algorithm>

#include "core/data/generator_parts.h"
#include "core/io/suggestion.h"

namespace plexarium {
namespace {

using namespace generated;

Field noise(double initial) {
  return {"noise",         "Noise", "", "Deviation of what is added to every coordinate; the picture is 1 wide.",
          FieldType::Real, 0,       1,  initial};
}

std::vector<Generator> describe() {
  const Field halvesInputs{
      "inputs",           "Inputs", "",    "Values in a sample; the examples have 4, 32, 256, 512 and 1024.",
      FieldType::Integer, 1,        65536, 4};
  const Field numbers{"numbers",          "Numbers", "",    "From 0 on, each as one input that is on.",
                      FieldType::Integer, 4,         65536, 32};
  const Field digitNoise{
      "noise", "Difficulty", "", "How far strokes are bent, turned and smeared: 0 print, 1 scrawl.", FieldType::Real, 0,
      1,       0.3};
  const Field symbols{"symbols", "Symbols", "", "How many different ones.", FieldType::Integer, 2, 4096, 10};
  const Field turns{"turns", "Turns", "", "How often each arm goes round.", FieldType::Real, 0.25, 5, 1.5};
  const Field randomInputs{"inputs", "Inputs", "", "Values in a sample.", FieldType::Integer, 1, 65536, 10};
  const auto bound = [](const char* key, const char* label, double initial) {
    return Field{key, label, "", "Of the values.", FieldType::Real, -1e6, 1e6, initial};
  };
  const Field repeats{
      "repeats", "Word length", "b or e", "How often the letter in the middle of a word comes.", FieldType::Integer,
      1,         1000,          8};
  const Field copies{"copies",
                     "Inputs a letter",
                     "",
                     "So many inputs side by side are on while a letter is shown.",
                     FieldType::Integer,
                     1,
                     1000,
                     10};
  return {
      {"halves",
       "Bigger or smaller than half",
       "Values all below 0.4 or all above 0.6: which?",
       {halvesInputs, sampleCount(1000)},
       makeHalves},
      {"primes", "Prime numbers", "Numbers as one input that is on: is it a prime?", {numbers}, makePrimes},
      {"sequence",
       "Sequence",
       "One of four inputs at a time, 1 2 3 4 1 2 3 4: only the eighth is wanted.",
       {sampleCount(152)},
       makeSequence},
      {"xor", "Exclusive or", "Two inputs: does exactly one of them lie above half?", {noise(0), sampleCount(400)}, makeXor},
      {"moons",
       "Two moons",
       "Points on two half circles that reach into each other.",
       {noise(0.05), sampleCount(1000)},
       makeMoons},
      {"spirals",
       "Two spirals",
       "Points on two arms wound round each other.",
       {noise(0.01), turns, sampleCount(1000)},
       makeSpirals},
      {"circles",
       "Two circles",
       "Points on a small circle within a large one.",
       {noise(0.03), sampleCount(1000)},
       makeCircles},
      {"digits",
       "Drawn digits",
       "Digits of 28 x 28 grey values, drawn by strokes as a hand does.",
       {digitNoise, sampleCount(10000)},
       makeDigits},
      {"symbols",
       "Random symbols",
       "One symbol after the other, each drawn anew.",
       {symbols, sampleCount(100000)},
       makeSymbols},
      {"uniform",
       "Random or constant values",
       "Every input a number between the lowest and the highest, drawn anew; constant where these are the same.",
       {randomInputs, bound("lowest", "Lowest", 0), bound("highest", "Highest", 1), sampleCount(100000)},
       makeUniform},
      {"words",
       "Words, letter by letter",
       "Two words, a b..b c and d e..e f, in random order: which letter is next?",
       {repeats, copies, sampleCount(1000000)},
       makeWords},
  };
}

}  // namespace

std::span<const Generator> generators() {
  static const std::vector<Generator> all = describe();
  return all;
}

Result<const Generator*> requireGenerator(std::string_view key) {
  std::vector<std::string_view> known;
  for (const auto& generator : generators()) {
    if (generator.key == key) return &generator;
    known.emplace_back(generator.key);
  }
  return failure("there is no generator '" + std::string(key) + "'", {}, suggestion(key, known));
}

Result<DatasetPointer> generateData(std::string_view key, std::span<const double> values, std::uint64_t seed) {
  const auto generator = requireGenerator(key);
  if (!generator) return tl::unexpected(generator.error());
  const auto& fields = (*generator)->fields;
  const auto initial = initialValues(fields);
  if (values.empty()) values = initial;
  if (values.size() != fields.size()) {
    return failure("takes " + std::to_string(fields.size()) + " values, not " + std::to_string(values.size()),
                   std::string(key));
  }
  for (std::size_t k = 0; k < fields.size(); ++k) {
    if (auto checked = checkValue(fields[k], values[k], key); !checked) return tl::unexpected(checked.error());
  }
  return (*generator)->make(**generator, values, seed);
}

}  // namespace plexarium
