//! Driving licences, front and back.

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

pub(super) fn back(canvas: &mut Canvas, holder: &Holder) {
    let (style, person) = (&holder.style, &holder.person);
    let table = mix(style.label, style.paper, 0.2);
    let (left, top, pitch) = (22.0, 5.0, 3.4);
    let classes = ["AM", "A1", "A2", "A", "B1", "B", "C1", "C", "D1", "D", "BE", "T"];
    let granted = style.random("classes").next();
    for (row, class) in classes.iter().enumerate() {
        let y = top + pitch * (row as f32 + 1.0);
        canvas.stroke(&[[left, y], [81.0, y]], 0.14, table, 0.9);
        glyphs::draw(canvas, Face::SansBold, class, [left + 1.0, y - 0.8], 1.6, (style.ink, 0.95));
        if granted >> row & 1 == 1 {
            glyphs::draw(
                canvas,
                Face::Sans,
                &printed(&person.issued, "99"),
                [left + 13.0, y - 0.8],
                1.5,
                (style.ink, 0.95),
            );
            glyphs::draw(
                canvas,
                Face::Sans,
                &printed(&person.expires, "99"),
                [left + 30.0, y - 0.8],
                1.5,
                (style.ink, 0.95),
            );
        }
    }
    let bottom = top + pitch * 12.0;
    for x in [left, left + 12.0, left + 29.0, left + 46.0, 81.0] {
        canvas.stroke(&[[x, top - 2.0], [x, bottom]], 0.14, table, 0.9);
    }
    for (text, x) in [("9.", 1.0), ("10.", 13.0), ("11.", 30.0), ("12.", 47.0)] {
        glyphs::draw(canvas, Face::Sans, text, [left + x, top - 0.6], 1.1, (style.label, 0.95));
    }
    notes(canvas, holder);
}

fn notes(canvas: &mut Canvas, holder: &Holder) {
    let style = &holder.style;
    let captions =
        ["1. Surname", "2. Given names", "3. Date, place", "4a. Issued", "4b. Expires", "4c. Authority", "5. Number"];
    for (i, caption) in captions.iter().enumerate() {
        glyphs::draw(canvas, Face::Sans, caption, [4.0, 7.0 + 2.3 * i as f32], 1.05, (style.label, 0.95));
    }
    if style.variant == 1 {
        portrait(canvas, holder, [5.0, 26.0, 12.0, 15.0], 0.5);
    } else {
        emblem(canvas, [11.5, 33.0], 5.0, mix(style.band, style.paper, 0.4));
    }
    glyphs::draw(canvas, Face::Sans, "12.  01.06 / 70.UTO", [22.0, 49.4], 1.5, (style.ink, 0.95));
    glyphs::draw(canvas, Face::SansBold, &holder.person.number, [62.0, 50.6], 1.9, ([150, 24, 34], 0.95));
}
