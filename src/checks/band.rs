use std::fmt;

use super::Side;

/// Up to four limits around the numbers that pass.
///
/// A number below `reject_below` or above `reject_above` is a reject, else below `review_below` or above `review_above` a
/// review, else a pass. A limit itself passes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Band {
    /// Numbers below are rejects.
    pub reject_below: Option<f64>,
    /// Numbers below are reviews at least.
    pub review_below: Option<f64>,
    /// Numbers above are reviews at least.
    pub review_above: Option<f64>,
    /// Numbers above are rejects.
    pub reject_above: Option<f64>,
}

/// One of the four limits of a band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// `reject_below`.
    RejectBelow,
    /// `review_below`.
    ReviewBelow,
    /// `review_above`.
    ReviewAbove,
    /// `reject_above`.
    RejectAbove,
}

/// How far outside a band a number lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// Between the limits.
    Inside,
    /// Beyond a review limit on this side.
    Review(Side),
    /// Beyond a reject limit on this side.
    Reject(Side),
}

/// Why four limits are no band.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum BandError {
    /// A limit that is infinite or not a number.
    #[error("{} = {value} is not a finite number", limit.key())]
    NotFinite {
        /// The limit.
        limit: Limit,
        /// Its value.
        value: f64,
    },
    /// Two limits in the wrong order.
    #[error("{} = {low_value} must not be above {} = {high_value}", low.key(), high.key())]
    Crossed {
        /// The limit that must be the lower one.
        low: Limit,
        /// Its value.
        low_value: f64,
        /// The limit that must be the higher one.
        high: Limit,
        /// Its value.
        high_value: f64,
    },
}

impl Limit {
    /// The four limits, from low to high.
    pub const ALL: [Self; 4] = [Self::RejectBelow, Self::ReviewBelow, Self::ReviewAbove, Self::RejectAbove];

    /// The key in the configuration.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::RejectBelow => "reject_below",
            Self::ReviewBelow => "review_below",
            Self::ReviewAbove => "review_above",
            Self::RejectAbove => "reject_above",
        }
    }

    /// The side of the band it bounds.
    #[must_use]
    pub const fn side(self) -> Side {
        match self {
            Self::RejectBelow | Self::ReviewBelow => Side::Below,
            Self::ReviewAbove | Self::RejectAbove => Side::Above,
        }
    }
}

impl fmt::Display for Band {
    /// The limits that are set, from low to high: `reject_below = 5, review_below = 8`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let limits: Vec<_> = self.limits().map(|(limit, value)| format!("{} = {value}", limit.key())).collect();
        f.write_str(&limits.join(", "))
    }
}

impl Band {
    /// Larger is better: below `review` is a review, below `reject` a reject.
    #[must_use]
    pub const fn at_least(review: f64, reject: f64) -> Self {
        Self { reject_below: Some(reject), review_below: Some(review), review_above: None, reject_above: None }
    }

    /// Smaller is better: above `review` is a review, above `reject` a reject.
    #[must_use]
    pub const fn at_most(review: f64, reject: f64) -> Self {
        Self { reject_below: None, review_below: None, review_above: Some(review), reject_above: Some(reject) }
    }

    /// Numbers that are to lie between two limits: from where to where they pass, and where they are not rejected.
    #[must_use]
    pub const fn within([review_below, review_above]: [f64; 2], [reject_below, reject_above]: [f64; 2]) -> Self {
        Self {
            reject_below: Some(reject_below),
            review_below: Some(review_below),
            review_above: Some(review_above),
            reject_above: Some(reject_above),
        }
    }

    /// One of the four limits.
    #[must_use]
    pub const fn limit(&self, limit: Limit) -> Option<f64> {
        match limit {
            Limit::RejectBelow => self.reject_below,
            Limit::ReviewBelow => self.review_below,
            Limit::ReviewAbove => self.review_above,
            Limit::RejectAbove => self.reject_above,
        }
    }

    /// Sets one of the four limits.
    pub const fn set(&mut self, limit: Limit, value: Option<f64>) {
        *match limit {
            Limit::RejectBelow => &mut self.reject_below,
            Limit::ReviewBelow => &mut self.review_below,
            Limit::ReviewAbove => &mut self.review_above,
            Limit::RejectAbove => &mut self.reject_above,
        } = value;
    }

    /// How far beyond its limits on `side` the number lies: 0 at the review limit, 1 at the reject limit, more beyond, so that numbers
    /// of several checks compare. Where the two limits are one or one is missing, 1 and the distance to it in its own size.
    /// `None` where there is no limit on that side.
    ///
    /// ```
    /// use kyclint::checks::Band;
    /// use kyclint::checks::Side;
    ///
    /// let band = Band::at_most(2.0, 6.0);
    /// assert_eq!(band.depth(Side::Above, 8.0), Some(1.5));
    /// assert_eq!(band.depth(Side::Below, 8.0), None);
    /// ```
    #[must_use]
    pub fn depth(&self, side: Side, number: f64) -> Option<f64> {
        let badness = |number: f64| if side == Side::Below { -number } else { number };
        let on_side = |limit: Limit| (limit.side() == side).then(|| self.limit(limit)).flatten().map(badness);
        let [reject, review] = if side == Side::Below {
            [Limit::RejectBelow, Limit::ReviewBelow].map(on_side)
        } else {
            [Limit::RejectAbove, Limit::ReviewAbove].map(on_side)
        };
        match (review, reject) {
            (Some(review), Some(reject)) if reject > review => Some((badness(number) - review) / (reject - review)),
            (Some(limit), _) | (None, Some(limit)) => {
                Some(1.0 + (badness(number) - limit) / if limit == 0.0 { 1.0 } else { limit.abs() })
            }
            (None, None) => None,
        }
    }

    /// The limits that are set, from low to high.
    pub fn limits(&self) -> impl Iterator<Item = (Limit, f64)> {
        let band = *self;
        Limit::ALL.into_iter().filter_map(move |limit| Some((limit, band.limit(limit)?)))
    }

    /// This band with the unset limits taken from `base`.
    #[must_use]
    pub fn or(self, base: Self) -> Self {
        Self {
            reject_below: self.reject_below.or(base.reject_below),
            review_below: self.review_below.or(base.review_below),
            review_above: self.review_above.or(base.review_above),
            reject_above: self.reject_above.or(base.reject_above),
        }
    }

    /// Where `number` lies.
    #[must_use]
    pub fn place(&self, number: f64) -> Placement {
        let below = |limit: Option<f64>| limit.is_some_and(|limit| number < limit);
        let above = |limit: Option<f64>| limit.is_some_and(|limit| number > limit);
        if below(self.reject_below) {
            Placement::Reject(Side::Below)
        } else if above(self.reject_above) {
            Placement::Reject(Side::Above)
        } else if below(self.review_below) {
            Placement::Review(Side::Below)
        } else if above(self.review_above) {
            Placement::Review(Side::Above)
        } else {
            Placement::Inside
        }
    }

    /// Checks that the limits are finite and in order: `reject_below <= review_below <= review_above <= reject_above`.
    ///
    /// # Errors
    /// Names the first limit that is not finite, or the first two that are crossed.
    pub fn validate(&self) -> Result<(), BandError> {
        if let Some((limit, value)) = self.limits().find(|(_, value)| !value.is_finite()) {
            return Err(BandError::NotFinite { limit, value });
        }
        let limits: Vec<_> = self.limits().collect();
        for pair in limits.windows(2) {
            let [(low, low_value), (high, high_value)] = [pair[0], pair[1]];
            if low_value > high_value {
                return Err(BandError::Crossed { low, low_value, high, high_value });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Band;
    use super::Placement;
    use super::Side;

    #[test]
    fn a_limit_itself_passes() {
        let band = Band::at_least(8.0, 5.0);
        assert_eq!(band.place(8.0), Placement::Inside);
        assert_eq!(band.place(7.9), Placement::Review(Side::Below));
        assert_eq!(band.place(5.0), Placement::Review(Side::Below));
        assert_eq!(band.place(4.9), Placement::Reject(Side::Below));
    }

    #[test]
    fn unset_limits_are_inherited() {
        let own = Band { reject_above: Some(9.0), ..Band::default() };
        assert_eq!(own.or(Band::at_most(2.0, 3.0)), Band::at_most(2.0, 9.0));
    }

    #[test]
    fn crossed_and_infinite_limits_are_named() {
        let crossed = Band::at_least(5.0, 8.0).validate().unwrap_err();
        assert_eq!(crossed.to_string(), "reject_below = 8 must not be above review_below = 5");
        let infinite = Band::at_most(1.0, f64::INFINITY).validate().unwrap_err();
        assert_eq!(infinite.to_string(), "reject_above = inf is not a finite number");
    }
}
