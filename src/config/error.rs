use std::fmt;
use std::ops::Range;

use miette::Diagnostic;
use miette::LabeledSpan;
use miette::NamedSource;

use crate::names::ALIKE;
use crate::names::nearest;

/// One thing in a file that is not understood, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ConfigIssue {
    message: String,
    help: Option<String>,
    /// Bytes of the file it is about.
    span: Range<usize>,
}

/// A configuration that is not understood. Displays as `file:line:column: message; help`; as a [`Diagnostic`] it draws the
/// line with a caret.
#[derive(Debug)]
pub struct ConfigError {
    source: Box<NamedSource<String>>,
    line: usize,
    column: usize,
    issue: ConfigIssue,
}

impl ConfigError {
    pub(super) fn new(name: &str, text: &str, issue: ConfigIssue) -> Self {
        let before = text.get(..issue.span.start).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
        let source = NamedSource::new(name, text.to_owned()).with_language("TOML");
        Self { source: Box::new(source), line, column, issue }
    }
}

impl ConfigIssue {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, span }
    }

    /// An issue with the name `given`, for which `known` are the alternatives, the nearest one first.
    pub(super) fn unknown<'a>(
        span: Range<usize>,
        what: &str,
        given: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        let guess = nearest(given, known.iter().copied(), ALIKE)
            .map_or_else(String::new, |name| format!("did you mean `{name}`? "));
        let help = format!("{guess}known are {}", known.join(", "));
        Self { message: format!("unknown {what} `{given}`"), help: Some(help), span }
    }

    pub(super) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.source.name(), self.line, self.column, self.issue.message)?;
        self.issue.help.as_ref().map_or(Ok(()), |help| write!(f, "; {help}"))
    }
}

impl std::error::Error for ConfigError {}

impl Diagnostic for ConfigError {
    fn help(&self) -> Option<Box<dyn fmt::Display + '_>> {
        self.issue.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        Some(&*self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.issue.span.clone();
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(Some("here".to_owned()), span))))
    }
}
