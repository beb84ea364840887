//! Bare lines, binarised.

use std::error::Error;
use std::path::Path;

use kyclint::identity::GLYPHS;
use kyclint::scene::Cell;
use kyclint::scene::read_strip;

use crate::labels::rows;

pub(crate) fn report(set: &Path) -> Result<(), Box<dyn Error>> {
    let (mut strips, mut missing, mut whole, mut characters, mut wrong, mut of_read) = (0, 0, 0, 0, 0, [0, 0]);
    for row in rows(&set.join("labels.csv"))? {
        let photo = row.photo()?.ok_or("a line is no photo")?;
        let truth: Vec<char> = row.cell("text").chars().collect();
        let read: Option<Vec<char>> = read_strip(&photo).map(|cells| cells.iter().map(likeliest).collect());
        strips += 1;
        characters += truth.len();
        let errors = read.as_ref().map_or(truth.len(), |read| distance(read, &truth));
        if read.is_some() {
            of_read = [of_read[0] + errors, of_read[1] + truth.len()];
        }
        (missing, whole, wrong) =
            (missing + usize::from(read.is_none()), whole + usize::from(errors == 0), wrong + errors);
        if errors > 0 && std::env::var_os("SHOW").is_some() {
            println!("{} {errors} errors in {} cells", row.cell("path"), read.map_or(0, |read| read.len()));
        }
    }
    let share = |errors: usize, of: usize| 100.0 * errors as f64 / of.max(1) as f64;
    println!(
        "\n| lines | not read | without an error | characters | wrong | character error | of lines that are read |"
    );
    println!("|---|---|---|---|---|---|---|");
    println!(
        "| {strips} | {missing} | {whole} | {characters} | {wrong} | {:.3} % | {:.3} % |",
        share(wrong, characters),
        share(of_read[0], of_read[1])
    );
    Ok(())
}

fn likeliest(cell: &Cell) -> char {
    let score = |at: &usize| cell.scores[*at];
    let best = (0..GLYPHS.len()).max_by(|one, other| score(one).total_cmp(&score(other)));
    best.map_or('<', |at| GLYPHS[at])
}

/// Characters to put in, take out or replace (Levenshtein).
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, left) in one.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (column, right) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(left != right);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}
