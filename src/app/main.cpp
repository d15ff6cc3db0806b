#include "fxpool/app/commands.hpp"
#include "fxpool/app/interrupt.hpp"
#include "fxpool/app/shell_words.hpp"

#include <iostream>
#include <unistd.h>

int main(int argc, char** argv) {
    using namespace fxpool::app;
    std::ios::sync_with_stdio(false);
    watch_for_interrupts();
    const std::vector<std::string> words(argv + 1, argv + argc);
    const Console console{std::cout, std::cerr, language_of(words), ::isatty(STDERR_FILENO) == 1};
    return main_command(words, console);
}
