//! The machine-readable zone: what ICAO Doc 9303 has printed in OCR-B.

mod classify;
mod contrast;
mod grid;
mod ink;
mod levels;
mod line;
mod margins;
mod network;
mod read;
mod rows;
mod strays;
mod strip;

pub use classify::Cell;
pub use classify::classify;
pub use contrast::Window;
pub use network::Network;
pub use read::Mrz;
pub use read::Zone;
pub use read::read_strip;
pub(super) use rows::Row;
pub(super) use rows::rows;
pub use strip::Strip;
