//! ISO base media (ISO/IEC 14496-12) and `QuickTime`: MP4, M4A, MOV, 3GP, and the
//! pictures HEIC and AVIF.
//!
//! A file is a sequence of boxes. One of them, `moov`, is the index: it describes
//! the tracks and where in the file their samples are, which fill the boxes
//! `mdat`. So a file is rewritten by writing a new index; the samples are not
//! read. Where the index comes in fragments (`moof`), which have offsets of their
//! own, nothing is moved: what is removed is overwritten.

mod box_action;
mod brand;
mod chunk_offsets;
mod duration;
mod edits;
mod fragment;
mod header;
mod heif;
mod metadata;
mod movie;
mod movie_box;
mod movie_box_reader;
mod movie_box_writer;
mod movie_check;
mod reader;
mod rewrite;
mod sample_data;
mod sample_entries;
mod top_level;
mod track;
mod track_references;
mod track_run;
mod writer;

pub(crate) use brand::BrandFamily;
pub use movie_check::{MAX_INDEX_BYTES, MovieCheck};
#[cfg(feature = "movies")]
pub(crate) use reader::MovieReader;
#[cfg(feature = "movies")]
pub use rewrite::{MovieTarget, Rewrite};
