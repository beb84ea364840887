use super::funnel::Window;

/// Of windows that have more than `most` of their common area in common (Jaccard index) the one with the best score, best
/// first; the scores of the others are added to its own.
pub(super) fn merged(mut windows: Vec<Window>, most: f32) -> Vec<Window> {
    windows.sort_by(|one, other| other.score.total_cmp(&one.score));
    let mut kept = Vec::new();
    while let Some((best, others)) = windows.split_first() {
        let (same, apart): (Vec<Window>, _) = others.iter().partition(|other| jaccard(best, other) > most);
        kept.push(Window { score: best.score + same.iter().map(|window| window.score).sum::<f64>(), ..*best });
        windows = apart;
    }
    kept
}

fn jaccard(one: &Window, other: &Window) -> f32 {
    let overlap = |one_start: i32, other_start: i32| {
        let end = (one_start + one.side).min(other_start + other.side);
        (end - one_start.max(other_start)).max(0) as f32
    };
    let common = overlap(one.x, other.x) * overlap(one.y, other.y);
    let area = |window: &Window| window.side as f32 * window.side as f32;
    common / (area(one) + area(other) - common)
}

#[cfg(test)]
mod tests {
    use super::Window;
    use super::merged;

    #[test]
    fn windows_on_one_face_become_one_and_others_stay() {
        let window = |x, score| Window { x, y: 10, side: 40, score };
        let found = merged(vec![window(12, 1.0), window(10, 3.0), window(200, 2.0), window(9, 0.5)], 0.3);
        assert_eq!(found, [window(10, 4.5), window(200, 2.0)]);
    }
}
