use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::Photo;
use kyclint::photo::decode;

/// The photo in `bytes`, or `None` where they are none.
pub(crate) fn open(bytes: &[u8]) -> Option<Photo> {
    decode(bytes, FileFacts::read(bytes), &Limits::default()).ok()
}
