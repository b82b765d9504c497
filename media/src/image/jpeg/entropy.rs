//! Decodes the Huffman codes of a JPEG, as far as it takes to see where its
//! entropy-coded data end and whether all blocks are there (ITU-T T.81, annexes
//! B, F and G). No sample is reconstructed.

use super::segment::{EOI, NEAR, next_marker};
use crate::bytes::Cursor;
use crate::sparse_file::{ParseError, SparseFile};

/// How many bytes are looked at in one go. A segment is at most as long.
const WINDOW: usize = 64 * 1024;
/// More bytes than any minimum coded unit has: ten blocks of 64 coefficients, each
/// of 16 bits of code and 15 of value, all bytes stuffed (T.81, A.2.2, F.1.2.2).
const LONGEST_UNIT: usize = 6 * 1024;
/// The most blocks that are decoded: a bound on the work. Beyond it the file
/// counts as complete.
const MOST_BLOCKS: u64 = 12_000_000;
/// The most segments, for the same reason.
const MOST_SEGMENTS: u32 = 4096;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// An EOI that ends at this offset.
    Eoi(u64),
    /// All blocks, the last of which ends at this offset, and no EOI.
    WithoutEoi(u64),
    /// The data end before all blocks are there.
    Cut,
}

/// A component (T.81, B.2.2).
#[derive(Debug, Default)]
struct Component {
    id: u8,
    horizontal: u32,
    vertical: u32,
    /// The size in blocks, of a scan of this component alone (A.2.2).
    width: u32,
    height: u32,
    /// The number of blocks in a row of minimum coded units.
    stride: u32,
    /// Which coefficients of each decoded block are not zero.
    nonzero: Vec<u64>,
    /// For each coefficient, the lowest bit that has been decoded; 255 for none.
    lowest_bit: Vec<u8>,
}

/// A Huffman table (T.81, C.2 and F.2.2.3).
#[derive(Clone, Debug, Default)]
struct HuffmanTable {
    /// For each length of code from 1 on: the first code, the number of codes, and
    /// the index of the first value.
    lengths: Vec<(u32, u32, usize)>,
    values: Vec<u8>,
}

/// A scan (T.81, B.2.3).
#[derive(Clone, Debug, Default)]
struct Scan {
    /// Index of a component, its DC table and its AC table.
    components: Vec<(usize, usize, usize)>,
    spectral: (u8, u8),
    high: u8,
    low: u8,
    units: u32,
    units_done: u32,
    /// Blocks that an end-of-band run still covers (G.1.2.2).
    band_run: u32,
}

/// What is done at the current offset.
#[derive(Debug)]
enum State {
    Segments,
    Data(Scan),
}

/// The decoder. It keeps its position between calls.
#[derive(Debug)]
pub(super) struct Decoder {
    at: u64,
    limit: u64,
    state: State,
    bits: Bits,
    progressive: bool,
    decodable: bool,
    /// Where the data of the last decoded scan end.
    data_end: Option<u64>,
    restart_interval: u32,
    components: Vec<Component>,
    units: (u32, u32),
    dc_tables: [HuffmanTable; 4],
    ac_tables: [HuffmanTable; 4],
    blocks_left: u64,
    segments_left: u32,
}

/// The bits that were read and not yet used.
#[derive(Clone, Copy, Debug, Default)]
struct Bits {
    held: u32,
    count: u32,
}

/// Why a unit could not be decoded.
enum UnitError {
    /// Its bytes are not in the window.
    OutOfBytes,
    /// A marker comes before its end, or a code is not in the table.
    Undecodable,
}

impl Decoder {
    /// A decoder of the picture that ends before `limit`.
    pub(super) fn new(limit: u64) -> Self {
        Self {
            at: 2,
            limit,
            state: State::Segments,
            bits: Bits::default(),
            progressive: false,
            decodable: false,
            data_end: None,
            restart_interval: 0,
            components: Vec::new(),
            units: (0, 0),
            dc_tables: Default::default(),
            ac_tables: Default::default(),
            blocks_left: MOST_BLOCKS,
            segments_left: MOST_SEGMENTS,
        }
    }

    /// The offset before which it needs no more bytes.
    pub(super) const fn position(&self) -> u64 {
        self.at
    }

    /// Reads on. `Incomplete` and `LimitExceeded` are the only errors.
    pub(super) fn run(&mut self, file: &SparseFile) -> Result<Outcome, ParseError> {
        loop {
            let found = match std::mem::replace(&mut self.state, State::Segments) {
                State::Segments => self.segment(file),
                State::Data(mut scan) => {
                    let found = self.data(file, &mut scan);
                    if found.is_err() || scan.units_done < scan.units {
                        self.state = State::Data(scan);
                    }
                    found
                }
            };
            match found {
                Ok(None) => {}
                Ok(Some(outcome)) => return Ok(outcome),
                Err(error @ (ParseError::Incomplete(_) | ParseError::LimitExceeded)) => {
                    return Err(error);
                }
                // The bytes behind the last scan are no segment.
                Err(_) => return Ok(self.without_eoi(self.at)),
            }
        }
    }

    /// What it means that the segments end at `end` without EOI.
    fn without_eoi(&self, end: u64) -> Outcome {
        let end = self.data_end.unwrap_or(end);
        if !self.decodable || self.is_complete() {
            Outcome::WithoutEoi(end.min(self.limit))
        } else {
            Outcome::Cut
        }
    }

    /// Whether every coefficient of every component was decoded to its last bit.
    fn is_complete(&self) -> bool {
        let mut components = self.components.iter();
        !self.components.is_empty()
            && components.all(|component| component.lowest_bit.iter().all(|bit| *bit == 0))
    }

    /// Reads one segment.
    fn segment(&mut self, file: &SparseFile) -> Result<Option<Outcome>, ParseError> {
        let left = self.segments_left.checked_sub(1);
        self.segments_left = left.ok_or(ParseError::Malformed("too many segments"))?;
        if self.limit.saturating_sub(self.at) < 2 {
            return Ok(Some(self.without_eoi(self.limit)));
        }
        let seen = next_marker(file, self.at, NEAR.min(self.limit.saturating_sub(self.at)))?;
        let Some(code) = seen.marker else {
            // Behind the whole picture, these bytes are no part of it.
            if let Some(end) = self.data_end.filter(|_| self.is_complete()) {
                return Ok(Some(Outcome::WithoutEoi(end)));
            }
            self.at = self.at.saturating_add(seen.skipped);
            return Ok(None);
        };
        let marker = self.at.saturating_add(seen.skipped);
        if code == EOI {
            return Ok(Some(Outcome::Eoi(marker.saturating_add(2))));
        }
        let at = marker.saturating_add(2);
        let length = u16::from_be_bytes(file.array(at)?);
        let end = at.saturating_add(length.into());
        if length < 2 || end > self.limit {
            return Err(ParseError::Truncated);
        }
        let body = file.get(at.saturating_add(2), usize::from(length).saturating_sub(2))?;
        match code {
            0xc0..=0xcf if !matches!(code, 0xc4 | 0xc8 | 0xcc) => self.frame(code, body),
            0xc4 => self.tables(body),
            0xdd => {
                self.restart_interval = Cursor::new(body)
                    .array()
                    .map_or(0, u16::from_be_bytes)
                    .into();
            }
            0xda => {
                if let Some(scan) = self.scan(body) {
                    self.bits = Bits::default();
                    self.state = State::Data(scan);
                } else {
                    // Without a decoder for it, its data are passed over.
                    self.decodable = false;
                    self.state = State::Data(Scan::default());
                }
            }
            _ => {}
        }
        self.at = end;
        Ok(None)
    }

    /// Reads a frame header (T.81, B.2.2). Sequential and progressive frames with
    /// Huffman codes are decoded, the others are not.
    fn frame(&mut self, code: u8, body: &[u8]) {
        self.progressive = code == 0xc2;
        self.decodable = matches!(code, 0xc0..=0xc2) && self.read_frame(body).is_some();
    }

    fn read_frame(&mut self, body: &[u8]) -> Option<()> {
        let mut body = Cursor::new(body);
        let [_precision, h0, h1, w0, w1, count] = body.array()?;
        let height = u32::from(u16::from_be_bytes([h0, h1]));
        let width = u32::from(u16::from_be_bytes([w0, w1]));
        self.components.clear();
        for _ in 0..count {
            let [id, factors, _table] = body.array()?;
            let (horizontal, vertical) = (u32::from(factors >> 4), u32::from(factors & 15));
            if !(1..=4).contains(&horizontal) || !(1..=4).contains(&vertical) {
                return None;
            }
            self.components.push(Component {
                id,
                horizontal,
                vertical,
                lowest_bit: vec![u8::MAX; 64],
                ..Component::default()
            });
        }
        let most = |of: fn(&Component) -> u32| self.components.iter().map(of).max();
        let (across, down) = (most(|it| it.horizontal)?, most(|it| it.vertical)?);
        self.units = (
            width.div_ceil(across.saturating_mul(8)),
            height.div_ceil(down.saturating_mul(8)),
        );
        for component in &mut self.components {
            let blocks = |size: u32, factor: u32, most: u32| {
                size.saturating_mul(factor).div_ceil(most).div_ceil(8)
            };
            component.width = blocks(width, component.horizontal, across);
            component.height = blocks(height, component.vertical, down);
            component.stride = self.units.0.saturating_mul(component.horizontal);
        }
        // A height of 0 is defined behind the first scan (B.2.5).
        (height != 0 && width != 0).then_some(())
    }

    /// Reads Huffman tables (T.81, B.2.4.2).
    fn tables(&mut self, body: &[u8]) {
        let mut body = Cursor::new(body);
        while let Some([class_and_id]) = body.array() {
            let Some(table) = HuffmanTable::read(&mut body) else {
                return;
            };
            let tables = if class_and_id >> 4 == 0 {
                &mut self.dc_tables
            } else {
                &mut self.ac_tables
            };
            if let Some(slot) = tables.get_mut(usize::from(class_and_id & 15)) {
                *slot = table;
            }
        }
    }

    /// Reads a scan header (T.81, B.2.3).
    fn scan(&self, body: &[u8]) -> Option<Scan> {
        let mut body = Cursor::new(body);
        let [count] = body.array()?;
        let mut components = Vec::new();
        for _ in 0..count {
            let [id, tables] = body.array()?;
            let index = self.components.iter().position(|it| it.id == id)?;
            components.push((index, usize::from(tables >> 4), usize::from(tables & 15)));
        }
        let [start, end, approximation] = body.array()?;
        let spectral = if self.progressive {
            (start, end)
        } else {
            (0, 63)
        };
        let units = match components.as_slice() {
            [] => return None,
            [(only, ..)] => {
                let component = self.components.get(*only)?;
                component.width.checked_mul(component.height)?
            }
            _ => self.units.0.checked_mul(self.units.1)?,
        };
        let is_valid = self.decodable && spectral.0 <= spectral.1 && spectral.1 < 64;
        is_valid.then_some(Scan {
            components,
            spectral,
            high: if self.progressive {
                approximation >> 4
            } else {
                0
            },
            low: if self.progressive {
                approximation & 15
            } else {
                0
            },
            units,
            units_done: 0,
            band_run: 0,
        })
    }

    /// Decodes the units of a scan that lie in the next window.
    fn data(&mut self, file: &SparseFile, scan: &mut Scan) -> Result<Option<Outcome>, ParseError> {
        if scan.units == 0 {
            return self.skip_data(file);
        }
        let left = usize::try_from(self.limit.saturating_sub(self.at)).unwrap_or(WINDOW);
        let bytes = file.get(self.at, left.min(WINDOW))?;
        let is_last = left <= WINDOW;
        let mut input = Input {
            bytes,
            at: 0,
            bits: self.bits,
        };
        let mut stop = None;
        while scan.units_done < scan.units
            && (is_last || input.at.saturating_add(LONGEST_UNIT) < bytes.len())
        {
            let restart = scan.units_done.checked_rem(self.restart_interval) == Some(0);
            if restart && scan.units_done > 0 {
                input.restart();
                scan.band_run = 0;
            }
            if let Err(error) = self.unit(&mut input, scan) {
                stop = Some(error);
                break;
            }
            scan.units_done = scan.units_done.saturating_add(1);
        }
        self.at = self.at.saturating_add(input.at as u64);
        self.bits = input.bits;
        match stop {
            None => {
                if scan.units_done == scan.units {
                    self.finish(scan);
                }
                Ok(None)
            }
            Some(UnitError::OutOfBytes) => Ok(Some(Outcome::Cut)),
            Some(UnitError::Undecodable) => {
                // Damaged data say nothing of the file's end.
                self.decodable = false;
                self.data_end = None;
                scan.units = scan.units_done;
                self.state = State::Data(Scan::default());
                Ok(None)
            }
        }
    }

    /// Passes over data that are not decoded, up to the next marker.
    fn skip_data(&mut self, file: &SparseFile) -> Result<Option<Outcome>, ParseError> {
        let left = self.limit.saturating_sub(self.at);
        if left < 2 {
            return Ok(Some(Outcome::WithoutEoi(self.limit)));
        }
        let seen = next_marker(file, self.at, left.min(WINDOW as u64))?;
        self.at = self.at.saturating_add(seen.skipped);
        match seen.marker {
            Some(EOI) => Ok(Some(Outcome::Eoi(self.at.saturating_add(2)))),
            Some(_) => Ok(None),
            None => {
                self.state = State::Data(Scan::default());
                Ok(None)
            }
        }
    }

    /// Notes what a scan has decoded.
    fn finish(&mut self, scan: &Scan) {
        self.data_end = Some(self.at);
        let (first, last) = (usize::from(scan.spectral.0), usize::from(scan.spectral.1));
        for (index, ..) in &scan.components {
            if let Some(component) = self.components.get_mut(*index) {
                let band = component.lowest_bit.get_mut(first..=last);
                band.unwrap_or_default().fill(scan.low);
            }
        }
    }

    /// Decodes a minimum coded unit (T.81, A.2).
    fn unit(&mut self, input: &mut Input, scan: &mut Scan) -> Result<(), UnitError> {
        if let [(index, dc, ac)] = *scan.components.as_slice() {
            let component = self.components.get(index).ok_or(UnitError::Undecodable)?;
            let stride = component.stride;
            let (x, y) = column_and_row(scan.units_done, component.width);
            let block = y.saturating_mul(stride).saturating_add(x);
            return self.block(input, scan, (index, dc, ac), block);
        }
        let (x, y) = column_and_row(scan.units_done, self.units.0);
        for entry in 0..scan.components.len() {
            let Some(&(index, dc, ac)) = scan.components.get(entry) else {
                break;
            };
            let component = self.components.get(index).ok_or(UnitError::Undecodable)?;
            let (horizontal, vertical) = (component.horizontal, component.vertical);
            let stride = component.stride;
            for v in 0..vertical {
                for h in 0..horizontal {
                    let row = y.saturating_mul(vertical).saturating_add(v);
                    let column = x.saturating_mul(horizontal).saturating_add(h);
                    let block = row.saturating_mul(stride).saturating_add(column);
                    self.block(input, scan, (index, dc, ac), block)?;
                }
            }
        }
        Ok(())
    }

    fn block(
        &mut self,
        input: &mut Input,
        scan: &mut Scan,
        (index, dc, ac): (usize, usize, usize),
        block: u32,
    ) -> Result<(), UnitError> {
        self.blocks_left = self
            .blocks_left
            .checked_sub(1)
            .ok_or(UnitError::Undecodable)?;
        let dc = self.dc_tables.get(dc).ok_or(UnitError::Undecodable)?;
        let ac = self.ac_tables.get(ac).ok_or(UnitError::Undecodable)?;
        if !self.progressive {
            let bits = input.code(dc)?;
            input.skip(bits)?;
            return input.band(ac, 1);
        }
        let component = self
            .components
            .get_mut(index)
            .ok_or(UnitError::Undecodable)?;
        let (start, end) = scan.spectral;
        match (start, scan.high) {
            (0, 0) => {
                let bits = input.code(dc)?;
                input.skip(bits)?;
            }
            (0, _) => input.skip(1)?,
            _ => {
                let block = usize::try_from(block).unwrap_or(usize::MAX);
                // The blocks grow with the data that describe them.
                if block >= component.nonzero.len() {
                    let more = block.saturating_add(1);
                    if more > component.nonzero.len().saturating_add(1 << 16) {
                        return Err(UnitError::Undecodable);
                    }
                    component.nonzero.resize(more, 0);
                }
                let nonzero = component
                    .nonzero
                    .get_mut(block)
                    .ok_or(UnitError::Undecodable)?;
                let mut band = Band {
                    input,
                    table: ac,
                    end,
                    run: &mut scan.band_run,
                };
                if scan.high == 0 {
                    band.first(start, nonzero)?;
                } else {
                    band.refine(start, nonzero)?;
                }
            }
        }
        Ok(())
    }
}

/// The column and row of a unit, in rows of `width`.
fn column_and_row(index: u32, width: u32) -> (u32, u32) {
    let row = index.checked_div(width).unwrap_or_default();
    (index.saturating_sub(row.saturating_mul(width)), row)
}

impl HuffmanTable {
    fn read(body: &mut Cursor) -> Option<Self> {
        let counts: [u8; 16] = body.array()?;
        let total = counts.iter().map(|count| usize::from(*count)).sum();
        let values = body.take(total)?.to_vec();
        let (mut code, mut index) = (0_u32, 0_usize);
        let mut lengths = Vec::new();
        for count in counts {
            let count = u32::from(count);
            lengths.push((code, count, index));
            index = index.saturating_add(count as usize);
            code = code.saturating_add(count) << 1;
        }
        Some(Self { lengths, values })
    }
}

/// The bytes of a window, and the bits that were read of them.
#[derive(Clone, Copy)]
struct Input<'a> {
    bytes: &'a [u8],
    at: usize,
    bits: Bits,
}

impl Input<'_> {
    /// Takes one bit (T.81, F.2.2.5): FF is followed by a stuffed zero.
    fn bit(&mut self) -> Result<u32, UnitError> {
        if self.bits.count == 0 {
            let byte = *self.bytes.get(self.at).ok_or(UnitError::OutOfBytes)?;
            let mut next = self.at.saturating_add(1);
            if byte == 0xff {
                match self.bytes.get(next) {
                    None => return Err(UnitError::OutOfBytes),
                    Some(0) => next = next.saturating_add(1),
                    Some(_) => return Err(UnitError::Undecodable),
                }
            }
            self.at = next;
            self.bits = Bits {
                held: byte.into(),
                count: 8,
            };
        }
        self.bits.count = self.bits.count.saturating_sub(1);
        Ok(self.bits.held >> self.bits.count & 1)
    }

    /// Takes this many bits.
    fn number(&mut self, count: u8) -> Result<u32, UnitError> {
        let mut number = 0;
        for _ in 0..count {
            number = number << 1 | self.bit()?;
        }
        Ok(number)
    }

    fn skip(&mut self, count: u8) -> Result<(), UnitError> {
        if count > 16 {
            return Err(UnitError::Undecodable);
        }
        self.number(count).map(|_| ())
    }

    /// Decodes one code (T.81, F.2.2.3).
    fn code(&mut self, table: &HuffmanTable) -> Result<u8, UnitError> {
        let mut code = 0_u32;
        for (first, count, index) in &table.lengths {
            code = code << 1 | self.bit()?;
            let offset = code.wrapping_sub(*first);
            if offset < *count {
                let index = index.saturating_add(offset as usize);
                return table
                    .values
                    .get(index)
                    .copied()
                    .ok_or(UnitError::Undecodable);
            }
        }
        Err(UnitError::Undecodable)
    }

    /// Decodes the AC coefficients of a sequential block (T.81, F.2.2.2).
    fn band(&mut self, table: &HuffmanTable, start: u8) -> Result<(), UnitError> {
        let mut coefficient = start;
        while coefficient < 64 {
            let code = self.code(table)?;
            match (code >> 4, code & 15) {
                (15, 0) => coefficient = coefficient.saturating_add(16),
                (_, 0) => break,
                (run, size) => {
                    coefficient = coefficient.saturating_add(run).saturating_add(1);
                    self.skip(size)?;
                }
            }
        }
        Ok(())
    }

    /// Passes over padding and a restart marker (T.81, E.2.4).
    fn restart(&mut self) {
        self.bits = Bits::default();
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let fill = rest.iter().take_while(|byte| **byte == 0xff).count();
        if fill > 0 && matches!(rest.get(fill), Some(0xd0..=0xd7)) {
            self.at = self.at.saturating_add(fill).saturating_add(1);
        }
    }
}

/// The AC coefficients of a progressive block (T.81, G.1.2.2 and G.1.2.3).
struct Band<'a, 'b> {
    input: &'a mut Input<'b>,
    table: &'a HuffmanTable,
    end: u8,
    run: &'a mut u32,
}

impl Band<'_, '_> {
    /// Decodes an end-of-band run, the current block included.
    fn end_of_band(&mut self, size: u8) -> Result<(), UnitError> {
        let more = self.input.number(size)?;
        *self.run = (1_u32 << size).saturating_add(more);
        Ok(())
    }

    fn first(&mut self, start: u8, nonzero: &mut u64) -> Result<(), UnitError> {
        if *self.run == 0 {
            let mut coefficient = start;
            while coefficient <= self.end {
                let code = self.input.code(self.table)?;
                match (code >> 4, code & 15) {
                    (15, 0) => coefficient = coefficient.saturating_add(16),
                    (size, 0) => {
                        self.end_of_band(size)?;
                        break;
                    }
                    (run, size) => {
                        coefficient = coefficient.saturating_add(run);
                        self.input.skip(size)?;
                        *nonzero |= 1_u64.checked_shl(coefficient.into()).unwrap_or_default();
                        coefficient = coefficient.saturating_add(1);
                    }
                }
            }
        }
        *self.run = self.run.saturating_sub(1);
        Ok(())
    }

    fn refine(&mut self, start: u8, nonzero: &mut u64) -> Result<(), UnitError> {
        let mut coefficient = start;
        // A coefficient that becomes nonzero now is not refined in this scan.
        let mut new = *nonzero;
        if *self.run == 0 {
            while coefficient <= self.end {
                let code = self.input.code(self.table)?;
                let (mut run, size) = (code >> 4, code & 15);
                if size == 0 && run < 15 {
                    self.end_of_band(run)?;
                    break;
                }
                if size != 0 {
                    self.input.skip(1)?;
                }
                while coefficient <= self.end {
                    let bit = 1_u64.checked_shl(coefficient.into()).unwrap_or_default();
                    if *nonzero & bit != 0 {
                        self.input.skip(1)?;
                    } else if run == 0 {
                        if size != 0 {
                            new |= bit;
                        }
                        coefficient = coefficient.saturating_add(1);
                        break;
                    } else {
                        run = run.saturating_sub(1);
                    }
                    coefficient = coefficient.saturating_add(1);
                }
            }
        }
        if *self.run > 0 {
            let left = *nonzero & u64::MAX.checked_shl(coefficient.into()).unwrap_or_default();
            let above = 63_u8.saturating_sub(self.end);
            let band = u64::MAX.checked_shr(above.into()).unwrap_or_default();
            for _ in 0..(left & band).count_ones() {
                self.input.skip(1)?;
            }
            *self.run = self.run.saturating_sub(1);
        }
        *nonzero = new;
        Ok(())
    }
}
