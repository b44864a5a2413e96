//! Parses, runs, reports.

use std::process::ExitCode;

fn main() -> ExitCode {
    whybuy::cli::run()
}
