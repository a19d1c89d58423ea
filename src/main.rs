//! `rollcall`: no arguments open the window, a subcommand runs the command line.

fn main() -> std::process::ExitCode {
    rollcall::cli::main(std::env::args_os())
}
