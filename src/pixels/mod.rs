//! Planes of pixels and the kernels that work on them. No I/O and no policy lives here.

mod blocking;
mod colour;
mod dct;
mod detail;
mod plane;
mod sample;
mod spectrum;
mod turn;

pub use blocking::coefficient_roughness;
pub use blocking::foreign_grid;
pub use colour::luma;
pub use colour::rgb;
pub use colour::ycbcr;
pub use dct::LowDct;
pub use dct::low_dct;
pub use detail::detailed_tiles;
pub use plane::Plane;
pub use sample::TILE;
pub use sample::Tile;
pub use sample::tile_at;
pub use sample::tile_starts;
pub use spectrum::LineSpectra;
pub use spectrum::LineSpectrum;
pub use turn::flip;
pub use turn::mirror;
pub use turn::transpose;
pub use turn::transverse;
pub use turn::turn_half;
pub use turn::turn_left;
pub use turn::turn_right;
