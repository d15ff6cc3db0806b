#pragma once

#include "fxpool/app/console.hpp"
#include "fxpool/study/run.hpp"

#include <string>

namespace fxpool::app {

/// "fuzhou-base  [########------------]  40 %  10,250 paths/s, 6 s left"
std::string progress_bar(const std::string& name, const Progress& progress, Language language);
/// "fuzhou-base: 40,000 of 100,000 paths, 10,250 paths/s, 6 s left"
std::string progress_line(const std::string& name, const Progress& progress, Language language);

/// Tells how far a run is: a bar that overwrites itself on a terminal, a plain line every ten seconds elsewhere.
class ProgressTeller {
  public:
    ProgressTeller(const Console& console, std::string name) : console_(console), name_(std::move(name)) {}
    ~ProgressTeller() { clear(); }
    ProgressTeller(const ProgressTeller&) = delete;
    ProgressTeller& operator=(const ProgressTeller&) = delete;

    void tell(const Progress& progress);
    /// Takes the bar away.
    void clear();

  private:
    const Console& console_;
    std::string name_;
    bool bar_shown_ = false;
    double next_line_ = 10;  ///< seconds
};

/// "heston: back-test  [########------------]  40 %"
std::string stage_bar(const std::string& stage, double share_done);

/// The same for work in stages that takes no paths: from the first second on; off a terminal a line then and every ten seconds.
class StageTeller {
  public:
    explicit StageTeller(const Console& console) : console_(console) {}
    ~StageTeller() { clear(); }
    StageTeller(const StageTeller&) = delete;
    StageTeller& operator=(const StageTeller&) = delete;

    /// `seconds` since the work began.
    void tell(const Message& stage, double share_done, double seconds);
    void clear();

  private:
    const Console& console_;
    bool bar_shown_ = false;
    double next_line_ = 1;  ///< seconds
};

}  // namespace fxpool::app
