#include <cassert>

#include "core/dynamics/sorn/tasks.h"
#include "core/random.h"

namespace plexarium::sorn {
namespace {

constexpr std::uint32_t lessonStream = 99;

/// Which of two it is, the `index`-th time.
std::uint32_t coin(const RandomStream& chance, Tick index) { return chance.below(2, static_cast<std::uint64_t>(index)); }

}  // namespace

Lesson countingLesson(std::uint32_t repeats, std::uint64_t seed) {
  assert(repeats >= 1);
  const Tick length = repeats + 2;
  const auto place = [length](Tick step) { return static_cast<std::uint32_t>(step % length); };
  const auto letter = [=, chance = RandomStream(seed, lessonStream)](Tick step) {
    const std::uint32_t part = place(step) == 0 ? 0 : place(step) + 1 < length ? 1 : 2;
    return part + 3 * coin(chance, step / length);
  };
  return {.symbols = 6,
          .shown = letter,
          .questions = {{6, [letter](Tick step) { return letter(step + 1); }},
                        {repeats + 2, [place](Tick step) { return place(step + 1); }}}};
}

Lesson memoryLesson(std::uint32_t symbols, std::uint32_t back, std::uint64_t seed) {
  const auto symbol = [symbols, chance = RandomStream(seed, lessonStream)](Tick step) {
    return chance.below(symbols, static_cast<std::uint64_t>(step));
  };
  Lesson lesson{.symbols = symbols, .shown = symbol, .questions = {}, .before = back};
  for (Tick ago = 0; ago < back; ++ago) {
    lesson.questions.push_back({symbols, [symbol, ago](Tick step) { return symbol(step - ago); }});
  }
  return lesson;
}

Lesson occluderLesson(std::uint32_t places, std::uint32_t hidden, std::uint64_t seed) {
  assert(hidden + 2 <= places);
  const std::uint32_t first = (places - hidden) / 2;  // of the hidden places
  const auto place = [places, chance = RandomStream(seed, lessonStream)](Tick step) {
    const auto done = static_cast<std::uint32_t>(step % places);
    return coin(chance, step / places) == 1 ? places - 1 - done : done;
  };
  // Symbol 0 is what hides it; the visible places follow from the left.
  const auto symbol = [=](Tick step) {
    const auto at = place(step);
    if (at < first) return 1 + at;
    return at < first + hidden ? 0 : 1 + at - hidden;
  };
  return {.symbols = places - hidden + 1,
          .shown = symbol,
          .questions = {{places, [place](Tick step) { return place(step + 1); }}}};
}

}  // namespace plexarium::sorn
