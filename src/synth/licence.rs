//! Driving licences, front and back.

use crate::synth::barcode::Barcode;
use crate::synth::canvas::Canvas;
use crate::synth::colour::mix;
use crate::synth::document::Holder;
use crate::synth::document::centred;
use crate::synth::document::emblem;
use crate::synth::document::portrait;
use crate::synth::glyphs;
use crate::synth::glyphs::Face;
use crate::synth::guilloche;
use crate::synth::path::Path;
use crate::synth::person::printed;

pub(super) fn front(canvas: &mut Canvas, holder: &Holder) {
    let style = &holder.style;
    let title = if style.variant == 2 { [250, 250, 248] } else { style.band };
    if style.variant == 2 {
        canvas.fill(&Path::rectangle(0.0, 0.0, 86.0, 11.0), style.band, 1.0);
    }
    canvas.fill(&Path::rounded_rectangle(4.0, 3.0, 10.5, 7.0, 0.8), mix(style.band, [20, 30, 90], 0.6), 1.0);
    centred(canvas, Face::SansBold, "UTO", [9.2, 7.6], 2.2, ([255, 224, 120], 1.0));
    glyphs::draw(canvas, Face::SansBold, "DRIVING LICENCE", [17.0, 6.6], 2.7, (title, 1.0));
    glyphs::draw(canvas, Face::Sans, "STIRPERMESILO  -  REPUBLIC OF UTOPIA", [17.0, 9.6], 1.3, (title, 1.0));
    let photo_x = if style.portrait_right { 58.0 } else { 4.0 };
    portrait(canvas, holder, [photo_x, 14.0, 23.0, 30.0], 1.0);
    fields(canvas, holder, if style.portrait_right { 4.5 } else { 30.5 });
    let mut random = style.random("signature");
    let line = guilloche::signature([photo_x + 1.0, 50.2], 19.0, 3.8, &mut random);
    canvas.stroke(&line, 0.26, style.ink, 0.85);
    emblem(canvas, [if style.portrait_right { 47.0 } else { 75.0 }, 41.0], 5.5, mix(style.band, style.paper, 0.5));
}

fn fields(canvas: &mut Canvas, holder: &Holder, x: f32) {
    let (style, person) = (&holder.style, &holder.person);
    let rows = [
        ("1.", person.surname.clone()),
        ("2.", person.given.clone()),
        ("3.", format!("{}  {}", printed(&person.born, "10"), person.town)),
        ("4a.", format!("{}   4c. DVLU", printed(&person.issued, "99"))),
        ("4b.", printed(&person.expires, "99")),
        ("5.", person.number.clone()),
        ("8.", person.street.clone()),
        ("9.", "AM/B1/B/BE".to_owned()),
    ];
    for (i, (caption, value)) in rows.iter().enumerate() {
        let y = 17.0 + 4.75 * i as f32;
        glyphs::draw(canvas, Face::Sans, caption, [x, y], 1.25, (style.label, 0.95));
        glyphs::draw(canvas, style.face, value, [x + 4.4, y], 1.85, (style.ink, 0.95));
    }
}

pub(super) fn back(canvas: &mut Canvas, holder: &Holder, barcode: Option<&Barcode>) {
    let layout = if barcode.is_some() { &ABOVE_BARCODE } else { &WHOLE };
    classes(canvas, holder, layout);
    notes(canvas, holder, layout);
    if let Some(barcode) = barcode {
        let [width, height] = barcode.size();
        barcode.draw(canvas, [(85.6 - width) / 2.0, 52.4 - height]);
    }
}

/// Where the back has its parts, mm.
#[derive(Clone, Copy)]
struct Layout {
    /// Distance between the lines of the table of classes, and cap height of the classes' names.
    pitch: f32,
    cap: f32,
    /// Place of the ghost portrait.
    portrait: [f32; 4],
    /// Middle of the emblem, and its radius.
    emblem: ([f32; 2], f32),
    /// Baselines of the notes below the table.
    notes: [f32; 2],
}

const WHOLE: Layout = Layout {
    pitch: 3.4,
    cap: 1.6,
    portrait: [5.0, 26.0, 12.0, 15.0],
    emblem: ([11.5, 33.0], 5.0),
    notes: [49.4, 50.6],
};

const ABOVE_BARCODE: Layout = Layout {
    pitch: 2.1,
    cap: 1.35,
    portrait: [6.0, 22.6, 8.6, 10.6],
    emblem: ([11.5, 27.6], 4.2),
    notes: [33.2, 33.4],
};

fn classes(canvas: &mut Canvas, holder: &Holder, layout: &Layout) {
    let (style, person) = (&holder.style, &holder.person);
    let table = mix(style.label, style.paper, 0.2);
    let (left, top, Layout { pitch, cap, .. }) = (22.0, 5.0, *layout);
    let classes = ["AM", "A1", "A2", "A", "B1", "B", "C1", "C", "D1", "D", "BE", "T"];
    let granted = style.random("classes").next();
    let lift = 0.5 * cap;
    for (row, class) in classes.iter().enumerate() {
        let y = top + pitch * (row as f32 + 1.0);
        canvas.stroke(&[[left, y], [81.0, y]], 0.14, table, 0.9);
        glyphs::draw(canvas, Face::SansBold, class, [left + 1.0, y - lift], cap, (style.ink, 0.95));
        if granted >> row & 1 == 1 {
            for (date, x) in [(&person.issued, 13.0), (&person.expires, 30.0)] {
                let text = printed(date, "99");
                glyphs::draw(canvas, Face::Sans, &text, [left + x, y - lift], cap - 0.1, (style.ink, 0.95));
            }
        }
    }
    let bottom = top + pitch * 12.0;
    for x in [left, left + 12.0, left + 29.0, left + 46.0, 81.0] {
        canvas.stroke(&[[x, top - 2.0], [x, bottom]], 0.14, table, 0.9);
    }
    for (text, x) in [("9.", 1.0), ("10.", 13.0), ("11.", 30.0), ("12.", 47.0)] {
        glyphs::draw(canvas, Face::Sans, text, [left + x, top - 0.6], 1.1, (style.label, 0.95));
    }
}

fn notes(canvas: &mut Canvas, holder: &Holder, layout: &Layout) {
    let style = &holder.style;
    let captions =
        ["1. Surname", "2. Given names", "3. Date, place", "4a. Issued", "4b. Expires", "4c. Authority", "5. Number"];
    for (i, caption) in captions.iter().enumerate() {
        glyphs::draw(canvas, Face::Sans, caption, [4.0, 7.0 + 2.3 * i as f32], 1.05, (style.label, 0.95));
    }
    if style.variant == 1 {
        portrait(canvas, holder, layout.portrait, 0.5);
    } else {
        let (centre, radius) = layout.emblem;
        emblem(canvas, centre, radius, mix(style.band, style.paper, 0.4));
    }
    let [note, number] = layout.notes;
    glyphs::draw(canvas, Face::Sans, "12.  01.06 / 70.UTO", [22.0, note], 1.5, (style.ink, 0.95));
    glyphs::draw(canvas, Face::SansBold, &holder.person.number, [62.0, number], 1.9, ([150, 24, 34], 0.95));
}
