#include <cstdlib>
#include <exception>
#include <iostream>

#include "app/cli/command.h"
#include "core/io/suggestion.h"

namespace {

using namespace plexarium;

/// One line on the error stream, whatever the text holds.
void complain(std::string text) {
  for (auto& character : text) {
    if (character == '\n') character = ' ';
  }
  std::cerr << "plexarium-cli: " << text << '\n';
}

/// What the library says is about options; a command that it does not know it takes for none at all.
std::string reason(const CLI::App& program, const CLI::ParseError& error, const std::string& firstArgument) {
  const bool unknown = program.get_subcommands().empty() && !firstArgument.empty() && firstArgument[0] != '-';
  if (!unknown) return error.what();
  const auto commands = program.get_subcommands([](const CLI::App*) { return true; });
  std::vector<std::string> names;
  for (const auto* command : commands) names.push_back(command->get_name());
  const std::vector<std::string_view> known(names.begin(), names.end());
  return "there is no command '" + firstArgument + "'. " + suggestion(firstArgument, known);
}

int complainAboutArguments(const CLI::App& program, const CLI::ParseError& error, const std::string& firstArgument) {
  std::string advice = "plexarium-cli";
  for (const auto* chosen : program.get_subcommands()) {
    advice += ' ' + chosen->get_name();
    for (const auto* inner : chosen->get_subcommands()) advice += ' ' + inner->get_name();
  }
  complain(reason(program, error, firstArgument) + " (see " + advice + " --help)");
  return cli::exitBadArgument;
}

int runProgram(int argumentCount, char** arguments) {
  const Registry registry = builtInDynamics();
  CLI::App program("Plexarium without a window: runs, checks, makes and measures layerless neural networks.",
                   "plexarium-cli");
  program.set_version_flag("--version", "plexarium-cli " PLEXARIUM_VERSION, "Print the version and leave");
  program.require_subcommand(1);
  program.footer(
      "Examples:\n"
      "  plexarium-cli run models/welcome.json --ticks 1000 --record firings.csv\n"
      "  plexarium-cli new --set neurons=500 --output mine.json\n"
      "  plexarium-cli run --help\n"
      "Exit codes: 0 done, 1 a file could not be read, written or passed, 2 the command line is wrong.");
  const std::vector<cli::Command> commands = {
      cli::makeRun(program, registry),      cli::makeReplay(program, registry), cli::makeVerify(program),
      cli::makeInfo(program, registry),     cli::makeNew(program, registry),    cli::makeImport(program, registry),
      cli::makeBench(program, registry),    cli::makeTouch(program, registry),  cli::makeTrain(program, registry),
      cli::makeEvaluate(program, registry), cli::makeTask(program, registry)};
  try {
    program.parse(argumentCount, arguments);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return program.exit(error);
    return complainAboutArguments(program, error, argumentCount > 1 ? arguments[1] : "");
  }
  for (const auto& command : commands) {
    if (!command.options->parsed()) continue;
    const auto ending = command.execute();
    std::cout.flush();
    if (ending && std::cout) return *ending;
    complain(ending ? "cannot write to the standard output" : ending.error().error.text());
    return ending ? cli::exitBadFile : ending.error().exitCode;
  }
  return cli::exitBadArgument;
}

}  // namespace

int main(int argumentCount, char** arguments) {
  try {
    return runProgram(argumentCount, arguments);
  } catch (const std::exception& error) {  // no memory, above all
    complain(error.what());
    return cli::exitBadFile;
  }
}
