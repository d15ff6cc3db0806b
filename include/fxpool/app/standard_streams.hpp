#pragma once

/// What the system does to a program whose output nobody takes: made into values here, so that a run is ended by nothing but its own
/// decisions.
namespace fxpool::app {

/// Call it first. A standard stream that was closed is opened on nothing (else the first file opened would take its number, and the page
/// would be written into a result); a closed pipe and a limit on the size of files become errors of writing.
void prepare_standard_streams();

/// Whether what reads our standard output has closed it, as `head -1` does once it has its line. That is no failure.
bool reader_is_gone();

/// Ends as the shell expects of a program whose reader has gone: by SIGPIPE, unless who started us had that ignored.
void end_for_want_of_a_reader();

}  // namespace fxpool::app
