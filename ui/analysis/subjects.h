#pragma once

#include <QtGlobal>
#include <array>
#include <cstdint>

namespace plexarium::ui {

/// What can be analysed.
enum class Subject : std::uint8_t {
  Rate,
  Course,
  Links,
  Neurons,
  Degrees,
  Twin,
  Intervals,
  Correlation,
  Fano,
  Smoothness,
  Autocorrelation,
  Entropy,
  Avalanches
};

/// Firings tell it.
constexpr bool ofSpikes(Subject subject) { return subject == Subject::Rate || subject >= Subject::Intervals; }

/// How it is offered; to be translated in the context AnalysisPanel.
struct SubjectText {
  Subject subject;
  const char* name;
  const char* help;
};
/// In the order of the choices.
inline constexpr std::array subjects{
    SubjectText{Subject::Rate, QT_TRANSLATE_NOOP("AnalysisPanel", "Population rate"),
                QT_TRANSLATE_NOOP("AnalysisPanel", "Firings per neuron over time")},
    SubjectText{Subject::Course, QT_TRANSLATE_NOOP("AnalysisPanel", "Whole run"),
                QT_TRANSLATE_NOOP("AnalysisPanel", "How many links there were, or another quantity, over the whole run")},
    SubjectText{Subject::Links, QT_TRANSLATE_NOOP("AnalysisPanel", "Link values"),
                QT_TRANSLATE_NOOP("AnalysisPanel", "Distribution of a value of the links, with a lognormal fit")},
    SubjectText{Subject::Neurons, QT_TRANSLATE_NOOP("AnalysisPanel", "Neuron values"),
                QT_TRANSLATE_NOOP("AnalysisPanel", "Distribution of a value of the neurons")},
    SubjectText{Subject::Degrees, QT_TRANSLATE_NOOP("AnalysisPanel", "Degrees"),
                QT_TRANSLATE_NOOP("AnalysisPanel", "How many links come to and leave each neuron, with normal fits")},
    SubjectText{Subject::Twin, QT_TRANSLATE_NOOP("AnalysisPanel", "Disturbed twin"),
                QT_TRANSLATE_NOOP("AnalysisPanel",
                                  "Hamming distance to a copy in which one neuron was turned round, while both go on")},
    SubjectText{Subject::Intervals, QT_TRANSLATE_NOOP("AnalysisPanel", "Intervals"),
                QT_TRANSLATE_NOOP("AnalysisPanel", "Time between firings of a neuron, with an exponential fit")},
    SubjectText{Subject::Correlation, QT_TRANSLATE_NOOP("AnalysisPanel", "Correlation"),
                QT_TRANSLATE_NOOP("AnalysisPanel", "Between the firings of all pairs of neurons")},
    SubjectText{Subject::Fano, QT_TRANSLATE_NOOP("AnalysisPanel", "Fano factor"),
                QT_TRANSLATE_NOOP("AnalysisPanel", "Variance over mean of a neuron's firings in windows of equal length")},
    SubjectText{Subject::Smoothness, QT_TRANSLATE_NOOP("AnalysisPanel", "Smoothness"),
                QT_TRANSLATE_NOOP("AnalysisPanel", "By how much the number of firings changes at a time")},
    SubjectText{Subject::Autocorrelation, QT_TRANSLATE_NOOP("AnalysisPanel", "Autocorrelation"),
                QT_TRANSLATE_NOOP("AnalysisPanel", "Of the number of firings with itself later")},
    SubjectText{Subject::Entropy, QT_TRANSLATE_NOOP("AnalysisPanel", "Source entropy"),
                QT_TRANSLATE_NOOP("AnalysisPanel", "How evenly the firings are spread over the neurons")},
    SubjectText{Subject::Avalanches, QT_TRANSLATE_NOOP("AnalysisPanel", "Avalanches"),
                QT_TRANSLATE_NOOP("AnalysisPanel", "How long and how large bursts above a threshold are, with exponents")}};

}  // namespace plexarium::ui
