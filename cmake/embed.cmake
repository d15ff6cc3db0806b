# cmake -DNAME=... -DFROM=file -DTO=x.cpp -P embed.cmake: a text file becomes fxpool::data::NAME.
cmake_minimum_required(VERSION 3.25)
file(READ "${FROM}" hex HEX)
file(SIZE "${FROM}" size)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" text "${hex}")  # every byte escaped: no quoting to get wrong
string(REGEX REPLACE "(\\\\x0a)" "\\1\"\n    \"" text "${text}")      # a line of the file a line of the source
file(WRITE "${TO}" "#include \"fxpool/data/embedded.hpp\"

namespace fxpool::data {

constexpr std::string_view text_of_${NAME}(
    \"${text}\", ${size});
const std::string_view ${NAME} = text_of_${NAME};

}  // namespace fxpool::data
")
