use kyclint::checks::Category;
use kyclint::verdict::Finding;
use kyclint::verdict::Grade;
use kyclint::verdict::Verdict;
use kyclint::words::Language;

/// Columns that a grade takes in lists.
const GRADE: usize = 8;

/// The words of findings on the terminal: in English the ids and what the check itself says, which is more specific; else the names
/// and the one advice of each category.
#[derive(Clone, Copy)]
pub struct Spoken(pub Language);

impl Spoken {
    fn is_english(self) -> bool {
        self.0 == Language::En
    }

    pub fn verdict(self, verdict: Verdict) -> &'static str {
        if self.is_english() { verdict.id() } else { self.0.verdict(verdict) }
    }

    pub fn grade(self, grade: Grade) -> &'static str {
        if self.is_english() { grade.id() } else { self.0.grade(grade) }
    }

    /// The grade and the blanks that fill its column; on a terminal a letter beyond ASCII is two columns wide.
    pub fn padded_grade(self, grade: Grade) -> String {
        let grade = self.grade(grade);
        let columns: usize = grade.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum();
        format!("{grade}{:1$}", "", GRADE.saturating_sub(columns))
    }

    pub fn category(self, category: Category) -> &'static str {
        if self.is_english() { category.id() } else { &self.0.category(category).name }
    }

    /// What stands behind the category.
    pub fn message(self, finding: &Finding) -> String {
        if self.is_english() { format!(", {}", finding.fault.message) } else { String::new() }
    }

    pub fn advice(self, finding: &Finding) -> &'static str {
        let fault = finding.fault;
        if self.is_english() { fault.advice } else { &self.0.category(fault.category).advice }
    }

    /// The advice, where it was not given on one of the findings `before`.
    pub fn new_advice(self, finding: &Finding, before: &[Finding]) -> Option<&'static str> {
        let is_old = before.iter().any(|one| one.fault.category == finding.fault.category);
        (self.is_english() || !is_old).then(|| self.advice(finding))
    }

    /// What to send instead of a file that could not be opened; in English the error says it.
    pub fn advice_on_error(self) -> Option<&'static str> {
        (!self.is_english()).then(|| self.0.error().advice.as_str())
    }
}
