//! Captures in tables: what the second pass needs of a row, and the columns of what it finds.

use super::Cell;
use super::Kind;
use super::Row;
use super::table_column::Field;
use super::table_column::FieldColumn;
use super::table_column::column;
use crate::checks;
use crate::verdict::Capture;
use crate::verdict::CapturedFrame;

/// A column of the table of captures.
pub type CaptureColumn = FieldColumn<CaptureField>;

/// What stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaptureField {
    Id,
    SubmissionId,
    Verdict,
    Frames,
    Prompts,
    PromptFollowed,
    Followed,
    MovementSpeed,
    NotAssessed,
}

/// The columns of the table of captures, in order.
pub const CAPTURE_COLUMNS: [CaptureColumn; 9] = [
    column("capture_id", Kind::Text, CaptureField::Id),
    column("submission_id", Kind::Text, CaptureField::SubmissionId),
    column("verdict", Kind::Text, CaptureField::Verdict),
    column("frames", Kind::Integer, CaptureField::Frames),
    column("prompts", Kind::List, CaptureField::Prompts),
    column("prompt_followed", Kind::Number, CaptureField::PromptFollowed),
    column("followed", Kind::List, CaptureField::Followed),
    column("movement_speed", Kind::Number, CaptureField::MovementSpeed),
    column("not_assessed", Kind::List, CaptureField::NotAssessed),
];

impl Field for CaptureField {
    type Row = Capture;

    fn cell(self, capture: &Capture) -> Cell {
        match self {
            CaptureField::Id => Cell::from(&capture.id),
            CaptureField::SubmissionId => capture.submission_id.as_ref().into(),
            CaptureField::Verdict => capture.verdict.id().into(),
            CaptureField::Frames => Cell::Integer(capture.frames as i64),
            CaptureField::Prompts => capture.prompts.iter().map(|(prompt, _)| prompt.to_string()).collect(),
            CaptureField::PromptFollowed => capture.prompt_followed().and_then(Result::ok).into(),
            CaptureField::Followed => {
                let seen = capture.prompts.iter().filter_map(|(prompt, outcome)| Some((prompt, outcome.ok()?)));
                seen.map(|(prompt, number)| format!("{prompt}:{number:.2}")).collect()
            }
            CaptureField::MovementSpeed => capture.movement_speed.ok().into(),
            CaptureField::NotAssessed => {
                let speed = capture.movement_speed.err().map(|reason| format!("movement_speed:{}", reason.id()));
                let prompts = capture.prompts.iter().filter_map(|(prompt, outcome)| Some((prompt, outcome.err()?)));
                prompts.map(|(prompt, reason)| format!("{prompt}:{}", reason.id())).chain(speed).collect()
            }
        }
    }
}

/// The frame of a capture that `row` is, where it is one.
#[must_use]
pub fn captured_frame(row: &Row) -> Option<CapturedFrame> {
    let number = |id: &str| checks::find(id).and_then(|(at, _)| row.outcomes[at]?.ok());
    Some(CapturedFrame {
        capture_id: row.source.capture_id.as_deref()?.into(),
        submission_id: row.source.submission_id.as_deref().map(Into::into),
        frame: row.source.frame?,
        prompt: row.source.prompt,
        eyes_open: number("eyes_open"),
        head_yaw: number("head_yaw"),
        mouth_open: row.mouth_open,
        face: row.face_quad,
    })
}

#[cfg(test)]
mod tests {
    use super::CAPTURE_COLUMNS;
    use super::captured_frame;
    use crate::checks;
    use crate::photo::FileFacts;
    use crate::record::Row;
    use crate::record::Source;
    use crate::record::TableColumn;
    use crate::verdict::CapturePolicy;
    use crate::verdict::Prompt;
    use crate::verdict::judge_captures;

    fn row(frame: u32, prompt: Prompt, eyes_open: f64) -> Row {
        let (capture_id, submission_id) = (Some("c".to_owned()), Some("s".to_owned()));
        let source =
            Source { capture_id, submission_id, frame: Some(frame), prompt: Some(prompt), ..Source::default() };
        let mut row = Row::blank(source, FileFacts::default());
        row.outcomes[checks::find("eyes_open").unwrap().0] = Some(Ok(eyes_open));
        row
    }

    #[test]
    fn a_capture_stands_in_its_columns() {
        let rows = [row(1, Prompt::Neutral, 0.8), row(2, Prompt::Blink, 0.4), row(3, Prompt::OpenMouth, 0.8)];
        let frames: Vec<_> = rows.iter().filter_map(captured_frame).collect();
        let captures = judge_captures(&frames, &CapturePolicy::default());
        let texts = CAPTURE_COLUMNS.map(|column| column.cell(&captures[0]).to_text());
        let not_assessed = "open_mouth:no_face;movement_speed:no_face";
        assert_eq!(texts, ["c", "s", "review", "3", "blink;open_mouth", "", "blink:0.83", "", not_assessed]);
    }

    #[test]
    fn a_photo_without_a_capture_is_no_frame() {
        assert_eq!(captured_frame(&Row::blank(Source::default(), FileFacts::default())), None);
    }
}
