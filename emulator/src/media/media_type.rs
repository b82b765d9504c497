//! The media types, with the formats and sizes that Divar publishes for each.

use serde::Serialize;

use crate::media::format::Format;

/// The four media types of `POST /upload/{media_type}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaType {
    /// PNG, JPEG.
    Image,
    /// MP4.
    Video,
    /// M4A, 3GP.
    Voice,
    /// PDF and office documents.
    File,
}

impl MediaType {
    /// The type by its name in the route.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "image" => Some(Self::Image),
            "video" => Some(Self::Video),
            "voice" => Some(Self::Voice),
            "file" => Some(Self::File),
            _ => None,
        }
    }

    /// The formats that Divar publishes for the type.
    pub fn formats(self) -> &'static [Format] {
        match self {
            Self::Image => &[Format::Png, Format::Jpeg],
            Self::Video => &[Format::Mp4],
            Self::Voice => &[Format::M4a, Format::ThreeGp],
            Self::File => &[
                Format::Pdf,
                Format::Doc,
                Format::Docx,
                Format::Xls,
                Format::Xlsx,
                Format::Ppt,
                Format::Pptx,
            ],
        }
    }

    /// The formats in words, for a refusal.
    pub fn formats_in_words(self) -> &'static str {
        match self {
            Self::Image => "PNG, JPEG, JPG",
            Self::Video => "MP4",
            Self::Voice => "M4A, 3GP",
            Self::File => "PDF, DOC, DOCX, XLS, XLSX, PPT, PPTX",
        }
    }

    /// The largest file of the type in bytes: 5, 50, 1.5 and 5 megabytes of `megabyte` bytes.
    pub fn max_size(self, megabyte: u64) -> u64 {
        let half_megabytes = match self {
            Self::Image | Self::File => 10,
            Self::Video => 100,
            Self::Voice => 3,
        };
        megabyte / 2 * half_megabytes
    }
}

#[cfg(test)]
mod tests {
    use divar_media::formats::FORMATS;

    use super::*;

    /// The emulator has a list of its own, after Divar's document; the product has another.
    #[test]
    fn takes_the_formats_and_sizes_that_the_package_sends() {
        for sent in divar_media::MediaType::ALL {
            let taken = MediaType::from_name(sent.name()).expect("a media type");
            assert_eq!(taken.max_size(1_000_000), sent.max_bytes());
            let words = taken.formats_in_words().to_lowercase();
            let words: Vec<_> = words.split(", ").collect();
            let accepted = FORMATS
                .iter()
                .filter(|row| row.format.accepted_as() == Some(sent));
            let accepted: Vec<_> = accepted.collect();
            assert_eq!(accepted.len(), taken.formats().len());
            for row in &accepted {
                assert!(words.contains(&row.name), "{} is not taken", row.name);
            }
            let is_sent = |word| accepted.iter().any(|row| row.extensions.contains(word));
            assert!(words.iter().all(is_sent), "{words:?}");
        }
    }
}
