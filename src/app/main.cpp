#include "fxpool/app/commands.hpp"
#include "fxpool/app/interrupt.hpp"
#include "fxpool/app/shell_words.hpp"
#include "fxpool/app/standard_streams.hpp"

#include <unistd.h>
#include <iostream>

int main(int argc, char** argv) {
    fxpool::app::prepare_standard_streams();
    std::ios::sync_with_stdio(false);
    fxpool::app::watch_for_interrupts();
    const std::vector<std::string> words(argv + 1, argv + argc);
    const fxpool::app::Console console{std::cout, std::cerr, fxpool::app::language_of(words), ::isatty(STDERR_FILENO) == 1};
    const auto status = fxpool::app::main_command(words, console);
    if (!std::cout.good() && fxpool::app::reader_is_gone()) fxpool::app::end_for_want_of_a_reader();
    return status;
}
