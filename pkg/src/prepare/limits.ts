/** The largest files that Divar takes, in bytes (Divar's table of media types, as in media/src/formats.rs). */
export const MAX_BYTES = { voice: 1_500_000, video: 50_000_000 } as const;
