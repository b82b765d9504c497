// Makes videos and recordings like those of phones and programs, with ffmpeg.
import { readFileSync } from "node:fs";
import { pathFor, save } from "../folder.js";
import { run } from "../run.js";
import { box, withInEachTrack, withWideOffsets } from "./boxes.js";
import { PLANTED } from "./planted.js";

const SECONDS = 3;
const input = (source) => ["-f", "lavfi", "-t", String(SECONDS), "-i", source];
const moving = input("testsrc2=size=160x120:rate=12");
const tone = input("sine=frequency=440");
const other = input("sine=frequency=660");
const h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "12"];
const aac = ["-c:a", "aac", "-b:a", "32k"];
const both = [...moving, ...tone, ...h264, ...aac];

/** The location, as each of the three format families stores it, and other personal metadata. */
const PLACE = "+35.6892+051.3890+1200.000/";
const metadata = (...pairs) => pairs.flatMap((pair) => ["-metadata", pair]);
const personal = metadata(
  `location=${PLACE}`,
  `title=${PLANTED}-title`,
  `comment=${PLANTED}-comment`,
  `artist=${PLANTED}-artist`,
  "creation_time=2024-01-02T03:04:05Z",
);
const apple = metadata(
  `com.apple.quicktime.location.ISO6709=${PLACE}`,
  `com.apple.quicktime.make=${PLANTED}-make`,
  `com.apple.quicktime.model=${PLANTED}-model`,
  `com.apple.quicktime.software=${PLANTED}-software`,
);

/** Makes a file of that name with ffmpeg. */
export function film(name, ...options) {
  const path = pathFor(name);
  run("ffmpeg", ["-v", "error", "-nostdin", ...options, path]);
  return path;
}

/** Writes the tags of cameras with exiftool, since ffmpeg cannot. */
function withCameraTags(path) {
  const tags = [
    "-UserData:GPSCoordinates=35.6892, 51.3890, 1200",
    `-UserData:Make=${PLANTED}-make`,
    `-UserData:Model=${PLANTED}-model`,
    "-Keys:GPSCoordinates=35.6892, 51.3890, 1200",
    `-Keys:Make=${PLANTED}-keys-make`,
    "-ItemList:GPSCoordinates=35.6892, 51.3890, 1200",
    `-ItemList:Comment=${PLANTED}-item`,
    "-XMP-exif:GPSLatitude=35.6892",
    `-XMP-aux:SerialNumber=${PLANTED}-serial`,
  ];
  run("exiftool", ["-q", "-q", "-overwrite_original", ...tags, path]);
  return path;
}

/** Copies another file's packets, with the input options `before`. */
const copied = (from, name, before, ...after) =>
  film(name, ...before, "-i", from, "-map", "0", "-c", "copy", ...after);

/** Adds a location and a name to each track, and notes in boxes that players ignore. */
function withNotes(path) {
  const place = Buffer.concat([Buffer.from([0, PLACE.length, 0, 0]), Buffer.from(PLACE)]);
  const own = box("udta", Buffer.concat([box("\xa9xyz", place), box("name", NOTE)]));
  const uuid = box("uuid", Buffer.concat([Buffer.alloc(16, 7), NOTE]));
  const bytes = withInEachTrack(readFileSync(path), Buffer.concat([own, uuid]));
  return save("film.mp4", Buffer.concat([bytes, box("free", NOTE), uuid, box("skip", NOTE)]));
}

const NOTE = Buffer.from(`${PLANTED}-note`);

/** A subtitle track besides video and audio; its samples are interleaved with theirs. */
function withWords() {
  const words = save("words.srt", `1\n00:00:00,000 --> 00:00:02,000\n${PLANTED}-words\n`);
  return film(
    "film.mp4",
    ...moving,
    ...tone,
    "-i",
    words,
    ...h264,
    ...aac,
    "-c:s",
    "mov_text",
    ...personal,
  );
}

/** Each function returns a path. Chromium plays all of them. */
export const films = {
  "the index behind": () => film("film.mp4", ...both, ...personal),
  "the index in front": () => film("film.mp4", ...both, ...personal, "-movflags", "+faststart"),
  "with a camera's tags": () => withCameraTags(film("film.mp4", ...both, ...personal)),
  "with a camera's tags and the index in front": () =>
    withCameraTags(film("film.mp4", ...both, ...personal, "-movflags", "+faststart")),
  "with a telephone's keys": () =>
    film("film.mp4", ...both, ...personal, ...apple, "-movflags", "+use_metadata_tags"),
  "with offsets of 64 bits": () =>
    save("film.mp4", withWideOffsets(readFileSync(film("film.mp4", ...both, ...personal)))),
  "with notes in its tracks": () => withNotes(film("film.mp4", ...both, ...personal)),
  "with a track of words": withWords,
  "with two sounds": () =>
    film(
      "film.mp4",
      ...[...moving, ...tone, ...other, "-map", "0", "-map", "1", "-map", "2", ...h264, ...aac],
      ...personal,
    ),
  turned: () =>
    copied(film("film.mp4", ...both), "turned.mp4", [], "-metadata:s:v", "rotate=90", ...personal),
  "with a time code": () => film("film.mp4", ...both, ...personal, "-timecode", "01:02:03:04"),
  "beginning late, by an edit list": () =>
    film("film.mp4", ...moving, "-itsoffset", "0.5", ...tone, ...h264, ...aac, ...personal),
  "cut, by an edit list": () =>
    copied(film("film.mp4", ...both), "cut.mp4", ["-ss", "0.7"], ...personal),
  "without sound": () => film("film.mp4", ...moving, ...h264, ...personal),
  "with frames out of order": () =>
    film("film.mp4", ...both, "-bf", "2", "-preset", "fast", ...personal),
  "in pieces": () =>
    film(
      "film.mp4",
      ...both,
      ...personal,
      "-movflags",
      "+frag_keyframe+empty_moov+default_base_moof",
    ),
  "of a 3GP": () => film("film.3gp", ...both, ...personal),
  "of QuickTime": () => film("film.mov", ...both, ...personal, ...apple),
  "of QuickTime, with a telephone's keys": () =>
    film("film.mov", ...both, ...personal, ...apple, "-movflags", "+use_metadata_tags+faststart"),
  "of QuickTime, with a time code": () =>
    film("film.mov", ...both, ...personal, "-timecode", "01:02:03:04"),
};

/** Not among `films`: this Chromium has no decoder for HEVC. */
export const hevc = () =>
  film(
    "film.mp4",
    ...moving,
    ...tone,
    "-c:v",
    "libx265",
    "-preset",
    "ultrafast",
    "-tag:v",
    "hvc1",
    ...["-x265-params", "log-level=error", "-pix_fmt", "yuv420p"],
    ...aac,
    ...personal,
  );

export const sounds = {
  "an M4A": () => film("voice.m4a", ...tone, ...aac, ...personal),
  "an M4A with the index in front": () =>
    film("voice.m4a", ...tone, ...aac, ...personal, "-movflags", "+faststart"),
  "an MP4 of sound alone": () => film("voice.mp4", ...tone, ...aac, ...personal),
  "an M4A with a camera's tags": () =>
    withCameraTags(film("voice.m4a", ...tone, ...aac, ...personal)),
};

/** QuickTime with uncompressed sound, which MP4 does not allow. */
export const uncompressed = () =>
  film("film.mov", ...moving, ...tone, ...h264, "-c:a", "pcm_s16le");
