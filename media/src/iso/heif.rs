//! Pictures in boxes: HEIC and AVIF.

use super::boxes::{Head, number};
use super::metadata::preface;
use crate::inspection::{Inspection, Private};
use crate::known::{Known, Stop};

/// Looks into the box `meta` of a picture. Its measures are those of the largest
/// item: the others are its tiles, its thumbnail or of other use.
///
/// # Errors
///
/// Any [`Stop`].
pub fn look(known: &Known, meta: &Head, found: &mut Inspection) -> Result<(), Stop> {
    let mut children = meta.children_after(preface(known, meta)?);
    while let Some(child) = children.next(known)? {
        match &child.name {
            b"iinf" => items(known, &child, found)?,
            b"iref" if child.children_after(4).find(known, *b"thmb")?.is_some() => {
                found.tells(Private::Thumbnail);
            }
            b"iprp" => {
                if let Some(ipco) = child.find(known, *b"ipco")? {
                    properties(known, &ipco, found)?;
                }
            }
            b"uuid" | b"udta" => found.tells(Private::Other),
            _ => {}
        }
    }
    Ok(())
}

/// Notes the items that hold metadata.
fn items(known: &Known, iinf: &Head, found: &mut Inspection) -> Result<(), Stop> {
    let [version] = iinf.array(known, 0)?;
    let mut children = iinf.children_after(if version == 0 { 6 } else { 8 });
    while let Some(infe) = children.next(known)? {
        let [version] = infe.array(known, 0)?;
        // The first versions of it have no type.
        let place = match version {
            2 => 8,
            3 => 10,
            _ => continue,
        };
        match &infe.array(known, place)? {
            b"Exif" => found.tells(Private::Exif),
            b"mime" => found.tells(Private::Xmp),
            b"uri " => found.tells(Private::Other),
            _ => {}
        }
    }
    Ok(())
}

/// Reads measures and turns. A turn is the picture's where there is only one.
fn properties(known: &Known, ipco: &Head, found: &mut Inspection) -> Result<(), Stop> {
    let (mut turns, mut mirrors) = (Vec::new(), Vec::new());
    let mut largest = 0;
    let mut children = ipco.children();
    while let Some(child) = children.next(known)? {
        match &child.name {
            b"ispe" => {
                let measures: [u8; 8] = child.array(known, 4)?;
                let both = number(&measures).and_then(|(w, rest)| Some((w, number(rest)?.0)));
                let (width, height) = both.unwrap_or_default();
                let area = u64::from(width).saturating_mul(height.into());
                if area > largest {
                    largest = area;
                    (found.width, found.height) = (Some(width), Some(height));
                }
            }
            b"irot" => turns.push(child.array::<1>(known, 0)?),
            b"imir" => mirrors.push(child.array::<1>(known, 0)?),
            b"auxC" => {
                found.alpha |= child
                    .start(known, 64)?
                    .windows(5)
                    .any(|part| part == b"alpha");
            }
            _ => {}
        }
    }
    found.orientation = orientation(&turns, &mirrors);
    Ok(())
}

/// The turn (by quarters against the clock) and then the mirror (top and bottom,
/// or left and right), as Exif counts.
fn orientation(turns: &[[u8; 1]], mirrors: &[[u8; 1]]) -> Option<u8> {
    let turn = match turns {
        [] => 0,
        [[turn]] => turn & 3,
        _ => return None,
    };
    let mirror = match mirrors {
        [] => None,
        [[axis]] => Some(axis & 1),
        _ => return None,
    };
    Some(match (turn, mirror) {
        (0, None) => 1,
        (1, None) => 8,
        (2, None) => 3,
        (_, None) => 6,
        (0, Some(1)) | (2, Some(0)) => 2,
        (0 | 2, Some(_)) => 4,
        (1, Some(0)) | (3, Some(1)) => 5,
        (_, Some(_)) => 7,
    })
}
