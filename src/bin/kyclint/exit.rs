use std::process::ExitCode;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done, nothing that `--fail-on` names, and the budget is met.
    Clean,
    /// 1: done, with findings that `--fail-on` names, or a budget that is not met.
    Findings,
    /// 2: wrong use, wrong configuration, no photo, a run that could not finish, or a budget that cannot be evaluated.
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
