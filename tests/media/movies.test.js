// Videos and voice notes lose private metadata, get `moov` before `mdat`, and play as before.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNoMarker } from "./clean.js";
import { tagsOf } from "./exiftool.js";
import { errorsIn, framesOf, packetsOf, probe } from "./ffmpeg.js";
import { topLevelTypes } from "./make/boxes.js";
import { hevc, movies, recordings, uncompressed } from "./make/movies.js";
import { inspected, prepared, refusal } from "./prepared.js";

/** Tags that name a person, place, time or camera. */
const PRIVATE =
  /GPS|Location|Make$|Model$|Software|Serial|Author|Artist|Performer|Title|Comment|Description$|Copyright/;
/** exiftool's names for handlers and sample groups, which are not personal. */
const NOT_PRIVATE = /:(HandlerDescription|SampleGroupDescription)$/;
const DATE = /(Create|Modify)Date$/;
const NO_DATE = "0000:00:00 00:00:00";
/** The location as text, as ffmpeg and exiftool write it. */
const PLACES = ["35.689", "+35.68", "51.389", "ISO6709"];

function assertNothingPrivate({ path, bytes }) {
  const [tags] = tagsOf(path);
  const left = Object.entries(tags).filter(
    ([tag, value]) =>
      (PRIVATE.test(tag) && !NOT_PRIVATE.test(tag)) || (DATE.test(tag) && value !== NO_DATE),
  );
  const ofFile = /^(System|File|ExifTool):/;
  assert.deepEqual(
    left.filter(([tag]) => !ofFile.test(tag)),
    [],
    "exiftool still reads private tags",
  );
  assertNoMarker(bytes);
  for (const place of PLACES) assert.equal(bytes.indexOf(place), -1, `${place} is in the file`);
}

/** Asserts that packets, frames, times and rotations are unchanged. */
function assertPlaysTheSame(before, after) {
  assert.equal(errorsIn(after), "");
  assert.equal(packetsOf(after), packetsOf(before));
  assert.equal(framesOf(after), framesOf(before));
  assert.deepEqual(rotationsOf(after), rotationsOf(before));
}

/** The rotations of each video track. */
function rotationsOf(path) {
  const pictures = probe(path).streams.filter(({ codec_type: type }) => type === "video");
  return pictures.map(({ side_data_list: more = [] }) => more.map(({ rotation }) => rotation));
}

function assertMoovFirst(bytes) {
  const types = topLevelTypes(bytes);
  assert.equal(types[0], "ftyp");
  assert.ok(types.indexOf("moov") < types.indexOf("mdat"), types.join(" "));
}

for (const [name, make] of Object.entries({ ...movies, "in HEVC": hevc })) {
  test(`video ${name}: removes private tags, moves moov to the start, keeps every frame`, async () => {
    const path = make();
    const after = await prepared(path, "video");
    assertNothingPrivate(after);
    assertMoovFirst(after.bytes);
    assertPlaysTheSame(path, after.path);
    assert.equal(after.file.type, "video/mp4");
    assert.match(after.file.name, /\.mp4$/);
    assert.equal((await inspected(after.path)).format, "mp4");
  });
}

for (const [name, make] of Object.entries(recordings)) {
  test(`${name}: removes private tags, moves moov to the start, keeps every sample`, async () => {
    const path = make();
    const after = await prepared(path, "voice");
    assertNothingPrivate(after);
    assertMoovFirst(after.bytes);
    assertPlaysTheSame(path, after.path);
  });
}

test("exiftool and inspectMedia find the private tags before they are removed", async () => {
  const path = movies["with a camera's tags"]();
  const [tags] = tagsOf(path);
  for (const tag of ["UserData:GPSCoordinates", "Keys:GPSCoordinates", "ItemList:GPSCoordinates"]) {
    assert.ok(tags[tag], tag);
  }
  for (const tag of ["XMP-exif:GPSLatitude", "UserData:Make", "UserData:LocationInformation"]) {
    assert.ok(tags[tag], tag);
  }
  const { private: found } = await inspected(path);
  for (const what of ["location", "time", "device", "text"]) {
    assert.ok(found.includes(what), `${what} of ${found}`);
  }
});

test("inspectMedia reports a video's format, size, duration and tracks", async () => {
  const { format, mediaType, width, height, duration, tracks } = await inspected(
    movies["with moov at the end"](),
  );
  assert.deepEqual({ format, mediaType, width, height }, VIDEO);
  assert.ok(Math.abs(duration - 3) < 0.1, `${duration} seconds`);
  assert.deepEqual(tracks, [
    { kind: "video", codec: "avc1" },
    { kind: "audio", codec: "mp4a" },
  ]);
});

const VIDEO = { format: "mp4", mediaType: "video", width: 160, height: 120 };

test("rejects QuickTime with uncompressed audio, which MP4 does not allow", async () => {
  assert.equal(await refusal(uncompressed(), "video"), "unsupported_format");
});

test("preparing a prepared video again changes nothing", async () => {
  const once = await prepared(movies["in QuickTime"](), "video");
  const twice = await prepared(once.path, "video");
  assert.ok(twice.bytes.equals(once.bytes));
  assert.deepEqual(twice.changes, []);
});

test("reports the changes that were made", async () => {
  const changes = async (name) => (await prepared(movies[name](), "video")).changes.sort();
  assert.deepEqual(await changes("with moov at the end"), ["fast_start", "metadata_removed"]);
  assert.deepEqual(await changes("in QuickTime"), ["fast_start", "metadata_removed", "repackaged"]);
});
