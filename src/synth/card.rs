//! Identity cards, front and back.

use crate::synth::canvas::Canvas;
use crate::synth::colour::mix;
use crate::synth::document::Holder;
use crate::synth::document::centred;
use crate::synth::document::chip;
use crate::synth::document::emblem;
use crate::synth::document::field;
use crate::synth::document::portrait;
use crate::synth::glyphs;
use crate::synth::glyphs::Face;
use crate::synth::guilloche;
use crate::synth::path::Path;
use crate::synth::person::printed;

pub(super) fn front(canvas: &mut Canvas, holder: &Holder) {
    let style = &holder.style;
    heading(canvas, holder);
    let (photo_x, text_x) = if style.portrait_right { (56.6, 5.0) } else { (4.0, 32.0) };
    portrait(canvas, holder, [photo_x, 14.0, 25.0, 32.0], 1.0);
    fields(canvas, holder, text_x);
    let ghost_x = if style.portrait_right { 43.0 } else { 70.0 };
    portrait(canvas, holder, [ghost_x, 32.5, 11.0, 14.0], 0.6);
    let mut random = style.random("signature");
    let line = guilloche::signature([photo_x + 1.5, 51.0], 20.0, 4.0, &mut random);
    canvas.stroke(&line, 0.28, style.ink, 0.85);
    if style.variant == 1 {
        chip(canvas, [if style.portrait_right { 38.0 } else { 69.0 }, 14.5]);
    }
    let number = &holder.person.number;
    let cap = 2.2;
    let x = if style.portrait_right { 30.0 } else { 82.0 - glyphs::width(Face::SansBold, number, cap) };
    glyphs::draw(canvas, Face::SansBold, number, [x, 51.2], cap, ([150, 24, 34], 0.95));
}

fn heading(canvas: &mut Canvas, holder: &Holder) {
    let style = &holder.style;
    let pale = [252, 252, 250];
    let (title, small) =
        if style.variant == 0 { (pale, mix(pale, style.band, 0.15)) } else { (style.band, style.label) };
    match style.variant {
        0 => canvas.fill(&Path::rectangle(0.0, 0.0, 86.0, 10.5), style.band, 1.0),
        1 => canvas.stroke(&[[4.0, 11.3], [81.6, 11.3]], 0.35, style.band, 1.0),
        _ => canvas.fill(&Path::rectangle(0.0, 10.6, 86.0, 1.2), style.band, 0.9),
    }
    emblem(canvas, [8.2, 5.4], 3.6, title);
    glyphs::draw(canvas, Face::SansBold, "REPUBLIC OF UTOPIA", [14.0, 5.2], 2.3, (title, 1.0));
    glyphs::draw(canvas, Face::Sans, "IDENTITY CARD / UTOPIA IDENTA KARTO", [14.0, 8.6], 1.4, (small, 1.0));
    glyphs::draw(canvas, Face::SansBold, "UTO", [74.0, 6.8], 2.9, (title, 1.0));
}

fn fields(canvas: &mut Canvas, holder: &Holder, x: f32) {
    let (style, person) = (&holder.style, &holder.person);
    let sex = person.sex.to_string();
    let rows = [
        (("1 Surname / Nomo", person.surname.as_str()), 17.4),
        (("2 Given names / Antaunomoj", person.given.as_str()), 23.6),
        (("3 Date of birth / Naskita", &printed(&person.born, "10")), 29.8),
        (("5 Nationality / Civitaneco", "UTOPIAN"), 36.0),
        (("7 Date of expiry / Valida gis", &printed(&person.expires, "99")), 42.2),
        (("8 Place of birth / Naskigloko", person.town.as_str()), 48.0),
    ];
    for (texts, y) in rows {
        field(canvas, style, [x, y + 1.0], texts, 1.9);
    }
    field(canvas, style, [x + 24.0, 30.8], ("4 Sex", &sex), 1.9);
}

pub(super) fn back(canvas: &mut Canvas, holder: &Holder, mrz: &[String]) {
    let (style, person) = (&holder.style, &holder.person);
    if style.variant != 2 {
        canvas.fill(&Path::rectangle(0.0, 32.5, 86.0, 22.0), mix(style.paper, [255; 3], 0.55), 0.75);
    }
    let left = [
        (("9 Address / Adreso", person.street.as_str()), 6.8),
        (("", person.town.as_str()), 9.9),
        (("10 Date of issue / Eldonita", &printed(&person.issued, "99")), 16.2),
        (("11 Authority / Autoritato", "CIVIL REGISTRY UTOPIA"), 22.4),
        (("12 Height / Alteco", "174 cm"), 28.6),
    ];
    for (texts, y) in left {
        field(canvas, style, [5.0, y], texts, 1.8);
    }
    field(canvas, style, [32.0, 28.6], ("13 Eyes / Okuloj", "BROWN"), 1.8);
    if style.variant == 1 {
        portrait(canvas, holder, [68.0, 6.0, 13.0, 16.5], 0.55);
    } else {
        chip(canvas, [67.0, 8.0]);
    }
    emblem(canvas, [58.0, 14.0], 5.0, mix(style.band, style.paper, 0.35));
    centred(
        canvas,
        Face::Sans,
        "This card remains property of the Republic of Utopia",
        [62.0, 30.4],
        0.95,
        (style.label, 0.9),
    );
    for (line, baseline) in mrz.iter().zip([39.6, 44.1, 48.6]) {
        glyphs::draw_mrz_line(canvas, line, [4.6, baseline], ([24, 24, 26], 0.96));
    }
}
