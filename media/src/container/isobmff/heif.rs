//! Pictures in boxes: HEIC (ISO/IEC 23008-12) and AVIF.
//!
//! The primary item's own properties tell its size and orientation; Exif and XMP
//! are items, whose bytes lie in `mdat` or `idat`.

use super::header::BoxHeader;
use super::metadata::preface;
use crate::bytes::{big_endian, contains};
use crate::image::exif::ExifReader;
use crate::image::xmp;
use crate::report::{Inspection, Private};
use crate::sparse_file::{ParseError, SparseFile};

/// The most items, properties and associations that are read: more than the tiles
/// of the largest pictures.
const MOST: usize = 4096;

/// Reads a box `meta` (ISO/IEC 14496-12, 8.11). It keeps its position between calls.
#[derive(Debug, Default)]
pub(super) struct PictureReader {
    is_read: bool,
    /// Metadata items that were not read.
    pending: Vec<Pending>,
    exif: Option<ExifReader>,
}

/// An item with metadata, and where its bytes are.
#[derive(Clone, Copy, Debug)]
struct Pending {
    kind: ItemKind,
    from: u64,
    to: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ItemKind {
    Exif,
    Xmp,
}

impl PictureReader {
    pub(super) fn read(
        &mut self,
        file: &SparseFile,
        meta: &BoxHeader,
        report: &mut Inspection,
    ) -> Result<(), ParseError> {
        if !self.is_read {
            // All of it at once, so that reading its parts needs no more bytes.
            meta.prefetch(file)?;
            let description = Description::read(file, meta, report)?;
            self.pending = description.metadata(report);
            description.describe_primary(file, report)?;
            self.is_read = true;
        }
        while let Some(item) = self.pending.last().copied() {
            match self.item(file, item, report) {
                Err(ParseError::Truncated | ParseError::Malformed(_)) | Ok(()) => {}
                Err(error) => return Err(error),
            }
            self.exif = None;
            self.pending.pop();
        }
        Ok(())
    }

    /// Reads an item with metadata.
    fn item(
        &mut self,
        file: &SparseFile,
        item: Pending,
        report: &mut Inspection,
    ) -> Result<(), ParseError> {
        if item.to > file.size() {
            return Err(ParseError::Truncated);
        }
        if item.kind == ItemKind::Xmp {
            report.tells_all(&xmp::categories(file, item.from, item.to)?);
            return Ok(());
        }
        let reader = match &mut self.exif {
            Some(reader) => reader,
            none => {
                // The offset of the TIFF header, behind which it is counted
                // (ISO/IEC 23008-12, A.2.1).
                let skipped = u32::from_be_bytes(file.array(item.from)?);
                let tiff = item.from.saturating_add(4).saturating_add(skipped.into());
                none.insert(ExifReader::new(tiff, item.to))
            }
        };
        // Decoders turn the picture by `irot` and `imir`, and not by Exif.
        let exif = reader.read(file)?;
        report.tells_all(&exif.private);
        Ok(())
    }
}

/// What the boxes in `meta` say.
#[derive(Debug, Default)]
struct Description {
    primary: Option<u32>,
    /// Items with metadata: their ids.
    exif: Vec<u32>,
    xmp: Vec<u32>,
    /// Where items are.
    locations: Vec<Location>,
    idat: Option<BoxHeader>,
    properties: Vec<BoxHeader>,
    /// Items and the indices of their properties, from 1 on.
    associations: Vec<(u32, Vec<usize>)>,
    /// The items that describe others: an auxiliary picture, and whose.
    auxiliary: Vec<(u32, Vec<u32>)>,
}

/// The first extent of an item (ISO/IEC 14496-12, 8.11.3).
#[derive(Clone, Copy, Debug)]
struct Location {
    id: u32,
    in_idat: bool,
    offset: u64,
    length: u64,
}

impl Description {
    fn read(
        file: &SparseFile,
        meta: &BoxHeader,
        report: &mut Inspection,
    ) -> Result<Self, ParseError> {
        let mut all = Self::default();
        let mut children = meta.children_after(preface(file, meta)?);
        while let Some(child) = children.next(file)? {
            match &child.kind {
                b"pitm" => all.primary = Some(primary(file, &child)?),
                b"iinf" => all.items(file, &child, report)?,
                b"iloc" => all.item_locations(file, &child)?,
                b"idat" => all.idat = Some(child),
                b"iref" => all.references(file, &child, report)?,
                b"iprp" => all.item_properties(file, &child)?,
                b"uuid" | b"udta" => report.tells(Private::Other),
                _ => {}
            }
        }
        Ok(all)
    }

    /// Reads the list of items (ISO/IEC 14496-12, 8.11.6).
    fn items(
        &mut self,
        file: &SparseFile,
        iinf: &BoxHeader,
        report: &mut Inspection,
    ) -> Result<(), ParseError> {
        let [version] = iinf.array(file, 0)?;
        let mut children = iinf.children_after(if version == 0 { 6 } else { 8 });
        while let Some(infe) = children.next(file)? {
            let [version] = infe.array(file, 0)?;
            // The first versions have no type. Version 3 has ids of four bytes.
            let (id, at) = match version {
                2 => (u16::from_be_bytes(infe.array(file, 4)?).into(), 8),
                3 => (u32::from_be_bytes(infe.array(file, 4)?), 10),
                _ => continue,
            };
            match &infe.array(file, at)? {
                b"Exif" => {
                    report.tells(Private::Exif);
                    push(&mut self.exif, id)?;
                }
                b"mime" => {
                    report.tells(Private::Xmp);
                    push(&mut self.xmp, id)?;
                }
                b"uri " => report.tells(Private::Other),
                _ => {}
            }
        }
        Ok(())
    }

    /// Reads where the items are (8.11.3).
    fn item_locations(&mut self, file: &SparseFile, iloc: &BoxHeader) -> Result<(), ParseError> {
        let [version, _, _, _, sizes, more] = iloc.array(file, 0)?;
        let mut fields = Fields { file, iloc, at: 6 };
        let (offset, length) = (sizes >> 4, sizes & 15);
        let (base, index) = (more >> 4, if version == 0 { 0 } else { more & 15 });
        let wide = if version < 2 { 2 } else { 4 };
        let count = fields.number(wide)?;
        for _ in 0..count.min(MOST as u64) {
            let id = u32::try_from(fields.number(wide)?).unwrap_or_default();
            let method = if version == 0 {
                0
            } else {
                fields.number(2)? & 15
            };
            fields.number(2)?;
            let start = fields.number(base)?;
            let extents = fields.number(2)?;
            for extent in 0..extents.min(MOST as u64) {
                fields.number(index)?;
                let (from, bytes) = (fields.number(offset)?, fields.number(length)?);
                if extent == 0 && method < 2 {
                    let location = Location {
                        id,
                        in_idat: method == 1,
                        offset: start.saturating_add(from),
                        length: bytes,
                    };
                    push(&mut self.locations, location)?;
                }
            }
        }
        Ok(())
    }

    /// Reads which items refer to others (8.11.12).
    fn references(
        &mut self,
        file: &SparseFile,
        iref: &BoxHeader,
        report: &mut Inspection,
    ) -> Result<(), ParseError> {
        let [version] = iref.array(file, 0)?;
        let wide = if version == 0 { 2 } else { 4 };
        let mut children = iref.children_after(4);
        while let Some(child) = children.next(file)? {
            if child.kind == *b"thmb" {
                report.tells(Private::Thumbnail);
            }
            if child.kind != *b"auxl" {
                continue;
            }
            let mut fields = Fields {
                file,
                iloc: &child,
                at: 0,
            };
            let from = u32::try_from(fields.number(wide)?).unwrap_or_default();
            let mut to = Vec::new();
            for _ in 0..fields.number(2)?.min(MOST as u64) {
                to.push(u32::try_from(fields.number(wide)?).unwrap_or_default());
            }
            push(&mut self.auxiliary, (from, to))?;
        }
        Ok(())
    }

    /// Reads properties and which items have them (ISO/IEC 23008-12, 9.3).
    fn item_properties(&mut self, file: &SparseFile, iprp: &BoxHeader) -> Result<(), ParseError> {
        let mut boxes = iprp.children();
        while let Some(child) = boxes.next(file)? {
            match &child.kind {
                b"ipco" => {
                    let mut children = child.children();
                    while let Some(property) = children.next(file)? {
                        push(&mut self.properties, property)?;
                    }
                }
                b"ipma" => self.property_associations(file, &child)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn property_associations(
        &mut self,
        file: &SparseFile,
        ipma: &BoxHeader,
    ) -> Result<(), ParseError> {
        let [version, _, _, flags] = ipma.array(file, 0)?;
        let mut fields = Fields {
            file,
            iloc: ipma,
            at: 4,
        };
        let (id_bytes, index_bytes) = (
            if version == 0 { 2 } else { 4 },
            if flags & 1 == 0 { 1 } else { 2 },
        );
        // The highest bit says that a decoder must know the property.
        let mask = if index_bytes == 1 { 0x7f } else { 0x7fff };
        for _ in 0..fields.number(4)?.min(MOST as u64) {
            let id = u32::try_from(fields.number(id_bytes)?).unwrap_or_default();
            let mut indices = Vec::new();
            for _ in 0..fields.number(1)? {
                let index = fields.number(index_bytes)? & mask;
                indices.push(usize::try_from(index).unwrap_or_default());
            }
            push(&mut self.associations, (id, indices))?;
        }
        Ok(())
    }

    /// The items with metadata, and where they are.
    fn metadata(&self, report: &mut Inspection) -> Vec<Pending> {
        let pending = |id: u32, kind: ItemKind| {
            let location = self.locations.iter().find(|location| location.id == id)?;
            let start = match (location.in_idat, self.idat) {
                (false, _) => 0,
                (true, Some(idat)) => idat.body,
                (true, None) => return None,
            };
            let from = start.saturating_add(location.offset);
            let to = from.saturating_add(location.length);
            Some(Pending { kind, from, to })
        };
        let exif = self.exif.iter().map(|id| (*id, ItemKind::Exif));
        let xmp = self.xmp.iter().map(|id| (*id, ItemKind::Xmp));
        let all: Vec<_> = exif.chain(xmp).collect();
        if all.len() > 64 {
            report.tells(Private::Other);
        }
        let some = all.into_iter().take(64);
        some.filter_map(|(id, kind)| pending(id, kind)).collect()
    }

    /// Notes size, orientation and transparency of the primary item (ISO/IEC
    /// 23008-12, 6.5). Without one, the largest picture counts.
    fn describe_primary(
        &self,
        file: &SparseFile,
        report: &mut Inspection,
    ) -> Result<(), ParseError> {
        for property in &self.properties {
            if property.kind == *b"ispe" {
                let (width, height) = size(file, property)?;
                report.has_frame(width, height);
            }
        }
        let primary = self.primary.or_else(|| Some(self.associations.first()?.0));
        let own: Vec<&BoxHeader> = match primary.and_then(|id| self.properties_of(id)) {
            Some(own) => own,
            None => self.properties.iter().collect(),
        };
        let mut picture = Picture::default();
        for property in &own {
            picture.apply(file, property)?;
        }
        if self.associations.is_empty() {
            picture.size = report.largest_frame;
        }
        report.width = picture.size.map(|(width, _)| width);
        report.height = picture.size.map(|(_, height)| height);
        report.orientation = Some(picture.orientation());
        self.transparency(file, primary, report)
    }

    fn properties_of(&self, id: u32) -> Option<Vec<&BoxHeader>> {
        let (_, indices) = self.associations.iter().find(|(item, _)| *item == id)?;
        let property = |index: &usize| self.properties.get(index.checked_sub(1)?);
        Some(indices.iter().filter_map(property).collect())
    }

    /// Notes whether an auxiliary picture of the primary item is its alpha plane
    /// (6.5.8).
    fn transparency(
        &self,
        file: &SparseFile,
        primary: Option<u32>,
        report: &mut Inspection,
    ) -> Result<(), ParseError> {
        let mut auxiliary = self.auxiliary.iter();
        let mut ids: Vec<u32> = Vec::new();
        for (id, of) in auxiliary.by_ref() {
            if primary.is_some_and(|primary| of.contains(&primary)) {
                ids.push(*id);
            }
        }
        for id in ids {
            for property in self.properties_of(id).unwrap_or_default() {
                report.alpha |=
                    property.kind == *b"auxC" && contains(property.start(file, 64)?, b"alpha");
            }
        }
        Ok(())
    }
}

fn push<T>(list: &mut Vec<T>, item: T) -> Result<(), ParseError> {
    if list.len() == MOST {
        return Err(ParseError::LimitExceeded);
    }
    list.push(item);
    Ok(())
}

/// Numbers of different widths in the body of a box.
struct Fields<'a> {
    file: &'a SparseFile,
    iloc: &'a BoxHeader,
    at: u64,
}

impl Fields<'_> {
    /// A number of `width` bytes, 0 to 8.
    fn number(&mut self, width: u8) -> Result<u64, ParseError> {
        let from = self.iloc.body.saturating_add(self.at);
        let end = from.saturating_add(width.into());
        if width > 8 || end > self.iloc.end {
            return Err(ParseError::Malformed(
                "a box is too small for what it holds",
            ));
        }
        self.at = self.at.saturating_add(width.into());
        Ok(big_endian(self.file.get(from, width.into())?))
    }
}

/// The id of the primary item (ISO/IEC 14496-12, 8.11.4).
fn primary(file: &SparseFile, pitm: &BoxHeader) -> Result<u32, ParseError> {
    let [version] = pitm.array(file, 0)?;
    Ok(if version == 0 {
        u16::from_be_bytes(pitm.array(file, 4)?).into()
    } else {
        u32::from_be_bytes(pitm.array(file, 4)?)
    })
}

/// The size in a property `ispe` (ISO/IEC 23008-12, 6.5.3).
fn size(file: &SparseFile, ispe: &BoxHeader) -> Result<(u32, u32), ParseError> {
    let [w0, w1, w2, w3, h0, h1, h2, h3] = ispe.array(file, 4)?;
    Ok((
        u32::from_be_bytes([w0, w1, w2, w3]),
        u32::from_be_bytes([h0, h1, h2, h3]),
    ))
}

/// An item, as its properties describe it. They apply in their order.
#[derive(Debug, Default)]
struct Picture {
    size: Option<(u32, u32)>,
    /// Quarter turns against the clock.
    turns: u8,
    mirror: Option<u8>,
    mirrored_first: bool,
}

impl Picture {
    fn apply(&mut self, file: &SparseFile, property: &BoxHeader) -> Result<(), ParseError> {
        match &property.kind {
            b"ispe" => self.size = Some(size(file, property)?),
            b"clap" => self.crop(&property.array(file, 0)?),
            b"irot" => {
                let [angle] = property.array(file, 0)?;
                self.turns = self.turns.saturating_add(angle & 3) & 3;
            }
            b"imir" => {
                let [axis] = property.array(file, 0)?;
                self.mirrored_first = self.turns == 0;
                self.mirror = Some(axis & 1);
            }
            _ => {}
        }
        Ok(())
    }

    /// Applies a clean aperture: width and height as fractions (ISO/IEC 14496-12,
    /// 12.1.4).
    fn crop(&mut self, fractions: &[u8; 16]) {
        let (fields, _) = fractions.as_chunks::<4>();
        let mut fields = fields.iter().map(|field| u32::from_be_bytes(*field));
        let mut next = || {
            let (numerator, denominator) = (fields.next()?, fields.next()?);
            numerator.checked_div(denominator).filter(|edge| *edge > 0)
        };
        if let (Some(width), Some(height), Some((most_width, most_height))) =
            (next(), next(), self.size)
            && width <= most_width
            && height <= most_height
        {
            self.size = Some((width, height));
        }
    }

    /// The Exif orientation of a turn against the clock (`irot`, ISO/IEC 23008-12,
    /// 6.5.10) and a mirror (`imir`, 6.5.12).
    const fn orientation(&self) -> u8 {
        // A mirror in front of a quarter turn is one of the other axis behind it.
        let mirror = match self.mirror {
            Some(axis) if self.mirrored_first && self.turns % 2 == 1 => Some(axis ^ 1),
            mirror => mirror,
        };
        match (self.turns, mirror) {
            (0, None) => 1,
            (1, None) => 8,
            (2, None) => 3,
            (_, None) => 6,
            (0, Some(1)) | (2, Some(0)) => 2,
            (0 | 2, Some(_)) => 4,
            (1, Some(0)) | (3, Some(1)) => 5,
            (_, Some(_)) => 7,
        }
    }
}

/// Reads the size of a picture in the short form: a box `mini` (ISO/IEC 23008-12,
/// amendment 1, 4.2).
pub(super) fn minimized(
    file: &SparseFile,
    mini: &BoxHeader,
    report: &mut Inspection,
) -> Result<(), ParseError> {
    let bits = u64::from_be_bytes(mini.array(file, 0)?);
    let field = |from: u32, count: u32| {
        let shift = 64_u32.saturating_sub(from).saturating_sub(count);
        let mask = u64::MAX
            .checked_shr(64_u32.saturating_sub(count))
            .unwrap_or_default();
        u32::try_from(bits.checked_shr(shift).unwrap_or_default() & mask).unwrap_or_default()
    };
    // Version, flags, chroma subsampling, orientation less one; then the sizes less
    // one in 15 bits each if the first of them says so, else in 7.
    report.alpha = field(5, 1) == 1;
    if field(9, 1) == 1 {
        report.tells(Private::Exif);
    }
    if field(10, 1) == 1 {
        report.tells(Private::Xmp);
    }
    report.orientation = u8::try_from(field(13, 3).saturating_add(1)).ok();
    let width = if field(16, 1) == 1 { 15 } else { 7 };
    report.width = Some(field(17, width).saturating_add(1));
    report.height = Some(field(17_u32.saturating_add(width), width).saturating_add(1));
    Ok(())
}
