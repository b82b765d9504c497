//! What the parsers of all containers have in common.

use crate::report::Inspection;
use crate::sparse_file::{ParseError, SparseFile};

/// A parser of one container. It keeps its position between calls.
pub(crate) trait Reader {
    /// Reads on, and notes what it finds in `report`. After `Incomplete` it is
    /// called again and continues where it stopped.
    fn read(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError>;
}
