//! The data page of a passport.

use crate::synth::canvas::Canvas;
use crate::synth::colour::mix;
use crate::synth::document::Holder;
use crate::synth::document::emblem;
use crate::synth::document::field;
use crate::synth::document::portrait;
use crate::synth::glyphs;
use crate::synth::glyphs::Face;
use crate::synth::guilloche;
use crate::synth::path::Path;
use crate::synth::person::printed;

pub(super) fn data_page(canvas: &mut Canvas, holder: &Holder, mrz: &[String]) {
    let style = &holder.style;
    canvas.fill(&Path::rectangle(0.0, 64.8, 125.0, 24.0), mix(style.paper, [255; 3], 0.5), 0.8);
    if style.variant == 0 {
        canvas.fill(&Path::rectangle(0.0, 0.0, 125.0, 9.0), style.band, 0.92);
    }
    let title = if style.variant == 0 { [250, 250, 248] } else { style.band };
    emblem(canvas, [8.0, 4.8], 3.4, title);
    glyphs::draw(canvas, Face::SansBold, "REPUBLIC OF UTOPIA", [14.0, 6.4], 2.8, (title, 1.0));
    glyphs::draw(canvas, Face::Serif, "PASSPORT / PASPORTO", [70.0, 6.4], 2.5, (title, 1.0));
    portrait(canvas, holder, [5.0, 14.0, 34.0, 43.0], 1.0);
    portrait(canvas, holder, [101.0, 30.0, 18.0, 23.0], 0.55);
    fields(canvas, holder);
    let mut random = style.random("signature");
    let line = guilloche::signature([84.0, 62.2], 30.0, 5.0, &mut random);
    canvas.stroke(&line, 0.32, style.ink, 0.85);
    for (line, baseline) in mrz.iter().zip([73.6, 79.95]) {
        glyphs::draw_mrz_line(canvas, line, [6.4, baseline], ([24, 24, 26], 0.96));
    }
}

fn fields(canvas: &mut Canvas, holder: &Holder) {
    let (style, person) = (&holder.style, &holder.person);
    let sex = person.sex.to_string();
    let wide = [
        (("Surname / Nomo (1)", person.surname.as_str()), 22.6),
        (("Given names / Antaunomoj (2)", person.given.as_str()), 29.6),
        (("Nationality / Civitaneco (3)", "UTOPIAN"), 36.6),
        (("Date of birth / Naskigdato (4)", &printed(&person.born, "10")), 43.6),
        (("Place of birth / Naskigloko (6)", person.town.as_str()), 50.6),
        (("Date of issue / Eldonita (7)", &printed(&person.issued, "99")), 57.0),
        (("Date of expiry / Valida gis (9)", &printed(&person.expires, "99")), 63.0),
    ];
    for (texts, y) in wide {
        field(canvas, style, [44.0, y], texts, 2.1);
    }
    field(canvas, style, [44.0, 15.6], ("Type", "P"), 2.1);
    field(canvas, style, [58.0, 15.6], ("Code", "UTO"), 2.1);
    field(canvas, style, [90.0, 15.6], ("Passport No. / Numero", &person.number), 2.3);
    field(canvas, style, [84.0, 43.6], ("Sex (5)", &sex), 2.1);
    field(canvas, style, [84.0, 50.6], ("Authority (8)", "AMAUROT"), 2.1);
}
