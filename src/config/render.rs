use std::fmt::Write as _;

use super::Settings;
use crate::budget::Budget;
use crate::checks::Band;
use crate::checks::Category;
use crate::checks::Check;
use crate::checks::Fault;
use crate::checks::REGISTRY;
use crate::scene::DocumentType;
use crate::verdict::CapturePolicy;
use crate::verdict::Rule;
use crate::verdict::SubmissionPolicy;
use crate::verdict::Verdict;

/// The settings as a commented TOML file that reads back to the same settings.
#[must_use]
pub fn render(settings: &Settings) -> String {
    rendered(settings, Some(&settings.budget))
}

/// The part of the settings that judges, without the budget: what is recorded in reports.
#[must_use]
pub fn render_judging(settings: &Settings) -> String {
    rendered(settings, None)
}

fn rendered(settings: &Settings, held_to: Option<&Budget>) -> String {
    let mut out =
        String::from("# Configuration of kyclint. What a file does not set is inherited from these defaults.\n");
    limits(&mut out, settings);
    verdict(&mut out, settings);
    submission(&mut out, &settings.policy.submission);
    capture(&mut out, &settings.policy.capture);
    if let Some(held_to) = held_to {
        budget(&mut out, held_to);
    }
    for (index, check) in REGISTRY.iter().enumerate() {
        default_band(&mut out, check, &settings.policy.band(index, None));
    }
    for kind in DocumentType::ALL {
        for (index, check) in REGISTRY.iter().enumerate() {
            let band = settings.policy.own_band(index, kind);
            if band != Band::default() {
                let _ = write!(out, "\n[{kind}.{}]\n{}", check.id, band_lines(&band));
            }
        }
    }
    out
}

fn limits(out: &mut String, settings: &Settings) {
    let limits = &settings.limits;
    let _ = write!(
        out,
        "\n# What a photo may claim before anything is allocated for it.\n[limits]\nmax_file_bytes = {}\nmax_pixels = {}\n\
         max_side = {}\n",
        limits.max_file_bytes, limits.max_pixels, limits.max_side
    );
}

fn verdict(out: &mut String, settings: &Settings) {
    let policy = &settings.policy;
    let categories =
        Category::ALL.iter().filter(|category| policy.rejects_on(**category)).map(|category| category.id());
    let _ = write!(
        out,
        "\n[verdict]\n# Categories whose rejects reject the photo; the others only send it to review.\nreject_on = {}\n",
        list(categories)
    );
    let required = |kind| policy.set_as_required(kind).map(|set| list(set.map(|index| REGISTRY[index].id)));
    out.push_str(
        "\n# Checks without which nobody can say yes: where one has no number, the photo is at best a review.\n",
    );
    out.push_str("[verdict.required]\n");
    for kind in std::iter::once(None).chain(DocumentType::ALL.map(Some)) {
        if let Some(required) = required(kind) {
            let _ = writeln!(out, "{} = {required}", kind.map_or("default", DocumentType::id));
        }
    }
}

fn submission(out: &mut String, policy: &SubmissionPolicy) {
    out.push_str("\n# What makes a submission fail beyond its photos: each rule rejects, sends to review or is off.\n[submission]\n");
    for rule in Rule::ALL {
        let _ = writeln!(out, "# {}\n{rule} = \"{}\"", rule.message(), policy.consequence(rule).id());
    }
    let _ = write!(
        out,
        "# Flat documents whose hashes differ in at most so many of 256 bits show the same side.\nsame_side_bits = {}\n\
         # Frames whose hashes differ in at most so many of 256 bits are one photo; at most {}.\nduplicate_bits = {}\n",
        policy.same_side_bits,
        SubmissionPolicy::MOST_DUPLICATE_BITS,
        policy.duplicate_bits
    );
}

fn capture(out: &mut String, policy: &CapturePolicy) {
    let _ = write!(
        out,
        "\n# What makes a capture of several frames fail beyond its frames.\n[capture]\n\
         # Whether frames are mirrored, as previews of front cameras are: then left and right are exchanged.\nmirrored = {}\n\
         \n# How much of what was asked (`prompt` in the manifest) is seen, 0–1.\n[capture.prompt_followed]\n{}\
         \n# Movement of the face from frame to frame, distances between the eyes.\n[capture.movement_speed]\n{}",
        policy.is_mirrored,
        band_lines(&policy.prompt_followed),
        band_lines(&policy.movement_speed)
    );
}

fn budget(out: &mut String, budget: &Budget) {
    let conditions: Vec<_> = budget.conditions.iter().map(ToString::to_string).collect();
    let _ = write!(
        out,
        "\n# What a run is held to; it changes no verdict. Where it is not met, the exit code is 1.\n[budget]\n\
         # Conditions, as \"reject_rate <= 12%\", \"passport.glare <= +2pp vs baseline\", \"error <= 0\".\nlimits = {}\n\
         # The verdict that nothing may have, nor a worse one: `review`, `reject`, `error`, or `off`.\nfail_on = \"{}\"\n",
        list(conditions.iter().map(String::as_str)),
        budget.fail_on.map_or("off", Verdict::id)
    );
}

fn default_band(out: &mut String, check: &Check, band: &Band) {
    let category = |fault: Option<&Fault>, side| fault.map(|fault| format!("{} ({side})", fault.category));
    let categories = [category(check.faults.below.as_ref(), "below"), category(check.faults.above.as_ref(), "above")];
    let categories: Vec<_> = categories.into_iter().flatten().collect();
    out.push('\n');
    for line in wrap(&check.summary(), 110) {
        let _ = writeln!(out, "# {line}");
    }
    let _ = writeln!(out, "# Unit: {}. Category: {}.", check.unit, categories.join(", "));
    let _ = write!(out, "[default.{}]\n{}", check.id, band_lines(band));
}

fn band_lines(band: &Band) -> String {
    band.limits().fold(String::new(), |mut lines, (limit, value)| {
        let _ = writeln!(lines, "{} = {value:?}", limit.key());
        lines
    })
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", names.map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", "))
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if !line.is_empty() && line.len() + word.len() >= width {
            lines.push(word.to_owned());
        } else {
            *line += if line.is_empty() { "" } else { " " };
            *line += word;
        }
    }
    lines
}
