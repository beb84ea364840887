use std::process::ExitCode;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done, and nothing that `--fail-on` names.
    Clean,
    /// 1: done, with findings that `--fail-on` names.
    Findings,
    /// 2: wrong use, wrong configuration, no photo, or a run that could not finish.
    Failure,
    /// 130: stopped by Ctrl-C; what was measured is in the report.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Clean => 0.into(),
            Exit::Findings => 1.into(),
            Exit::Failure => 2.into(),
            Exit::Interrupted => 130.into(),
        }
    }
}
