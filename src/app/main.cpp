#include "fxpool/app/commands.hpp"
#include "fxpool/app/interrupt.hpp"
#include "fxpool/app/shell_words.hpp"

#include <unistd.h>
#include <iostream>

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    fxpool::app::watch_for_interrupts();
    const std::vector<std::string> words(argv + 1, argv + argc);
    const fxpool::app::Console console{std::cout, std::cerr, fxpool::app::language_of(words), ::isatty(STDERR_FILENO) == 1};
    return fxpool::app::main_command(words, console);
}
