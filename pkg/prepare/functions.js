import { canRedraw } from "./canvas.js";
import { checked, readInspection, readPreparation, sizeOf } from "./options.js";
import { fitPicture } from "./picture.js";
import { refuse } from "./refusal.js";
import { run } from "./task.js";

/** The functions of the `prepare` entry, over one runtime's way to start the module. */
export const functions = ({ call }) => ({
  inspectMedia: async (file, options) => {
    const [size, { signal }] = checked(() => [sizeOf(file), readInspection(options)]);
    if (size === 0) throw refuse("file_empty", "the file is empty");
    const inspect = ({ Task }) => run(Task.inspect(size), file, signal);
    const { inspection } = await call("prepare", inspect);
    return inspection;
  },

  prepareMedia: async (file, type, options) => {
    const [size, wish] = checked(() => [sizeOf(file), readPreparation(type, options)]);
    const { plan, draw, refused } = await call("prepare", ({ Task }) => {
      const { type, longestEdge, maxBytes, keepMetadata, signal } = wish;
      const name = String(file.name ?? "");
      const task = Task.prepare(size, name, type, longestEdge, maxBytes, keepMetadata, canRedraw());
      return run(task, file, signal);
    });
    if (refused) throw refuse(refused.code, refused.message);
    return draw ? drawn(file, draw, wish) : composed(file, plan, wish);
  },
});

/** The new file, of slices of the old one: no byte of those is copied here. */
function composed(file, { pieces, name, mime, changes, removed }, { onChange }) {
  const parts = pieces.map(
    ({ slice, bytes, zeros }) => bytes ?? (slice ? file.slice(...slice) : new Uint8Array(zeros)),
  );
  const made = asFile(parts, name, mime);
  for (const change of changes) {
    const told = change === "metadata_removed" ? { change, removed } : { change };
    tell(onChange, { ...told, ...sizes(file, made) });
  }
  return made;
}

/** The picture as the browser draws it, which has none of the old one's metadata. */
async function drawn(file, { format, names, ...picture }, { onProgress, onChange, signal }) {
  const { blob, width, height } = await fitPicture(file, { ...picture, onProgress, signal });
  const made = asFile([blob], names[blob.type], blob.type);
  tell(onChange, { change: "redrawn", format, width, height, ...sizes(file, made) });
  return made;
}

function tell(onChange, change) {
  try {
    onChange(change);
  } catch {
    // What the caller's function throws must not cost the file.
  }
}

const sizes = (before, after) => ({ bytesBefore: before.size, bytes: after.size });

const asFile = (parts, name, type) => new File(parts, name, { type });
