// Preparing a file: what a front-end developer writes, and what the compiler must not let pass.
import { type ErrorCode, sendMedia } from "divar-chat-media";
import {
  type ConvertMedia,
  inspectMedia,
  isDivarError,
  type MediaChange,
  type MediaInspection,
  type PrepareOptions,
  prepareMedia,
  recordVoice,
  type VoiceRecording,
} from "divar-chat-media/prepare";

declare const file: File;
declare const signal: AbortSignal;
declare function show(...said: unknown[]): void;

export async function prepared(): Promise<File> {
  const found: MediaInspection = await inspectMedia(file, { signal });
  if (found.format === "heic" && found.private.includes("location")) show(found.width);
  for (const { kind, codec } of found.tracks) show(kind === "video" && codec);
  const onPreview = (preview: Blob) => show(URL.createObjectURL(preview));
  const options: PrepareOptions = { longestEdge: 1600, signal, onChange: report, onPreview };
  const ready = await prepareMedia(file, "image", options);
  await sendMedia(ready, { endpoint: "/divar", conversationId: "c" });
  return prepareMedia(file);
}

function report(change: MediaChange) {
  show(change.bytesBefore, change.bytes);
  if (change.change === "metadata_removed") show(change.removed.includes("location"));
  if (change.change === "redrawn") show(change.width, change.format);
}

export async function recorded(): Promise<File> {
  const recording: VoiceRecording = await recordVoice({
    signal,
    onTick: ({ seconds, secondsLeft, level }) => show(seconds, secondsLeft, level),
  });
  show(await recording.file);
  return recording.stop();
}

export async function converted(convert: ConvertMedia): Promise<File[]> {
  const ours = () => import("divar-chat-media/convert");
  await recordVoice({ convert: ours });
  return [
    await prepareMedia(file, "voice", { convert }),
    await prepareMedia(file, null, { convert: ours }),
  ];
}

export async function recordedFrom(stream: MediaStream): Promise<File> {
  const onTick = async () => show("a tick");
  return (await recordVoice({ stream, onTick })).stop();
}
// @ts-expect-error a stream is no text
recordVoice({ stream: "microphone" });

export function reason(error: unknown): ErrorCode | undefined {
  if (!isDivarError(error)) return undefined;
  return error.stage === "prepare" ? error.code : undefined;
}

export function mustNotCompile() {
  // @ts-expect-error a path is no file
  inspectMedia("a.jpg");
  // @ts-expect-error there is no such type
  prepareMedia(file, "picture");
  // @ts-expect-error a converter is a function
  prepareMedia(file, "video", { convert: true });
  // @ts-expect-error pixels are a number
  prepareMedia(file, "image", { longestEdge: "1600" });
  // @ts-expect-error only a change of this kind says what was taken out
  prepareMedia(file, "image", { onChange: (change) => show(change.removed) });
}
