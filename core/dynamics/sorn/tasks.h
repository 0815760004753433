#pragma once

#include <span>

#include "core/dynamics/sorn/trial.h"
#include "core/dynamics/task.h"

namespace plexarium::sorn {

/// counting, memory, occluder: built once, constant, safe from any thread. docs/dynamics/sorn.md says what each asks.
/// Variants follow Variant.
std::span<const Task> tasks();

// What each of them shows and asks; a lesson of the same numbers is always the same.

/// Words a b..b c and d e..e f of `repeats` >= 1 b or e, in random order. Asked: the next letter (0..5), its place in its
/// word. Source: Lazar, Pipa, Triesch 2009.
Lesson countingLesson(std::uint32_t repeats, std::uint64_t seed);
/// Symbols drawn alike. Asked: which it was now, a step ago, ... up to `back` - 1 steps ago.
/// Source: the random sequence task of Lazar, Pipa, Triesch 2009 and of the research code that followed.
Lesson memoryLesson(std::uint32_t symbols, std::uint32_t back, std::uint64_t seed);
/// Something crosses `places` places one after the other, from the left or from the right by chance; at the `hidden` ones in
/// the middle (fewer than places - 1) the same symbol stands whatever is behind it. Asked: where it will be next.
/// Source: the occluder task of Lazar, Pipa, Triesch 2009, as its description has it.
Lesson occluderLesson(std::uint32_t places, std::uint32_t hidden, std::uint64_t seed);

}  // namespace plexarium::sorn
