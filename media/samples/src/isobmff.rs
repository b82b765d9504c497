//! Files made of boxes: MP4, M4A, MOV, 3GP, HEIC and AVIF. Their samples are no
//! real pictures and sound, but lie where the index says.

use crate::Sample;

/// Where the movies were taken: no file that was cleaned may have it.
pub const PLACE: &[u8] = b"+35.6892+051.3890/";

/// A box.
#[must_use]
pub fn boxed(name: &[u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let size = u32::try_from(body.len() + 8).unwrap_or(u32::MAX);
    [&size.to_be_bytes()[..], name, &body].concat()
}

/// A box whose size is written with eight bytes.
#[must_use]
pub fn wide(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let size = body.len() as u64 + 16;
    [&[0, 0, 0, 1][..], name, &size.to_be_bytes(), body].concat()
}

/// Whole numbers of four bytes.
fn words(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|one| one.to_be_bytes()).collect()
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// A movie or a recording.
#[derive(Clone, Debug)]
pub struct Movie {
    /// Its major brand; none for the oldest of `QuickTime`.
    pub brand: Option<[u8; 4]>,
    /// Its tracks.
    pub tracks: Vec<Track>,
    /// Whether the index comes before the data.
    pub index_first: bool,
    /// Whether places are written with eight bytes, as are the sizes of the data.
    pub wide: bool,
    /// Among how many boxes the data are spread.
    pub data_boxes: usize,
    /// More boxes in the index.
    pub in_index: Vec<u8>,
    /// More boxes at the top level, in front of each box of data.
    pub beside: Vec<u8>,
    /// When it was taken.
    pub time: u32,
}

/// A track.
#[derive(Clone, Debug)]
pub struct Track {
    /// What handles it.
    pub handler: [u8; 4],
    /// What its handler is called.
    pub name: &'static [u8],
    /// Its sample entry.
    pub entry: Vec<u8>,
    /// Its samples.
    pub samples: Vec<Vec<u8>>,
    /// How many samples a chunk has.
    pub per_chunk: usize,
    /// More boxes in the track.
    pub more: Vec<u8>,
}

impl Track {
    /// A track of eight samples.
    #[must_use]
    pub fn new(handler: [u8; 4], entry: Vec<u8>) -> Self {
        let sample = |number: u8| [&handler[..], &[number; 9]].concat();
        Self {
            handler,
            name: b"",
            entry,
            samples: (1..9).map(sample).collect(),
            per_chunk: 3,
            more: Vec::new(),
        }
    }

    /// H.264 of 640 by 480.
    #[must_use]
    pub fn video() -> Self {
        Self::new(*b"vide", video_entry(b"avc1"))
    }

    /// AAC.
    #[must_use]
    pub fn audio() -> Self {
        Self::new(*b"soun", audio_entry(b"mp4a"))
    }

    /// AAC as `QuickTime` describes it.
    #[must_use]
    pub fn quicktime_audio() -> Self {
        let wave = boxed(b"wave", &[&boxed(b"frma", &[b"mp4a"]), &esds(), &[0; 8]]);
        let entry = [&sound(1)[..], &words(&[1024, 0, 0, 2]), &wave].concat();
        Self::new(*b"soun", boxed(b"mp4a", &[&entry]))
    }

    /// Positions, as action cameras write them.
    #[must_use]
    pub fn positions() -> Self {
        let entry = boxed(b"gpmd", &[&[0, 0, 0, 0, 0, 0, 0, 1]]);
        let mut track = Self::new(*b"meta", entry);
        track.samples = vec![PLACE.to_vec(); 5];
        track.per_chunk = 2;
        track
    }

    /// Subtitles, as drones write them.
    #[must_use]
    pub fn subtitles() -> Self {
        let mut track = Self::new(*b"sbtl", boxed(b"tx3g", &[&[0; 30]]));
        track.samples = vec![PLACE.to_vec(); 3];
        track
    }
}

/// A video's sample entry.
#[must_use]
pub fn video_entry(codec: &[u8; 4]) -> Vec<u8> {
    let mut fixed = [0; 78];
    fixed[7] = 1;
    fixed[24..28].copy_from_slice(&[2, 128, 1, 224]);
    fixed[75] = 24;
    fixed[76..].copy_from_slice(&[255, 255]);
    boxed(
        codec,
        &[&fixed, &boxed(b"avcC", &[&[1, 66, 0, 30, 255, 224, 0]])],
    )
}

/// A sound's sample entry.
#[must_use]
pub fn audio_entry(codec: &[u8; 4]) -> Vec<u8> {
    boxed(codec, &[&sound(0), &esds()])
}

fn sound(version: u8) -> [u8; 28] {
    let mut fixed = [0; 28];
    fixed[7] = 1;
    fixed[9] = version;
    fixed[17] = 1;
    fixed[19] = 16;
    fixed[24..26].copy_from_slice(&44_100_u16.to_be_bytes());
    fixed
}

fn esds() -> Vec<u8> {
    boxed(b"esds", &[&[0, 0, 0, 0, 3, 3, 0, 0, 0]])
}

/// User data with a place, a title and a maker.
#[must_use]
pub fn user_data() -> Vec<u8> {
    let text = |name, text: &[u8]| boxed(name, &[&[0, 18, 0x15, 0xc7], text]);
    let parts = [
        text(b"\xa9xyz", PLACE),
        text(b"\xa9nam", b"title"),
        text(b"\xa9mak", b"maker"),
    ];
    boxed(b"udta", &[&parts.concat()])
}

/// Keys and their values, as phones write them.
#[must_use]
pub fn keys() -> Vec<u8> {
    let key = boxed(b"mdta", &[b"com.apple.quicktime.location.ISO6709"]);
    let value = boxed(b"data", &[&words(&[1, 0]), PLACE]);
    let value = boxed(&[0, 0, 0, 1], &[&value]);
    let handler = boxed(b"hdlr", &[&[0; 8], b"mdta", &[0; 13]]);
    let keys = boxed(b"keys", &[&words(&[0, 1]), &key]);
    boxed(b"meta", &[&handler, &keys, &boxed(b"ilst", &[&value])])
}

/// An XMP packet.
#[must_use]
pub fn xmp() -> Vec<u8> {
    let number = 0xbe7a_cfcb_97a9_42e8_9c71_9994_91e3_afac_u128;
    boxed(b"uuid", &[&number.to_be_bytes(), PLACE])
}

impl Movie {
    /// A plain movie with the index first and nothing private.
    #[must_use]
    pub fn new(brand: &[u8; 4], tracks: Vec<Track>) -> Self {
        Self {
            brand: Some(*brand),
            tracks,
            index_first: true,
            wide: false,
            data_boxes: 1,
            in_index: Vec::new(),
            beside: Vec::new(),
            time: 0,
        }
    }

    /// The same with a place wherever one can be.
    #[must_use]
    pub fn private(mut self) -> Self {
        self.in_index = [user_data(), keys()].concat();
        self.beside = [xmp(), boxed(b"free", &[PLACE])].concat();
        self.time = 3_800_000_000;
        self
    }

    fn brands(&self) -> Vec<u8> {
        self.brand.map_or_else(Vec::new, |brand| {
            boxed(b"ftyp", &[&brand, &[0; 4], &brand, b"isom"])
        })
    }

    /// The samples of each chunk, in the order in which they lie in the file.
    fn chunks(&self) -> Vec<(usize, Vec<Vec<u8>>)> {
        let mut all = Vec::new();
        for (number, track) in self.tracks.iter().enumerate() {
            for (round, chunk) in track.samples.chunks(track.per_chunk.max(1)).enumerate() {
                all.push((round, number, chunk.to_vec()));
            }
        }
        all.sort_by_key(|(round, number, _)| (*round, *number));
        all.into_iter()
            .map(|(_, number, chunk)| (number, chunk))
            .collect()
    }

    /// The whole file.
    #[must_use]
    pub fn file(&self) -> Vec<u8> {
        let brands = self.brands();
        let none = vec![0; self.chunks().len()];
        let index = self.index(&none);
        let before = brands.len() + if self.index_first { index.len() } else { 0 };
        let (data, places) = self.data(before as u64);
        let index = self.index(&places);
        if self.index_first {
            [brands, index, data].concat()
        } else {
            [brands, data, index].concat()
        }
    }

    /// The boxes of data that begin at `at`, and where each chunk lies.
    fn data(&self, at: u64) -> (Vec<u8>, Vec<u64>) {
        let chunks = self.chunks();
        let mut file = Vec::new();
        let mut places = Vec::new();
        let each = chunks.len().div_ceil(self.data_boxes.max(1)).max(1);
        for part in chunks.chunks(each) {
            file.extend_from_slice(&self.beside);
            let head = if self.wide { 16 } else { 8 };
            let mut body = Vec::new();
            for (_, samples) in part {
                places.push(at + (file.len() + head + body.len()) as u64);
                body.extend(samples.concat());
            }
            file.extend(if self.wide {
                wide(b"mdat", &body)
            } else {
                boxed(b"mdat", &[&body])
            });
        }
        (file, places)
    }

    fn index(&self, places: &[u64]) -> Vec<u8> {
        let chunks = self.chunks();
        let mut parts = vec![self.header(8000)];
        for (number, track) in self.tracks.iter().enumerate() {
            let own = chunks
                .iter()
                .zip(places)
                .filter(|((of, _), _)| *of == number);
            let places: Vec<u64> = own.map(|(_, place)| *place).collect();
            let tables = tables(track, &places, self.wide);
            parts.push(self.track(number, track, 8000, &tables));
        }
        parts.push(self.in_index.clone());
        boxed(b"moov", &[&parts.concat()])
    }

    fn header(&self, duration: u32) -> Vec<u8> {
        let head = words(&[
            0, self.time, self.time, 1000, duration, 0x1_0000, 0x100_0000,
        ]);
        boxed(
            b"mvhd",
            &[&head, &[0; 8], &matrix(), &[0; 24], &words(&[9])],
        )
    }

    fn track(&self, number: usize, track: &Track, duration: u32, tables: &[u8]) -> Vec<u8> {
        let id = count(number) + 1;
        let place = [
            words(&[7, self.time, self.time, id, 0, duration]),
            vec![0; 16],
            matrix(),
        ]
        .concat();
        let tkhd = boxed(b"tkhd", &[&place, &words(&[640 << 16, 480 << 16])]);
        let mdhd = boxed(
            b"mdhd",
            &[&words(&[
                0,
                self.time,
                self.time,
                1000,
                duration,
                0x55c4_0000,
            ])],
        );
        let hdlr = boxed(
            b"hdlr",
            &[&[0; 8], &track.handler, &[0; 12], track.name, &[0]],
        );
        let dref = boxed(
            b"dref",
            &[&words(&[0, 1]), &boxed(b"url ", &[&words(&[1])])],
        );
        let dinf = boxed(b"dinf", &[&dref]);
        let minf = boxed(b"minf", &[&boxed(b"smhd", &[&[0; 8]]), &dinf, tables]);
        boxed(
            b"trak",
            &[&tkhd, &track.more, &boxed(b"mdia", &[&mdhd, &hdlr, &minf])],
        )
    }

    /// The movie in fragments, each with a chunk of every track. Places are
    /// counted from the fragment's begin.
    #[must_use]
    pub fn fragmented(&self) -> Vec<u8> {
        let mut parts = vec![self.header(0)];
        let mut defaults = Vec::new();
        for (number, track) in self.tracks.iter().enumerate() {
            let mut empty = track.clone();
            empty.samples.clear();
            parts.push(self.track(number, track, 0, &tables(&empty, &[], false)));
            defaults.extend(boxed(
                b"trex",
                &[&words(&[0, count(number) + 1, 1, 1000, 0, 0])],
            ));
        }
        parts.push(boxed(b"mvex", &[&defaults]));
        parts.push(self.in_index.clone());
        let mut file = [self.brands(), boxed(b"moov", &[&parts.concat()])].concat();
        let rounds = self
            .tracks
            .iter()
            .map(|track| track.samples.chunks(track.per_chunk.max(1)).len());
        for round in 0..rounds.max().unwrap_or(0) {
            file.extend_from_slice(&self.beside);
            file.extend(self.fragment(round));
        }
        file
    }

    fn fragment(&self, round: usize) -> Vec<u8> {
        let made = |begin: usize| {
            let mut data = Vec::new();
            let mut parts = boxed(b"mfhd", &[&words(&[0, count(round) + 1])]);
            for (number, track) in self.tracks.iter().enumerate() {
                let Some(chunk) = track.samples.chunks(track.per_chunk.max(1)).nth(round) else {
                    continue;
                };
                let tfhd = boxed(b"tfhd", &[&words(&[0x2_0000, count(number) + 1])]);
                let place = count(begin + data.len());
                let sizes: Vec<u32> = chunk.iter().map(|sample| count(sample.len())).collect();
                let run = words(&[0x201, count(chunk.len()), place]);
                let trun = boxed(b"trun", &[&run, &words(&sizes)]);
                parts.extend(boxed(b"traf", &[&tfhd, &trun]));
                data.extend(chunk.concat());
            }
            (boxed(b"moof", &[&parts]), data)
        };
        let begin = made(0).0.len() + 8;
        let (moof, data) = made(begin);
        [moof, boxed(b"mdat", &[&data])].concat()
    }
}

fn matrix() -> Vec<u8> {
    words(&[0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000])
}

fn tables(track: &Track, places: &[u64], wide: bool) -> Vec<u8> {
    let (samples, each) = (track.samples.len(), track.per_chunk.max(1));
    let entries = boxed(b"stsd", &[&words(&[0, 1]), &track.entry]);
    let times = boxed(b"stts", &[&words(&[0, 1, count(samples), 1000])]);
    let mut runs = words(&[1, count(each), 1]);
    let mut number = 1;
    if samples > each && !samples.is_multiple_of(each) {
        runs.extend(words(&[
            count(samples.div_ceil(each)),
            count(samples % each),
            1,
        ]));
        number = 2;
    } else if samples < each {
        runs = words(&[1, count(samples), 1]);
    }
    let chunks = boxed(b"stsc", &[&words(&[0, number]), &runs]);
    let sizes: Vec<u32> = track
        .samples
        .iter()
        .map(|sample| count(sample.len()))
        .collect();
    let sizes = boxed(b"stsz", &[&words(&[0, 0, count(samples)]), &words(&sizes)]);
    let head = words(&[0, count(places.len())]);
    let places = if wide {
        let places: Vec<u8> = places
            .iter()
            .flat_map(|place| place.to_be_bytes())
            .collect();
        boxed(b"co64", &[&head, &places])
    } else {
        let places: Vec<u32> = places
            .iter()
            .map(|place| u32::try_from(*place).unwrap_or(u32::MAX))
            .collect();
        boxed(b"stco", &[&head, &words(&places)])
    };
    boxed(b"stbl", &[&entries, &times, &chunks, &sizes, &places])
}

/// A picture of 64 by 48 with an Exif block, a smaller picture and a turn.
#[must_use]
pub fn picture(brand: &[u8; 4]) -> Vec<u8> {
    let ftyp = boxed(b"ftyp", &[brand, &[0; 4], b"mif1", brand]);
    let hdlr = boxed(b"hdlr", &[&[0; 8], b"pict", &[0; 13]]);
    let item =
        |number: u8, kind: &[u8; 4]| boxed(b"infe", &[&[2, 0, 0, 0, 0, number, 0, 0], kind, &[0]]);
    let items = [item(1, b"hvc1"), item(2, b"hvc1"), item(3, b"Exif")].concat();
    let iinf = boxed(b"iinf", &[&[0, 0, 0, 0, 0, 3], &items]);
    let thmb = boxed(b"thmb", &[&[0, 2, 0, 1, 0, 1]]);
    let ispe = |width, height| boxed(b"ispe", &[&words(&[0, width, height])]);
    let ipco = boxed(
        b"ipco",
        &[&ispe(16, 12), &ispe(64, 48), &boxed(b"irot", &[&[3]])],
    );
    let meta = [
        hdlr,
        iinf,
        boxed(b"iref", &[&[0; 4], &thmb]),
        boxed(b"iprp", &[&ipco]),
    ];
    [
        ftyp,
        boxed(b"meta", &[&[0; 4], &meta.concat()]),
        boxed(b"mdat", &[PLACE]),
    ]
    .concat()
}

/// A picture with a thumbnail, each with properties of its own, and items of metadata.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its major brand.
    pub brand: [u8; 4],
    /// What is written behind the major brand: its version, and compatible brands.
    pub brands: Vec<[u8; 4]>,
    /// The properties of the primary item, as boxes.
    pub primary: Vec<Vec<u8>>,
    /// The properties of the thumbnail.
    pub thumbnail: Vec<Vec<u8>>,
    /// An Exif block, from its TIFF header on.
    pub exif: Vec<u8>,
    /// An XMP packet.
    pub xmp: Vec<u8>,
}

/// A property with the size of an item.
#[must_use]
pub fn ispe(width: u32, height: u32) -> Vec<u8> {
    boxed(b"ispe", &[&words(&[0, width, height])])
}

/// A property with a clean aperture.
#[must_use]
pub fn clap(width: u32, height: u32) -> Vec<u8> {
    boxed(b"clap", &[&words(&[width, 1, height, 1, 0, 1, 0, 1])])
}

impl Picture {
    /// A HEIC of 64 by 48 whose thumbnail has 16 by 12.
    #[must_use]
    pub fn new() -> Self {
        Self {
            brand: *b"heic",
            brands: vec![[0; 4], *b"mif1", *b"heic"],
            primary: vec![ispe(64, 48)],
            thumbnail: vec![ispe(16, 12)],
            exif: Vec::new(),
            xmp: Vec::new(),
        }
    }

    /// The whole file.
    ///
    /// # Panics
    ///
    /// When there are more than 255 properties.
    #[must_use]
    pub fn file(&self) -> Vec<u8> {
        let brands = [&[self.brand][..], &self.brands].concat().concat();
        let ftyp = boxed(b"ftyp", &[&brands]);
        // The places of the items are known once the length of all boxes is.
        let length = ftyp.len() + self.meta(0).len() + 8;
        let data = [&words(&[0])[..], &self.exif, &self.xmp].concat();
        [ftyp, self.meta(count(length)), boxed(b"mdat", &[&data])].concat()
    }

    fn meta(&self, data: u32) -> Vec<u8> {
        let hdlr = boxed(b"hdlr", &[&[0; 8], b"pict", &[0; 13]]);
        let pitm = boxed(b"pitm", &[&[0, 0, 0, 0, 0, 1]]);
        let mut items = vec![(1, b"hvc1"), (2, b"hvc1")];
        let mut places = Vec::new();
        let exif = count(self.exif.len() + 4);
        if !self.exif.is_empty() {
            items.push((3, b"Exif"));
            places.push((3_u16, data, exif));
        }
        if !self.xmp.is_empty() {
            items.push((4, b"mime"));
            places.push((4, data + exif, count(self.xmp.len())));
        }
        let infe = |(id, kind): &(u8, &[u8; 4])| {
            boxed(b"infe", &[&[2, 0, 0, 0, 0, *id, 0, 0], &kind[..], &[0]])
        };
        let all: Vec<u8> = items.iter().flat_map(infe).collect();
        let number = u8::try_from(items.len()).expect("few items");
        let iinf = boxed(b"iinf", &[&[0, 0, 0, 0, 0, number], &all]);
        let extents: Vec<u8> = places
            .iter()
            .flat_map(|(id, at, length)| {
                [
                    &id.to_be_bytes()[..],
                    &[0, 0, 0, 1],
                    &words(&[*at, *length]),
                ]
                .concat()
            })
            .collect();
        let number = u8::try_from(places.len()).expect("few items");
        let iloc = boxed(b"iloc", &[&[0, 0, 0, 0, 0x44, 0, 0, number], &extents]);
        let thmb = boxed(b"thmb", &[&[0, 2, 0, 1, 0, 1]]);
        let properties = [&self.thumbnail[..], &self.primary].concat();
        let first = u8::try_from(self.thumbnail.len()).expect("few properties");
        let all = u8::try_from(properties.len()).expect("few properties");
        let own: Vec<u8> = (first + 1..=all).collect();
        let thumbnail: Vec<u8> = (1..=first).collect();
        let ipma = [
            &words(&[0, 2])[..],
            &[0, 1, all - first],
            &own,
            &[0, 2, first],
            &thumbnail,
        ];
        let iprp = [
            boxed(b"ipco", &[&properties.concat()]),
            boxed(b"ipma", &ipma),
        ];
        let boxes = [
            hdlr,
            pitm,
            iinf,
            iloc,
            boxed(b"iref", &[&[0; 4], &thmb]),
            boxed(b"iprp", &[&iprp.concat()]),
        ];
        boxed(b"meta", &[&[0; 4], &boxes.concat()])
    }
}

impl Default for Picture {
    fn default() -> Self {
        Self::new()
    }
}

/// The whole files.
#[must_use]
pub fn all() -> Vec<Sample> {
    let both = || vec![Track::video(), Track::audio()];
    let mut last = Movie::new(b"isom", both()).private();
    last.index_first = false;
    let mut several = Movie::new(b"mp42", both());
    (several.wide, several.data_boxes) = (true, 3);
    let quicktime = vec![Track::video(), Track::quicktime_audio(), Track::positions()];
    let sound = || vec![Track::audio()];
    vec![
        ("plain.mp4", Movie::new(b"isom", both()).file()),
        ("index-last.mp4", last.file()),
        ("several-data.mp4", several.file()),
        ("positions.mov", Movie::new(b"qt  ", quicktime).file()),
        ("fragments.mp4", Movie::new(b"iso5", both()).fragmented()),
        ("sound.m4a", Movie::new(b"M4A ", sound()).private().file()),
        ("sound.3gp", Movie::new(b"3gp6", sound()).file()),
        (
            "sound-fragments.mp4",
            Movie::new(b"iso5", sound()).fragmented(),
        ),
        ("picture.heic", picture(b"heic")),
        ("picture.avif", picture(b"avif")),
    ]
}
