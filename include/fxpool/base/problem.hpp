#pragma once

#include "fxpool/base/message.hpp"

#include <string>
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
};

/// A list of problems. Keeps at most `most_of_a_kind` errors of one pattern, and counts the rest.
class Problems {
  public:
    static constexpr int most_of_a_kind = 100;

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
    }
    /// `--strict`: what is a warning so far counts as an error.
    void make_warnings_errors();
    /// One line a kind for what was not kept: "... and 1,234 more like this".
    std::vector<Problem> left_out() const;

  private:
    struct Kind {
        std::string pattern;
        Place place;
        int count = 0;
    };
    std::vector<Problem> list_;
    std::vector<Kind> kinds_;
    int errors_ = 0;
};

/// "fuzhou.yaml:14:13: pool.split: pool 80 % and ..." ; warnings and notes say so after the place.
std::string format(const Problem& problem, Language language);

}  // namespace fxpool
