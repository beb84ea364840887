/// Things that belong together, link by link: a forest of disjoint sets, each named by its least member.
#[derive(Debug)]
pub(super) struct Links(Vec<u32>);

impl Links {
    /// `count` things without a link.
    pub(super) fn none(count: usize) -> Self {
        Self((0..count as u32).collect())
    }

    /// The least member of the set of `at`.
    pub(super) fn least(&mut self, at: usize) -> usize {
        let mut at = at as u32;
        while self.0[at as usize] != at {
            let above = self.0[self.0[at as usize] as usize];
            self.0[at as usize] = above;
            at = above;
        }
        at as usize
    }

    /// Puts the sets of the two together.
    pub(super) fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.least(one), self.least(other));
        self.0[one.max(other)] = one.min(other) as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::Links;

    #[test]
    fn a_chain_of_links_is_one_set_under_its_least_member() {
        let mut links = Links::none(6);
        for (one, other) in [(5, 4), (2, 4), (2, 3), (3, 5)] {
            links.join(one, other);
        }
        let sets: Vec<_> = (0..6).map(|at| links.least(at)).collect();
        assert_eq!(sets, [0, 1, 2, 2, 2, 2]);
    }
}
