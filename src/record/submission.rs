//! Submissions in tables: what the second pass needs of a row, and the columns of what it finds.

use super::Cell;
use super::Kind;
use super::Row;
use super::table_column::Field;
use super::table_column::FieldColumn;
use super::table_column::column;
use crate::verdict::Submission;
use crate::verdict::SubmittedPhoto;
use crate::verdict::Verdict;

/// A column of the table of submissions.
pub type SubmissionColumn = FieldColumn<SubmissionField>;

/// What stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubmissionField {
    Id,
    Verdict,
    Rules,
    Missing,
    Photos,
    Count(Verdict),
    Categories,
    Duplicates,
}

/// The columns of the table of submissions, in order.
pub const SUBMISSION_COLUMNS: [SubmissionColumn; 11] = [
    column("submission_id", Kind::Text, SubmissionField::Id),
    column("verdict", Kind::Text, SubmissionField::Verdict),
    column("rules", Kind::List, SubmissionField::Rules),
    column("missing", Kind::List, SubmissionField::Missing),
    column("photos", Kind::Integer, SubmissionField::Photos),
    column("accepted", Kind::Integer, SubmissionField::Count(Verdict::Accept)),
    column("to_review", Kind::Integer, SubmissionField::Count(Verdict::Review)),
    column("rejected", Kind::Integer, SubmissionField::Count(Verdict::Reject)),
    column("errors", Kind::Integer, SubmissionField::Count(Verdict::Error)),
    column("categories", Kind::List, SubmissionField::Categories),
    column("duplicates", Kind::List, SubmissionField::Duplicates),
];

impl Field for SubmissionField {
    type Row = Submission;

    fn cell(self, submission: &Submission) -> Cell {
        match self {
            SubmissionField::Id => Cell::from(&submission.id),
            SubmissionField::Verdict => submission.verdict.id().into(),
            SubmissionField::Rules => submission.broken.iter().map(|(rule, _)| rule.to_string()).collect(),
            SubmissionField::Missing => submission.missing.iter().map(ToString::to_string).collect(),
            SubmissionField::Photos => Cell::Integer(submission.photos as i64),
            SubmissionField::Count(verdict) => Cell::Integer(submission.of(verdict) as i64),
            SubmissionField::Categories => submission.categories.iter().map(ToString::to_string).collect(),
            // Items of lists hold no `;`: those of names are escaped as odd bytes of paths are.
            SubmissionField::Duplicates => {
                submission.duplicates.iter().map(|name| name.replace(';', "\\x3B")).collect()
            }
        }
    }
}

impl From<&Row> for SubmittedPhoto {
    fn from(row: &Row) -> Self {
        Self {
            submission_id: row.source.submission_id.as_deref().map(Into::into),
            path: row.source.path.as_str().into(),
            document_type: row.document_type(),
            verdict: row.verdict,
            categories: row.categories.as_slice().into(),
            content: blake3::Hash::from_hex(&row.facts.blake3).ok().map(Into::into),
            document_hash: row.document_hash,
            frame_hash: row.frame_hash,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SUBMISSION_COLUMNS;
    use crate::photo::FileFacts;
    use crate::record::Row;
    use crate::record::Source;
    use crate::record::TableColumn;
    use crate::scene::DocumentType;
    use crate::verdict::SubmissionPolicy;
    use crate::verdict::SubmittedPhoto;
    use crate::verdict::Verdict;
    use crate::verdict::judge_submissions;

    fn row(submission: &str, kind: DocumentType, path: &str) -> Row {
        let (submission_id, path) = (Some(submission.to_owned()), path.to_owned());
        let facts = FileFacts { blake3: "ab".repeat(32), ..FileFacts::default() };
        let source = Source { path, submission_id, document_type: Some(kind), ..Source::default() };
        Row { verdict: Verdict::Accept, ..Row::blank(source, facts) }
    }

    #[test]
    fn a_submission_stands_in_its_columns() {
        let rows = [row("a;b", DocumentType::Selfie, "1.jpg"), row("c", DocumentType::IdCardFront, "2.jpg")];
        let photos: Vec<SubmittedPhoto> = rows.iter().map(SubmittedPhoto::from).collect();
        let found = judge_submissions(&photos, &[], &SubmissionPolicy::default()).submissions;
        let texts = SUBMISSION_COLUMNS.map(|column| column.cell(&found[1]).to_text());
        let expected =
            ["c", "reject", "missing_side;duplicate_photo", "id_card_back", "1", "1", "0", "0", "0", "", "a\\x3Bb"];
        assert_eq!(texts, expected);
    }
}
