//! What is shared about the rectified surface of the document.

mod glare;
mod paper;
mod shade;
mod text;

pub use glare::Glare;
pub use glare::Spot;
pub use paper::Paper;
pub use shade::Shade;
pub use text::Text;
pub use text::TextLine;
