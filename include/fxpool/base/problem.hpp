#pragma once

#include "fxpool/base/message.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace fxpool {

/// Where in an input file; line and column count from 1 in characters, 0 where there is none.
struct Place {
    std::string file;
    int line = 0;
    int column = 0;

    friend bool operator==(const Place&, const Place&) = default;
};

enum class Severity { error, warning, note };

/// Something to tell about an input: the library returns these as values, `app/` prints them.
struct Problem {
    Severity severity = Severity::error;
    Place place;
    std::string subject;  ///< the key path or column it is about ("pool.split"); may be empty
    Message message;
    int count = 1;                 ///< how often it was met in the file, in the same words ...
    std::vector<Place> also = {};  ///< ... and where, after `place`: the first two further places
};

/// A list of problems. One met again in the same words, of the same file and subject, is counted, not kept a second time (at the very
/// same place it is the same problem). Of those that differ in their words it keeps at most `most_of_a_kind` of one pattern, and counts the rest.
class Problems {
  public:
    static constexpr int most_of_a_kind = 100;
    static constexpr std::size_t most_places = 3;  ///< named of one that is met again and again

    void error(Place place, std::string subject, Message message);
    void warning(Place place, std::string subject, Message message);
    void note(Place place, std::string subject, Message message);
    void add(Problem problem);
    void append(const Problems& others);

    bool has_errors() const { return errors_ > 0; }
    /// All errors met, those not kept included.
    int errors() const { return errors_; }
    const std::vector<Problem>& list() const { return list_; }
    /// Lets `change` reorder or reword what is kept: it takes a std::vector<Problem>&. The counts stay.
    template <class Change>
    void rearrange(Change change) {
        change(list_);
        find_anew();
    }
    /// `--strict`: what is a warning so far counts as an error.
    void make_warnings_errors();
    /// One line a kind for what was not kept: "... and 1,234 more like this".
    std::vector<Problem> left_out() const;

  private:
    struct Kind {
        std::string pattern;
        std::string file;
        int kept = 0;
        int more = 0;
    };
    Kind& kind_of(const std::string& pattern, const std::string& file);
    void find_anew();

    std::vector<Problem> list_;
    std::vector<Kind> kinds_;
    std::unordered_map<std::string, std::size_t> kept_;  ///< of each in list_: file, subject and words
    int errors_ = 0;
};

/// The message, with how often and where else it was met: "unknown bank 'ICBCX' (111 times; also lines 3, 4)".
Message with_count(const Problem& problem);

/// "fuzhou.yaml:14:13: pool.split: pool 80 % and ..." ; warnings and notes say so after the place.
std::string format(const Problem& problem, Language language);

}  // namespace fxpool
