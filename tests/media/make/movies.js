// Videos and voice notes as phones and programs write them, by ffmpeg and exiftool.
import { readFileSync } from "node:fs";
import { pathFor, save } from "../folder.js";
import { run } from "../run.js";
import { box, withCo64, withInEachTrack } from "./boxes.js";
import { MARKER } from "./marker.js";

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
  `title=${MARKER}-title`,
  `comment=${MARKER}-comment`,
  `artist=${MARKER}-artist`,
  "creation_time=2024-01-02T03:04:05Z",
);
const apple = metadata(
  `com.apple.quicktime.location.ISO6709=${PLACE}`,
  `com.apple.quicktime.make=${MARKER}-make`,
  `com.apple.quicktime.model=${MARKER}-model`,
  `com.apple.quicktime.software=${MARKER}-software`,
);

/** Runs ffmpeg with these options; returns the path of its file, which has this name. */
export function encode(name, ...options) {
  const path = pathFor(name);
  run("ffmpeg", ["-v", "error", "-nostdin", ...options, path]);
  return path;
}

/** Writes the tags of cameras with exiftool, since ffmpeg cannot. */
function withCameraTags(path) {
  const tags = [
    "-UserData:GPSCoordinates=35.6892, 51.3890, 1200",
    `-UserData:Make=${MARKER}-make`,
    `-UserData:Model=${MARKER}-model`,
    "-Keys:GPSCoordinates=35.6892, 51.3890, 1200",
    `-Keys:Make=${MARKER}-keys-make`,
    "-ItemList:GPSCoordinates=35.6892, 51.3890, 1200",
    `-ItemList:Comment=${MARKER}-item`,
    "-XMP-exif:GPSLatitude=35.6892",
    `-XMP-aux:SerialNumber=${MARKER}-serial`,
  ];
  run("exiftool", ["-q", "-q", "-overwrite_original", ...tags, path]);
  return path;
}

/** Copies another file's packets, with the input options `before`. */
const copied = (from, name, before, ...after) =>
  encode(name, ...before, "-i", from, "-map", "0", "-c", "copy", ...after);

/** Adds a location and a name to each track, and text in boxes that players ignore. */
function withTrackMetadata(path) {
  const place = Buffer.concat([Buffer.from([0, PLACE.length, 0, 0]), Buffer.from(PLACE)]);
  const own = box("udta", Buffer.concat([box("\xa9xyz", place), box("name", TEXT)]));
  const uuid = box("uuid", Buffer.concat([Buffer.alloc(16, 7), TEXT]));
  const bytes = withInEachTrack(readFileSync(path), Buffer.concat([own, uuid]));
  return save("video.mp4", Buffer.concat([bytes, box("free", TEXT), uuid, box("skip", TEXT)]));
}

const TEXT = Buffer.from(`${MARKER}-text`);

/** A subtitle track besides video and audio; its samples are interleaved with theirs. */
function withSubtitles() {
  const subtitles = save("subtitles.srt", `1\n00:00:00,000 --> 00:00:02,000\n${MARKER}-subtitle\n`);
  return encode(
    "video.mp4",
    ...moving,
    ...tone,
    "-i",
    subtitles,
    ...h264,
    ...aac,
    "-c:s",
    "mov_text",
    ...personal,
  );
}

/** Each function returns a path. Chromium plays all of them. */
export const movies = {
  "with moov at the end": () => encode("video.mp4", ...both, ...personal),
  "with moov at the start": () =>
    encode("video.mp4", ...both, ...personal, "-movflags", "+faststart"),
  "with a camera's tags": () => withCameraTags(encode("video.mp4", ...both, ...personal)),
  "with a camera's tags and moov at the start": () =>
    withCameraTags(encode("video.mp4", ...both, ...personal, "-movflags", "+faststart")),
  "with QuickTime metadata keys": () =>
    encode("video.mp4", ...both, ...personal, ...apple, "-movflags", "+use_metadata_tags"),
  "with 64-bit chunk offsets": () =>
    save("video.mp4", withCo64(readFileSync(encode("video.mp4", ...both, ...personal)))),
  "with metadata in its tracks": () => withTrackMetadata(encode("video.mp4", ...both, ...personal)),
  "with a subtitle track": withSubtitles,
  "with two audio tracks": () =>
    encode(
      "video.mp4",
      ...[...moving, ...tone, ...other, "-map", "0", "-map", "1", "-map", "2", ...h264, ...aac],
      ...personal,
    ),
  rotated: () =>
    copied(
      encode("video.mp4", ...both),
      "rotated.mp4",
      [],
      "-metadata:s:v",
      "rotate=90",
      ...personal,
    ),
  "with a timecode track": () =>
    encode("video.mp4", ...both, ...personal, "-timecode", "01:02:03:04"),
  "whose audio starts late, by an edit list": () =>
    encode("video.mp4", ...moving, "-itsoffset", "0.5", ...tone, ...h264, ...aac, ...personal),
  "trimmed by an edit list": () =>
    copied(encode("video.mp4", ...both), "trimmed.mp4", ["-ss", "0.7"], ...personal),
  "without audio": () => encode("video.mp4", ...moving, ...h264, ...personal),
  "with B-frames": () => encode("video.mp4", ...both, "-bf", "2", "-preset", "fast", ...personal),
  fragmented: () =>
    encode(
      "video.mp4",
      ...both,
      ...personal,
      "-movflags",
      "+frag_keyframe+empty_moov+default_base_moof",
    ),
  "in 3GP": () => encode("video.3gp", ...both, ...personal),
  "in QuickTime": () => encode("video.mov", ...both, ...personal, ...apple),
  "in QuickTime with metadata keys": () =>
    encode(
      "video.mov",
      ...both,
      ...personal,
      ...apple,
      "-movflags",
      "+use_metadata_tags+faststart",
    ),
  "in QuickTime with a timecode track": () =>
    encode("video.mov", ...both, ...personal, "-timecode", "01:02:03:04"),
};

/** Not one of `movies`: this Chromium has no decoder for HEVC. */
export const hevc = () =>
  encode(
    "video.mp4",
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

export const recordings = {
  "an M4A": () => encode("voice.m4a", ...tone, ...aac, ...personal),
  "an M4A with moov at the start": () =>
    encode("voice.m4a", ...tone, ...aac, ...personal, "-movflags", "+faststart"),
  "an MP4 with audio only": () => encode("voice.mp4", ...tone, ...aac, ...personal),
  "an M4A with a camera's tags": () =>
    withCameraTags(encode("voice.m4a", ...tone, ...aac, ...personal)),
};

/** QuickTime with uncompressed audio, which MP4 does not allow. */
export const uncompressed = () =>
  encode("video.mov", ...moving, ...tone, ...h264, "-c:a", "pcm_s16le");
