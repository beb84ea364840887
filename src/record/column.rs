use super::Cell;
use super::CellError;
use super::Kind;
use super::Row;
use crate::checks::REGISTRY;
use crate::checks::Unmeasured;
use crate::geometry::Quad;
use crate::identity;
use crate::photo::Format;
use crate::scene::DocumentType;
use crate::verdict::Grade;
use crate::verdict::Prompt;

/// A column of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its header.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    field: Field,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Path,
    SubmissionId,
    DocumentType,
    DetectedType,
    CaptureId,
    Frame,
    Prompt,
    FaceQuad,
    MouthOpen,
    DocumentQuad,
    Verdict,
    PrimaryCategory,
    Categories,
    Outcome(usize),
    Grade(usize),
    NotAssessed,
    MrzFormat,
    IssuingState,
    FrameSharpness,
    DocumentHash,
    FrameHash,
    Width,
    Height,
    Format,
    Bytes,
    Blake3,
    CameraMake,
    CameraModel,
    Software,
    CapturedAt,
    FlashFired,
    ExifWidth,
    ExifHeight,
    Error,
    ModifiedNs,
    Extra(usize),
}

/// The columns of a report, in order; `extra` names those carried through from the manifest.
#[must_use]
pub fn columns(extra: &[String]) -> Vec<Column> {
    use Field as F;
    let column = |name: &str, kind, field| Column { name: name.to_owned(), kind, field };
    let mut columns = vec![
        column("path", Kind::Text, F::Path),
        column("submission_id", Kind::Text, F::SubmissionId),
        column("document_type", Kind::Text, F::DocumentType),
        column("detected_type", Kind::Text, F::DetectedType),
        column("document_quad", Kind::Quad, F::DocumentQuad),
        column("verdict", Kind::Text, F::Verdict),
        column("primary_category", Kind::Text, F::PrimaryCategory),
        column("categories", Kind::List, F::Categories),
    ];
    columns.extend(REGISTRY.iter().enumerate().map(|(at, check)| column(check.id, Kind::Number, F::Outcome(at))));
    let grade =
        |(at, check): (usize, &crate::checks::Check)| column(&format!("{}_grade", check.id), Kind::Text, F::Grade(at));
    columns.extend(REGISTRY.iter().enumerate().map(grade));
    columns.extend([
        column("not_assessed", Kind::List, F::NotAssessed),
        column("mrz_format", Kind::Text, F::MrzFormat),
        column("issuing_state", Kind::Text, F::IssuingState),
        column("capture_id", Kind::Text, F::CaptureId),
        column("frame", Kind::Integer, F::Frame),
        column("prompt", Kind::Text, F::Prompt),
        column("face_quad", Kind::Quad, F::FaceQuad),
        column("mouth_open", Kind::Number, F::MouthOpen),
        column("frame_sharpness", Kind::Number, F::FrameSharpness),
        column("document_hash", Kind::Text, F::DocumentHash),
        column("frame_hash", Kind::Text, F::FrameHash),
        column("width", Kind::Integer, F::Width),
        column("height", Kind::Integer, F::Height),
        column("format", Kind::Text, F::Format),
        column("bytes", Kind::Integer, F::Bytes),
        column("blake3", Kind::Text, F::Blake3),
        column("camera_make", Kind::Text, F::CameraMake),
        column("camera_model", Kind::Text, F::CameraModel),
        column("software", Kind::Text, F::Software),
        column("captured_at", Kind::Text, F::CapturedAt),
        column("flash_fired", Kind::Flag, F::FlashFired),
        column("exif_width", Kind::Integer, F::ExifWidth),
        column("exif_height", Kind::Integer, F::ExifHeight),
        column("error", Kind::Text, F::Error),
    ]);
    columns.extend(extra.iter().enumerate().map(|(at, name)| column(name, Kind::Text, F::Extra(at))));
    columns
}

/// The columns of a table from which a later run takes rows over: those of a report that do not follow from others, and when
/// the file was changed.
#[must_use]
pub fn measured_columns() -> Vec<Column> {
    let mut columns = columns(&[]);
    columns.retain(Column::is_read_back);
    columns.push(Column { name: "modified_ns".to_owned(), kind: Kind::Integer, field: Field::ModifiedNs });
    columns
}

/// The cells of `row` as a JSON object, in the order of `columns`.
#[must_use]
pub fn to_json(row: &Row, columns: &[Column]) -> serde_json::Map<String, serde_json::Value> {
    columns.iter().map(|column| (column.name.clone(), column.cell(row).to_json())).collect()
}

impl Column {
    /// The value in `row`.
    #[must_use]
    pub fn cell(&self, row: &Row) -> Cell {
        let Row { source, facts, .. } = row;
        match self.field {
            Field::Path => Cell::from(&source.path),
            Field::SubmissionId => source.submission_id.as_ref().into(),
            Field::DocumentType => source.document_type.map(DocumentType::id).into(),
            Field::DetectedType => row.detected_type.map(DocumentType::id).into(),
            Field::DocumentQuad => row.document_quad.into(),
            Field::Verdict => row.verdict.id().into(),
            Field::PrimaryCategory => row.categories.first().map(|category| category.id()).into(),
            Field::Categories => row.categories.iter().map(ToString::to_string).collect(),
            Field::Outcome(at) => row.outcomes[at].and_then(Result::ok).into(),
            Field::Grade(at) => row.grades[at].map(Grade::id).into(),
            Field::NotAssessed => not_assessed(row),
            Field::MrzFormat => row.mrz_format.map(identity::Format::id).into(),
            Field::IssuingState => row.issuing_state.as_ref().into(),
            Field::CaptureId => source.capture_id.as_ref().into(),
            Field::Frame => source.frame.into(),
            Field::Prompt => source.prompt.map(Prompt::id).into(),
            Field::FaceQuad => row.face_quad.into(),
            Field::MouthOpen => row.mouth_open.into(),
            Field::FrameSharpness => row.frame_sharpness.into(),
            Field::DocumentHash => row.document_hash.into(),
            Field::FrameHash => row.frame_hash.into(),
            Field::Width => facts.size.map(|size| size.0).into(),
            Field::Height => facts.size.map(|size| size.1).into(),
            Field::Format => facts.format.map(Format::id).into(),
            // A file that could not be read has neither hash nor, unless it is too large, a size.
            Field::Bytes if facts.bytes == 0 && facts.blake3.is_empty() => Cell::Null,
            Field::Bytes => Cell::Integer(facts.bytes as i64),
            Field::Blake3 => Cell::from(&facts.blake3),
            Field::CameraMake => facts.exif.make.as_ref().into(),
            Field::CameraModel => facts.exif.model.as_ref().into(),
            Field::Software => facts.exif.software.as_ref().into(),
            Field::CapturedAt => facts.exif.captured_at.as_ref().into(),
            Field::FlashFired => facts.exif.flash_fired.into(),
            Field::ExifWidth => facts.exif.pixel_width.into(),
            Field::ExifHeight => facts.exif.pixel_height.into(),
            Field::Error => row.error.as_ref().into(),
            Field::ModifiedNs => row.modified_ns.map_or(Cell::Null, Cell::Integer),
            Field::Extra(at) => source.extra.get(at).and_then(Option::as_ref).into(),
        }
    }

    /// Whether its value is read back; else it follows from the others when the row is judged.
    #[must_use]
    pub fn is_read_back(&self) -> bool {
        !matches!(self.field, Field::PrimaryCategory | Field::Grade(_))
    }

    /// Stores a recorded value in `row`, as [`Column::cell`] gave it. Categories that this version does not know are passed over;
    /// grades are left to [`Row::judge`].
    ///
    /// # Errors
    /// When the value is of another kind or names nothing known.
    pub fn store(&self, row: &mut Row, cell: &Cell) -> Result<(), CellError> {
        let refused = |reason| CellError { column: self.name.clone(), value: cell.to_text(), reason };
        self.try_store(row, cell).map_err(refused)
    }

    fn try_store(&self, row: &mut Row, cell: &Cell) -> Result<(), String> {
        let Row { source, facts, .. } = row;
        match self.field {
            Field::Path => source.path = text(cell)?.unwrap_or_default(),
            Field::SubmissionId => source.submission_id = text(cell)?,
            Field::DocumentType => source.document_type = named(cell)?,
            Field::DetectedType => row.detected_type = named(cell)?,
            Field::DocumentQuad => row.document_quad = quad(cell)?,
            Field::Verdict => row.verdict = named(cell)?.ok_or("a row has a verdict")?,
            Field::Categories => row.categories = list(cell)?.iter().filter_map(|name| name.parse().ok()).collect(),
            Field::Outcome(at) => store_number(&mut row.outcomes[at], cell)?,
            Field::NotAssessed => store_reasons(row, list(cell)?)?,
            Field::MrzFormat => row.mrz_format = named(cell)?,
            Field::IssuingState => row.issuing_state = text(cell)?,
            Field::CaptureId => source.capture_id = text(cell)?,
            Field::Frame => source.frame = integer(cell)?,
            Field::Prompt => source.prompt = named(cell)?,
            Field::FaceQuad => row.face_quad = quad(cell)?,
            Field::MouthOpen => row.mouth_open = number(cell)?,
            Field::FrameSharpness => row.frame_sharpness = number(cell)?,
            Field::DocumentHash => row.document_hash = named(cell)?,
            Field::FrameHash => row.frame_hash = named(cell)?,
            Field::Width => facts.size = store_side(facts.size, cell, |size, side| size.0 = side)?,
            Field::Height => facts.size = store_side(facts.size, cell, |size, side| size.1 = side)?,
            Field::Format => facts.format = named(cell)?,
            Field::Bytes => facts.bytes = integer(cell)?.unwrap_or_default(),
            Field::Blake3 => facts.blake3 = text(cell)?.unwrap_or_default(),
            Field::CameraMake => facts.exif.make = text(cell)?,
            Field::CameraModel => facts.exif.model = text(cell)?,
            Field::Software => facts.exif.software = text(cell)?,
            Field::CapturedAt => facts.exif.captured_at = text(cell)?,
            Field::FlashFired => facts.exif.flash_fired = flag(cell)?,
            Field::ExifWidth => facts.exif.pixel_width = integer(cell)?,
            Field::ExifHeight => facts.exif.pixel_height = integer(cell)?,
            Field::Error => row.error = text(cell)?,
            Field::ModifiedNs => row.modified_ns = integer(cell)?,
            Field::Extra(at) => {
                source.extra.resize(source.extra.len().max(at + 1), None);
                source.extra[at] = (*cell != Cell::Null).then(|| cell.to_text());
            }
            // See [`Column::is_read_back`].
            Field::PrimaryCategory | Field::Grade(_) => {}
        }
        Ok(())
    }
}

fn not_assessed(row: &Row) -> Cell {
    let reasons = REGISTRY.iter().zip(&row.outcomes).filter_map(|(check, outcome)| match outcome {
        Some(Err(reason)) => Some(format!("{}:{}", check.id, reason.id())),
        _ => None,
    });
    reasons.collect()
}

fn store_number(outcome: &mut Option<Result<f64, Unmeasured>>, cell: &Cell) -> Result<(), String> {
    if let Some(number) = number(cell)? {
        *outcome = Some(Ok(number));
    }
    Ok(())
}

fn store_reasons(row: &mut Row, reasons: &[String]) -> Result<(), String> {
    for reason in reasons {
        let (id, reason) = reason.split_once(':').ok_or("expected `check:reason`")?;
        // A check that this version does not know has no outcome to lack.
        if let Some((at, _)) = crate::checks::find(id) {
            row.outcomes[at] = Some(Err(parse(reason)?));
        }
    }
    Ok(())
}

fn store_side(
    size: Option<(u32, u32)>,
    cell: &Cell,
    set: impl Fn(&mut (u32, u32), u32),
) -> Result<Option<(u32, u32)>, String> {
    Ok(match integer(cell)? {
        Some(side) => {
            let mut size = size.unwrap_or_default();
            set(&mut size, side);
            Some(size)
        }
        None => size,
    })
}

fn parse<T: std::str::FromStr<Err: ToString>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: T::Err| error.to_string())
}

fn named<T: std::str::FromStr<Err: ToString>>(cell: &Cell) -> Result<Option<T>, String> {
    text_of(cell)?.map(parse).transpose()
}

fn text(cell: &Cell) -> Result<Option<String>, String> {
    Ok(text_of(cell)?.map(str::to_owned))
}

fn text_of(cell: &Cell) -> Result<Option<&str>, String> {
    match cell {
        Cell::Null => Ok(None),
        Cell::Text(text) => Ok(Some(text)),
        _ => Err("expected text".to_owned()),
    }
}

fn list(cell: &Cell) -> Result<&[String], String> {
    match cell {
        Cell::Null => Ok(&[]),
        Cell::List(items) => Ok(items),
        _ => Err("expected a list".to_owned()),
    }
}

fn integer<T: TryFrom<i64>>(cell: &Cell) -> Result<Option<T>, String> {
    match cell {
        Cell::Null => Ok(None),
        Cell::Integer(number) => T::try_from(*number).map(Some).map_err(|_| "the number is out of range".to_owned()),
        _ => Err("expected a whole number".to_owned()),
    }
}

fn number(cell: &Cell) -> Result<Option<f64>, String> {
    match cell {
        Cell::Null => Ok(None),
        Cell::Number(number) if number.is_finite() => Ok(Some(*number)),
        Cell::Integer(number) => Ok(Some(*number as f64)),
        _ => Err("expected a finite number".to_owned()),
    }
}

fn quad(cell: &Cell) -> Result<Option<Quad>, String> {
    match cell {
        Cell::Null => Ok(None),
        Cell::Quad(quad) => Ok(Some(*quad)),
        _ => Err("expected four corners".to_owned()),
    }
}

fn flag(cell: &Cell) -> Result<Option<bool>, String> {
    match cell {
        Cell::Null => Ok(None),
        Cell::Flag(flag) => Ok(Some(*flag)),
        _ => Err("expected true or false".to_owned()),
    }
}
